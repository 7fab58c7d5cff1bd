import { describe, it } from 'vitest'
import {
  aPage,
  aRequest,
  BUSY,
  CLAIM_LEASE,
  call,
  MINUTE,
  mail,
  NO_SUCH_NUMBER,
  NOON,
  PageStory,
  SECOND,
  SENT,
  sms,
} from './paging.fixtures.ts'
import { claim, isUnreachable, mask, pageDue, refusal, reported, reportLater, settle } from './paging.ts'

describe('the steps of a page', () => {
  it('go out together where none has a delay', ({ expect }) => {
    expect(aPage(sms(), call()).told()).toEqual(['SMS', 'VOICE'])
  })

  it('become due at the assignment + their delay, once each', ({ expect }) => {
    const page = aPage(sms(), call(5), mail(30))
    page.carriersSay(SENT)
    expect(page.pass(5 * MINUTE - 1).told()).toEqual([])
    page.pass(1)
    expect(page.page.notifications.map(({ status }) => status)).toEqual(['sent', 'queued', 'scheduled'])
    page
      .carriersSay(SENT)
      .pass(25 * MINUTE)
      .carriersSay(SENT)
      .pass(24 * 60 * MINUTE)
    expect(page.told()).toEqual([])
    expect(page.page.notifications.every(({ status }) => status === 'sent')).toBe(true)
  })

  it('count from the assignment, also where the page itself came late', ({ expect }) => {
    const page = new PageStory([sms(), call(5), mail(30)], aRequest({ assignedAt: NOON }), NOON + 6 * MINUTE)
    expect(page.told()).toEqual(['SMS', 'VOICE'])
    expect(pageDue(page.page)).toBe(NOON + 6 * MINUTE + 30 * SECOND)
  })

  it('that are due for one contact together are one message', ({ expect }) => {
    const page = aPage(sms(1), sms(2), call(2), sms(3), sms(3, '+15550002'))
    expect(page.standStill(4 * MINUTE).told()).toEqual(['SMS', 'VOICE', 'SMS'])
    expect(page.page.notifications.map(({ status }) => status)).toEqual([
      'queued',
      'merged',
      'queued',
      'merged',
      'queued',
    ])
  })

  it('each have an id of their own, which names the incident first', ({ expect }) => {
    expect(aPage(sms(), call()).queued()).toEqual(['42-1-1-0', '42-1-1-1'])
  })
})

describe('a claim', () => {
  it('is granted once', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    expect(page.claims(id)).toBe(true)
    expect(page.claims(id)).toBe(false)
    page.settles(id, SENT)
    expect(page.claims(id)).toBe(false)
    expect(page.pass(60 * MINUTE).queued()).toEqual([])
  })

  it('that was never settled is granted again after its lease, and not before', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    page.claims(id)
    expect(page.pass(CLAIM_LEASE - 1).queued()).toEqual([])
    expect(page.claims(id)).toBe(false)
    expect(page.pass(1).queued()).toEqual([id])
    expect(page.claims(id)).toBe(true)
    expect(page.notification(id).attempts).toBe(2)
  })

  it('is refused before its notification is due, and for one that the page does not have', ({ expect }) => {
    const page = aPage(sms(5))
    expect(page.claims('42-1-1-0')).toBe(false)
    expect(page.claims('42-1-1-9')).toBe(false)
  })

  it('is refused for what was answered', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    page.isWithdrawn()
    expect(page.claims(id)).toBe(false)
    expect(refusal(page.page, id, 'consumer', page.now)).toBe('accepted by Ben')
  })

  it('is granted to its own consumer again, whose answer may have been lost: that is no further attempt', ({
    expect,
  }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    const first = claim(page.page, id, 'consumer', page.now)
    expect(refusal(first, id, 'consumer', page.now)).toBeNull()
    expect(refusal(first, id, 'somebody else', page.now)).toBe('it is claimed already')
    expect(claim(first, id, 'consumer', page.now).notifications[0]).toMatchObject({ status: 'claimed', attempts: 1 })
  })

  it('whose lease is over is granted again also before the alarm has noticed', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    page.claims(id)
    page.now += CLAIM_LEASE - 1
    expect(page.claims(id)).toBe(false)
    page.now += 1
    expect(page.claims(id)).toBe(true)
  })

  it('is refused for what belongs to an earlier page', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    page.isPagedAgain([sms()])
    expect(page.claims(id)).toBe(false)
    expect(page.queued()).toEqual(['42-1-2-0'])
  })
})

