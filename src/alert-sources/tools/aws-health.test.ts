import { describe, it } from 'vitest'
import { awsHealth } from './aws-health.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const event = (detail: object) => ({
  id: 'e-1',
  'detail-type': 'AWS Health Event',
  source: 'aws.health',
  region: 'eu-west-1',
  detail: {
    eventArn: 'arn:aws:health:eu-west-1::event/RDS/X/1',
    service: 'RDS',
    eventTypeCode: 'AWS_RDS_OPERATIONAL_ISSUE',
    eventTypeCategory: 'issue',
    eventDescription: [
      { language: 'de_DE', latestDescription: 'Wir untersuchen.' },
      { language: 'en_US', latestDescription: 'We are investigating.' },
    ],
    affectedEntities: [{ entityValue: 'db-1' }],
    ...detail,
  },
})

describe('AWS Health', () => {
  it('opens with an issue and resolves when AWS closes it', ({ expect }) => {
    expect(readOne(awsHealth, event({ statusCode: 'open' }))).toMatchObject({
      ...{ type: 'ALERT', key: 'arn:aws:health:eu-west-1::event/RDS/X/1' },
      ...{ summary: 'AWS_RDS_OPERATIONAL_ISSUE: RDS in eu-west-1', labels: { service: 'RDS', region: 'eu-west-1' } },
      details: 'We are investigating.\n\nAffected: db-1',
    })
    expect(readOne(awsHealth, event({ statusCode: 'closed' })).type).toBe('RESOLVE')
  })

  it('takes an event without a state for open, even with an end', ({ expect }) => {
    expect(readOne(awsHealth, event({ endTime: 'Sat, 04 Jun 2016 05:30:57 GMT' })).type).toBe('ALERT')
  })

  it('opens nothing for what is planned or announced', ({ expect }) => {
    for (const detail of [
      { eventTypeCategory: 'scheduledChange', statusCode: 'upcoming' },
      { eventTypeCategory: 'accountNotification', statusCode: 'open' },
      { statusCode: 'upcoming' },
    ]) {
      const reading = awsHealth.read(requestOf(event(detail)))
      expect(reading.events).toEqual([])
      expect(reading.ignored).toContain('AWS_RDS_OPERATIONAL_ISSUE')
    }
  })

  it('comes over SNS too', ({ expect }) => {
    const Message = JSON.stringify(event({ statusCode: 'open' }))
    const envelope = { Type: 'Notification', MessageId: 'm', TopicArn: 'arn:aws:sns:eu-west-1:1:x', Message }
    expect(readOne(awsHealth, envelope).key).toBe('arn:aws:health:eu-west-1::event/RDS/X/1')
  })
})
