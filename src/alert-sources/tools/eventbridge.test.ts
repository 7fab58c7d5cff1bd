import { describe, it } from 'vitest'
import { cloudwatch } from './cloudwatch.ts'
import { eventBridge } from './eventbridge.ts'
import { Unreadable } from './tool.ts'
import { readOne } from './tool-request.fixtures.ts'

const ARN = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu'

const stateChange = (value: string) => ({
  id: 'e-1',
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  account: '123456789012',
  region: 'eu-west-1',
  resources: [ARN],
  detail: { alarmName: 'cpu', state: { value, reason: 'Threshold Crossed' }, configuration: { metrics: [] } },
})

describe('EventBridge', () => {
  it('tells of an alarm under the key that SNS gives it', ({ expect }) => {
    expect(readOne(eventBridge, stateChange('ALARM'))).toMatchObject({
      ...{ type: 'ALERT', key: ARN, summary: 'cpu in eu-west-1', details: 'Threshold Crossed' },
    })
    expect(readOne(eventBridge, stateChange('OK'))).toMatchObject({ type: 'RESOLVE', key: ARN })
    const bySns = { AlarmName: 'cpu', NewStateValue: 'ALARM', AlarmArn: ARN }
    expect(readOne(cloudwatch, bySns).key).toBe(ARN)
  })

  it('tells of a finding under its own id, with its number as a level', ({ expect }) => {
    const finding = (severity: number, id: string) => ({
      ...{ id, 'detail-type': 'GuardDuty Finding', source: 'aws.guardduty', region: 'eu-west-1' },
      detail: { id: 'f-1', title: 'An unusual login', description: 'From afar.', severity },
    })
    expect(readOne(eventBridge, finding(8, 'e-1'))).toMatchObject({
      ...{ type: 'ALERT', key: 'f-1', summary: 'GuardDuty Finding: An unusual login', severityLevel: 2 },
    })
    expect(readOne(eventBridge, finding(9.5, 'e-2'))).toMatchObject({ key: 'f-1', severityLevel: 1 })
  })

  it('keeps any other event apart by its id', ({ expect }) => {
    const event = { id: 'e-7', 'detail-type': 'ECS Task State Change', source: 'aws.ecs', resources: ['arn:task/1'] }
    expect(readOne(eventBridge, event)).toMatchObject({ key: 'e-7', summary: 'ECS Task State Change: arn:task/1' })
  })

  it('is not anything else', ({ expect }) => {
    expect(() => readOne(eventBridge, { detail: {} })).toThrow(Unreadable)
  })
})