describe('what the queue lost', () => {
  it('is queued again after its lease', ({ expect }) => {
    const page = aPage(sms())
    const lost = page.queued()
    expect(page.pass(30 * SECOND - 1).queued()).toEqual([])
    expect(page.pass(1).queued()).toEqual(lost)
  })

  it('and what it delivers twice is sent once', ({ expect }) => {
    const page = aPage(sms())
    const [first = ''] = page.queued()
    const [again = ''] = page.pass(30 * SECOND).queued()
    expect(page.claims(first)).toBe(true)
    expect(page.claims(again)).toBe(false)
  })
})

describe('a delivery', () => {
  it('that the carrier took is told to the incident', ({ expect }) => {
    const page = aPage(sms())
    page.carriersSay(SENT)
    expect(page.page.lastSentAt).toBe(NOON)
    expect(page.page.reports).toEqual([
      {
        notificationId: '42-1-1-0',
        userId: 1,
        userName: 'Ann',
        channel: 'SMS',
        target: '…0001',
        outcome: 'sent',
        provider: 'carrier',
        reason: null,
        at: NOON,
      },
    ])
  })

  it('that failed for now is tried again, each time later', ({ expect }) => {
    const page = aPage(sms())
    page.carriersSay(BUSY)
    expect(page.tells()).toEqual({ outcomes: ['SMS retrying'], unreachable: false })
    for (const seconds of [15, 30, 60]) {
      expect(page.pass(seconds * SECOND - 1).told()).toEqual([])
      page.pass(1).carriersSay(BUSY)
    }
    page.pass(120 * SECOND).carriersSay(SENT)
    expect(page.page.notifications[0]).toMatchObject({ status: 'sent', attempts: 5 })
  })

  it('is given up after five attempts', ({ expect }) => {
    const page = aPage(sms())
    for (let attempt = 1; attempt <= 5; attempt++) page.carriersSay(BUSY).standStill(10 * MINUTE)
    expect(page.page.notifications[0]).toMatchObject({ status: 'failed', attempts: 5 })
    expect(page.tells()).toEqual({
      outcomes: ['SMS retrying', 'SMS retrying', 'SMS retrying', 'SMS retrying', 'SMS failed'],
      unreachable: true,
    })
  })

  it('is given up after five attempts, too, where the consumer never comes back', ({ expect }) => {
    const page = aPage(sms(), call(60))
    const claimed: string[] = []
    for (let [id] = page.queued(); id && page.claims(id); [id] = page.pass(CLAIM_LEASE).queued()) {
      claimed.push(page.notification(id).channel)
    }
    expect(claimed).toEqual([...Array(5).fill('SMS'), ...Array(5).fill('VOICE')])
    expect(isUnreachable(page.page)).toBe(true)
  })

  it('that failed for good makes the next step due at once', ({ expect }) => {
    const page = aPage(sms(), mail(30), call(5))
    page.carriersSay(NO_SUCH_NUMBER)
    expect(page.told()).toEqual(['VOICE'])
    expect(page.pass(1).told()).toEqual([])
    expect(page.tells()).toEqual({ outcomes: ['SMS failed'], unreachable: false })
  })

  it('is settled once', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    page.claims(id)
    page.settles(id, SENT).settles(id, NO_SUCH_NUMBER)
    expect(page.tells().outcomes).toEqual(['SMS sent'])
  })

  it('settles nothing that is unknown or was not claimed', ({ expect }) => {
    const { page } = aPage(sms())
    expect(settle(page, '42-1-1-9', SENT, { id: 1, name: 'Ann' }, NOON)).toBe(page)
    expect(settle(page, '42-1-1-0', BUSY, { id: 1, name: 'Ann' }, NOON)).toBe(page)
  })

  it('that a slow carrier did take counts although its claim ran out and it was queued again', ({ expect }) => {
    const { page } = aPage(sms())
    const [notification] = settle(page, '42-1-1-0', SENT, { id: 1, name: 'Ann' }, NOON).notifications
    expect(notification).toMatchObject({ status: 'sent', leaseUntil: null })
  })
})

describe('a carrier in trouble', () => {
  it('has the next step go out at once, while it is tried again itself', ({ expect }) => {
    const page = aPage(sms(), call(10))
    page.carriersSay(BUSY)
    expect(page.told()).toEqual(['VOICE'])
    page.pass(15 * SECOND)
    expect(page.told()).toEqual(['SMS'])
  })
})

