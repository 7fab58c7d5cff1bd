import { describe, it } from 'vitest'
import { cloudwatch } from './cloudwatch.ts'
import { Unreadable } from './tool.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms'
const ARN = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu'

const alarm = {
  AlarmName: 'cpu',
  AlarmDescription: null,
  AWSAccountId: '123456789012',
  NewStateValue: 'ALARM',
  NewStateReason: 'Threshold Crossed',
  Region: 'EU (Ireland)',
  AlarmArn: ARN,
  Trigger: {
    MetricName: 'CPUUtilization',
    Namespace: 'AWS/EC2',
    Dimensions: [{ name: 'InstanceId', value: 'i-1' }],
  },
}

const notification = (message: unknown, more = {}) => ({
  Type: 'Notification',
  MessageId: 'm-1',
  TopicArn: TOPIC,
  Message: typeof message === 'string' ? message : JSON.stringify(message),
  ...more,
})

describe('CloudWatch', () => {
  it('opens and resolves by the ARN of the alarm', ({ expect }) => {
    expect(readOne(cloudwatch, notification(alarm))).toMatchObject({
      ...{ type: 'ALERT', key: ARN, summary: 'cpu in EU (Ireland)', details: 'Threshold Crossed' },
      labels: { state: 'ALARM', region: 'eu-west-1', namespace: 'AWS/EC2', InstanceId: 'i-1' },
      links: [{ href: expect.stringContaining('#alarmsV2:alarm/cpu') }],
    })
    expect(readOne(cloudwatch, notification({ ...alarm, NewStateValue: 'OK' }))).toMatchObject({
      ...{ type: 'RESOLVE', key: ARN },
    })
  })

  it('reads alarms of a metric expression, which have no dimensions of their own, and composite ones', ({ expect }) => {
    const metric = {
      Namespace: 'AWS/EC2',
      MetricName: 'NetworkOut',
      Dimensions: [{ name: 'InstanceId', value: 'i-2' }],
    }
    const Metrics = [
      { Id: 'e1', Expression: 'm1*8' },
      { Id: 'm1', MetricStat: { Metric: metric } },
    ]
    expect(readOne(cloudwatch, notification({ ...alarm, Trigger: { Metrics } })).labels).toMatchObject({
      ...{ metric: 'NetworkOut', InstanceId: 'i-2' },
    })
    const { Trigger: _, ...composite } = { ...alarm, AlarmRule: 'ALARM(cpu) OR ALARM(disk)' }
    expect(readOne(cloudwatch, notification(composite))).toMatchObject({
      ...{ key: ARN, details: expect.stringContaining('ALARM(cpu) OR ALARM(disk)') },
    })
  })

  it('alerts on a lack of data, and says so', ({ expect }) => {
    expect(readOne(cloudwatch, notification({ ...alarm, NewStateValue: 'INSUFFICIENT_DATA' }))).toMatchObject({
      ...{ type: 'ALERT', summary: 'cpu in EU (Ireland): insufficient data', labels: { state: 'INSUFFICIENT_DATA' } },
    })
  })

  it('makes a key for old alarms without an ARN', ({ expect }) => {
    const { AlarmArn: _, ...old } = alarm
    expect(readOne(cloudwatch, notification(old)).key).toBe('123456789012/EU (Ireland)/cpu')
  })

  it('takes raw message delivery', ({ expect }) => {
    expect(readOne(cloudwatch, alarm, { headers: { 'x-amz-sns-rawdelivery': 'true' } }).key).toBe(ARN)
  })

  it('refuses a state that there is not', ({ expect }) => {
    expect(() => readOne(cloudwatch, notification({ ...alarm, NewStateValue: 'BROKEN' }))).toThrow(Unreadable)
  })
})

describe('other messages of a topic', () => {
  it('are their own problems, however often SNS repeats one', ({ expect }) => {
    expect(readOne(cloudwatch, notification('The backup failed.\nSee the log.', { Subject: 'Backup' }))).toMatchObject({
      ...{ type: 'ALERT', key: 'm-1', summary: 'Backup', details: 'The backup failed.\nSee the log.' },
    })
    expect(readOne(cloudwatch, notification('The backup failed.\nSee the log.')).summary).toBe('The backup failed.')
  })

  it('may speak the words of the generic source', ({ expect }) => {
    const message = { summary: 'Backup works', status: 'resolved', key: 'backup' }
    expect(readOne(cloudwatch, notification(message))).toMatchObject({ type: 'RESOLVE', key: 'backup' })
  })

  it('are taken raw by their headers, and by nothing less', ({ expect }) => {
    const headers = { 'x-amz-sns-topic-arn': TOPIC, 'x-amz-sns-message-id': 'm-2' }
    expect(readOne(cloudwatch, 'The backup failed.', { headers })).toMatchObject({ key: 'm-2' })
    expect(() => readOne(cloudwatch, 'The backup failed.')).toThrow(Unreadable)
    expect(() => readOne(cloudwatch, { foo: 1 })).toThrow(Unreadable)
  })
})

describe('a subscription', () => {
  const confirmation = {
    ...{ Type: 'SubscriptionConfirmation', MessageId: 'm-1', TopicArn: TOPIC, Message: 'Confirm.', Token: 't' },
    SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t',
  }

  it('asks to be confirmed and opens nothing', ({ expect }) => {
    expect(cloudwatch.read(requestOf(confirmation))).toEqual({
      ...{ events: [], ignored: expect.stringContaining(TOPIC), confirm: confirmation.SubscribeURL },
    })
  })

  it('is not confirmed elsewhere', ({ expect }) => {
    for (const SubscribeURL of ['https://example.com/', 'http://169.254.169.254/', undefined])
      expect(() => cloudwatch.read(requestOf({ ...confirmation, SubscribeURL }))).toThrow(Unreadable)
  })

  it('that ends is written down, and not renewed', ({ expect }) => {
    const reading = cloudwatch.read(requestOf({ ...confirmation, Type: 'UnsubscribeConfirmation' }))
    expect(reading.events).toEqual([])
    expect(reading.ignored).toMatch(/no longer/)
    expect(reading.confirm).toBeUndefined()
  })
})
