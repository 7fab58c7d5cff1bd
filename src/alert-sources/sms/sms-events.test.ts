import { describe, it } from 'vitest'
import type { InboundSms, SmsSettings } from './sms.ts'
import { smsAnswer } from './sms-answer.ts'
import { smsEvent as eventOf } from './sms-events.ts'

const SMS = { from: '+4915112345001', to: '+4915112345999', text: 'Pump 3 leaks', messageId: 'SM1' }
const SETTINGS = { number: SMS.to, keyword: null, allowed: [] as string[] }

const smsEvent = (sms: InboundSms, settings: SmsSettings | null) => eventOf(sms, settings, 'every-event')

describe('a text message as an event', () => {
  it('is an alert', ({ expect }) => {
    expect(smsEvent(SMS, SETTINGS)).toEqual({
      event: {
        type: 'ALERT',
        key: 'sms:+4915112345001:Pump 3 leaks',
        summary: 'Pump 3 leaks',
        details: null,
        labels: { from: SMS.from, to: SMS.to },
        customDetails: { from: SMS.from, to: SMS.to, text: 'Pump 3 leaks' },
      },
    })
  })

  it('is one problem with the same text of the same sender', ({ expect }) => {
    const keyOf = (sms: InboundSms) => {
      const read = smsEvent(sms, SETTINGS)
      return 'event' in read ? read.event.key : undefined
    }
    expect(keyOf({ ...SMS, text: ' Pump  3\nleaks', messageId: 'SM2' })).toBe(keyOf(SMS))
    expect(keyOf({ ...SMS, text: 'Pump 4 leaks' })).not.toBe(keyOf(SMS))
    expect(keyOf({ ...SMS, from: '+4915112345002' })).not.toBe(keyOf(SMS))
  })

  it('has no key where the source groups by summary, whoever sends', ({ expect }) => {
    expect(eventOf(SMS, SETTINGS, 'by-summary')).toMatchObject({ event: { key: null } })
  })

  it('is dropped where it quotes an answer to one', ({ expect }) => {
    const incident = { id: 1, reference: 'SRC1-1' }
    const reason = 'the source is in maintenance'
    const answers = [
      smsAnswer({ taken: true, results: [{ outcome: 'opened', incident, key: null }], ignored: null }),
      smsAnswer({ taken: true, results: [{ outcome: 'queued', incident: null, key: null }], ignored: null }),
      smsAnswer({ taken: true, results: [{ outcome: 'dropped', incident: null, key: null, reason }], ignored: null }),
      smsAnswer({ taken: true, results: [], ignored: 'it says nothing' }),
      smsAnswer({ taken: false, refusal: 'key' }),
      smsAnswer({ taken: false, refusal: 'rate', retryAfterSeconds: 20, eventsPerMinute: 5 }),
    ]
    for (const answer of answers) {
      const text = `Auto reply to “${answer?.toUpperCase().replace(' ', '\n')}”: I am away.`
      expect(smsEvent({ ...SMS, text }, SETTINGS)).toHaveProperty('dropped')
    }
  })

  it('has its lines in the details', ({ expect }) => {
    const text = 'Pump 3 leaks\nHall B'
    expect(smsEvent({ ...SMS, text }, SETTINGS)).toMatchObject({
      event: { summary: 'Pump 3 leaks Hall B', details: text },
    })
  })

  it('may be empty', ({ expect }) => {
    expect(smsEvent({ ...SMS, text: ' ' }, SETTINGS)).toMatchObject({
      event: { summary: 'An empty text message from +4915112345001' },
    })
  })

  it('is dropped where its sender may not write', ({ expect }) => {
    const allowed = ['+4915112345002']
    expect(smsEvent(SMS, { ...SETTINGS, allowed })).toEqual({
      dropped: 'its sender is not among the numbers that may write',
    })
    expect(smsEvent({ ...SMS, from: '+4915112345002' }, { ...SETTINGS, allowed })).toHaveProperty('event')
  })

  it('is dropped where the source has no number any more', ({ expect }) => {
    expect(smsEvent(SMS, null)).toHaveProperty('dropped')
  })
})