describe('a receipt', () => {
  it('of what arrived is told to the incident once, and changes nothing', ({ expect }) => {
    const page = aPage(sms(), call(10))
    const [id = ''] = page.queued()
    page.claims(id)
    page.settles(id, SENT).isHeardOf(id, 'delivered').isHeardOf(id, 'delivered')
    expect(page.tells().outcomes).toEqual(['SMS sent', 'SMS delivered'])
    expect(page.told()).toEqual([])
  })

  it('of what did not arrive makes the next step due at once', ({ expect }) => {
    const page = aPage(sms(), call(10))
    const [id = ''] = page.queued()
    page.claims(id)
    page.settles(id, SENT).isHeardOf(id, 'undelivered', 'the phone is off')
    expect(page.told()).toEqual(['VOICE'])
    expect(page.tells().outcomes).toEqual(['SMS sent', 'SMS undelivered'])
  })

  it('counts also where it comes before the consumer has settled', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    page.claims(id)
    page.isHeardOf(id, 'undelivered').settles(id, SENT)
    expect(page.tells()).toEqual({ outcomes: ['SMS undelivered'], unreachable: true })
  })

  it('wakes nobody for what is over', ({ expect }) => {
    const page = aPage(sms(), call(10))
    const [id = ''] = page.queued()
    page.claims(id)
    page.settles(id, SENT).isWithdrawn().isHeardOf(id, 'undelivered')
    expect(page.told()).toEqual([])
  })
})

describe('a user who can not be reached', () => {
  it('has failed on every channel', ({ expect }) => {
    const page = aPage(sms(), call(5))
    page.carriersSay(NO_SUCH_NUMBER)
    expect(page.tells().unreachable).toBe(false)
    page.carriersSay(NO_SUCH_NUMBER)
    expect(page.tells()).toEqual({ outcomes: ['VOICE failed'], unreachable: true })
    expect(page.tells()).toEqual({ outcomes: [], unreachable: false })
  })

  it('has no channel at all', ({ expect }) => {
    const page = aPage()
    expect(pageDue(page.page)).toBe(NOON)
    expect(page.tells().unreachable).toBe(true)
    expect(pageDue(page.page)).toBeNull()
  })

  it('was not reached by one message and may still be by another', ({ expect }) => {
    const page = aPage(sms(), call())
    const [text = '', ring = ''] = page.queued()
    page.claims(text)
    page.claims(ring)
    page.settles(text, NO_SUCH_NUMBER)
    expect(page.tells().unreachable).toBe(false)
    page.settles(ring, SENT)
    expect(page.tells().unreachable).toBe(false)
  })

  it('does not count as reached because of a message of an earlier page', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    page.claims(id)
    page.isPagedAgain([call()]).carriersSay(NO_SUCH_NUMBER)
    expect(page.tells().unreachable).toBe(true)
  })
})

describe('telling the incident', () => {
  it('happens again until it has heard, and then no more', ({ expect }) => {
    const page = aPage(sms())
    page.carriersSay(SENT)
    expect(pageDue(page.page)).toBe(NOON + 30 * SECOND)
    page.page = reportLater(page.page, NOON + 30 * SECOND)
    expect(pageDue(page.page)).toBe(NOON + 35 * SECOND)
    expect(page.tells().outcomes).toEqual(['SMS sent'])
    expect(pageDue(page.page)).toBeNull()
  })

  it('leaves for the next time what became known meanwhile', ({ expect }) => {
    const page = aPage(sms(), call())
    const [text = '', ring = ''] = page.queued()
    page.claims(text)
    page.claims(ring)
    page.settles(text, NO_SUCH_NUMBER)
    const told = page.page
    page.settles(ring, NO_SUCH_NUMBER)
    page.page = reported(page.page, told)
    expect(pageDue(page.page)).not.toBeNull()
    expect(page.tells()).toEqual({ outcomes: ['VOICE failed'], unreachable: true })
  })

  it('of one page says nothing of the next', ({ expect }) => {
    const page = aPage()
    const told = page.page
    page.isPagedAgain([])
    page.page = reported(page.page, told)
    expect(page.tells().unreachable).toBe(true)
  })
})

describe('a contact in reports', () => {
  it('is masked', ({ expect }) => {
    expect(mask('SMS', '+4915112345678')).toBe('…5678')
    expect(mask('VOICE', '+4915112345678')).toBe('…5678')
    expect(mask('EMAIL', 'ann.smith@example.com')).toBe('a…@example.com')
    expect(mask('PUSH', 'a device token')).toBe('')
  })
})
