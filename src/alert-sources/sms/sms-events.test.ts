import { describe, it } from 'vitest'
import { smsEvent } from './sms-events.ts'

const SMS = { from: '+4915112345001', to: '+4915112345999', text: 'Pump 3 leaks', messageId: 'SM1' }
const SETTINGS = { number: SMS.to, keyword: null, allowed: [] as string[] }

describe('a text message as an event', () => {
  it('is an alert of its own', ({ expect }) => {
    expect(smsEvent(SMS, SETTINGS)).toEqual({
      event: {
        type: 'ALERT',
        key: null,
        summary: 'Pump 3 leaks',
        details: null,
        labels: { from: SMS.from, to: SMS.to },
        customDetails: { from: SMS.from, to: SMS.to, text: 'Pump 3 leaks' },
      },
    })
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
