import { describe, it } from 'vitest'
import {
  aPage,
  BUSY,
  CLAIM_LEASE,
  call,
  MINUTE,
  mail,
  NO_SUCH_NUMBER,
  NOON,
  SECOND,
  SENT,
  sms,
} from './paging.fixtures.ts'
import { pageDue } from './paging.ts'

describe('a page that is over', () => {
  it('sends nothing more', ({ expect }) => {
    const page = aPage(sms(), call(5))
    page.carriersSay(SENT).tells()
    page.isWithdrawn()
    expect(page.page).toMatchObject({ status: 'answered', ended: 'accepted by Ben' })
    expect(page.page.notifications.map(({ status }) => status)).toEqual(['sent', 'withdrawn'])
    expect(page.pass(60 * MINUTE).told()).toEqual([])
    expect(pageDue(page.page)).toBeNull()
  })

  it('still tells what became of a message that was under way', ({ expect }) => {
    const page = aPage(sms())
    const [id = ''] = page.queued()
    page.claims(id)
    page.isWithdrawn().settles(id, SENT)
    expect(page.tells().outcomes).toEqual(['SMS sent'])
  })

  it('tries nothing again, and does not say that it would', ({ expect }) => {
    const page = aPage(sms(), call(5))
    const [id = ''] = page.queued()
    page.claims(id)
    page.isWithdrawn().settles(id, BUSY)
    expect(page.tells()).toEqual({ outcomes: ['SMS failed'], unreachable: false })
    expect(page.pass(60 * MINUTE).told()).toEqual([])
  })

  it('stays over: answered can become resolved, and not the other way', ({ expect }) => {
    const page = aPage(sms()).isWithdrawn().isWithdrawn({ reason: 'resolved', message: 'resolved by Ben' })
    expect(page.page).toMatchObject({ status: 'resolved', ended: 'resolved by Ben' })
    page.isWithdrawn()
    expect(page.page).toMatchObject({ status: 'resolved', ended: 'resolved by Ben' })
  })

  it('is not ended by what ends an earlier one', ({ expect }) => {
    const page = aPage(sms()).isPagedAgain([sms()]).isWithdrawn({ pageNumber: 1 })
    expect(page.page.status).toBe('open')
  })
})

describe('paging again', () => {
  it('starts the whole set of steps from the new assignment on, with the same code', ({ expect }) => {
    const page = aPage(sms(), call(5))
    page
      .carriersSay(SENT)
      .pass(MINUTE)
      .isPagedAgain([sms(), call(5)])
    expect(page.page).toMatchObject({ code: 1, status: 'open', lastSentAt: NOON })
    page.carriersSay(SENT)
    expect(page.page.lastSentAt).toBe(NOON + MINUTE)
    expect(page.pass(5 * MINUTE - 1).told()).toEqual([])
    expect(page.pass(1).told()).toEqual(['VOICE'])
  })

  it('opens a page again that was answered', ({ expect }) => {
    const page = aPage(sms()).isWithdrawn()
    page.queued()
    page.isPagedAgain([sms()])
    expect(page.page).toMatchObject({ status: 'open', ended: null })
    expect(page.told()).toEqual(['SMS'])
  })

  it('keeps what was not told yet, and what is in a carrier’s hands', ({ expect }) => {
    const page = aPage(sms(), call())
    const [text = '', ring = ''] = page.queued()
    page.claims(text)
    page.settles(text, SENT)
    page.claims(ring)
    page.isPagedAgain([mail()]).settles(ring, SENT)
    expect(page.tells().outcomes).toEqual(['SMS sent', 'VOICE sent'])
  })

  it.for(['paged again', 'answered, and paged again'])(
    'never sends a second time what a carrier still had: %s',
    (how, { expect }) => {
      const page = aPage(sms())
      const [id = ''] = page.queued()
      page.claims(id)
      if (how !== 'paged again') page.isWithdrawn()
      page.isPagedAgain([mail()])
      expect(page.claims(id)).toBe(false)
      expect(page.pass(2 * CLAIM_LEASE).queued()).not.toContain(id)
      expect(page.claims(id)).toBe(false)
      page.settles(id, BUSY)
      expect(page.pass(10 * MINUTE).queued()).not.toContain(id)
    },
  )
})

describe('preferences that change under way', () => {
  it('skip the steps whose time is past and follow the others', ({ expect }) => {
    const page = aPage(sms())
    page
      .carriersSay(SENT)
      .pass(10 * MINUTE)
      .prefers([sms(), call(5), mail(15)])
    expect(page.told()).toEqual([])
    expect(page.pass(5 * MINUTE).told()).toEqual(['EMAIL'])
  })

  it('drop the steps that are gone', ({ expect }) => {
    const page = aPage(sms(), call(5))
    page.carriersSay(SENT).prefers([sms(), mail(5)])
    expect(page.pass(5 * MINUTE).told()).toEqual(['EMAIL'])
  })

  it('apply in full to the next page', ({ expect }) => {
    const page = aPage(sms())
    page
      .carriersSay(SENT)
      .pass(10 * MINUTE)
      .prefers([sms(), call(5)])
    page.isPagedAgain([sms(), call(5)])
    expect(page.told()).toEqual(['SMS'])
  })

  it('never give two notifications one id', ({ expect }) => {
    const page = aPage(sms(), call())
    page
      .carriersSay(SENT)
      .prefers([mail(1)])
      .pass(MINUTE)
      .carriersSay(SENT)
    page
      .prefers([sms(2), call(3)])
      .prefers([sms(2)])
      .pass(MINUTE)
      .carriersSay(SENT)
    const ids = page.page.notifications.map(({ id }) => id)
    expect(ids).toEqual(['42-1-1-0', '42-1-1-1', '42-1-1-2', '42-1-1-5'])
    expect(page.isPagedAgain([sms()]).queued()).toEqual(['42-1-2-0'])
  })

  it('leave a message that is tried again to its next attempt', ({ expect }) => {
    const page = aPage(sms())
    page
      .carriersSay(BUSY)
      .pass(5 * SECOND)
      .prefers([sms(), call(60)])
    expect(page.pass(10 * SECOND).told()).toEqual(['SMS'])
  })

  it('do not send again what was pulled forward because the step before it failed', ({ expect }) => {
    const page = aPage(sms(), call(5))
    page
      .carriersSay(NO_SUCH_NUMBER)
      .carriersSay(SENT)
      .prefers([sms(), call(5), mail(10)])
    expect(page.pass(5 * MINUTE).told()).toEqual([])
    expect(page.pass(5 * MINUTE).told()).toEqual(['EMAIL'])
  })

  it('stop trying a contact that is gone', ({ expect }) => {
    const page = aPage(sms())
    page.carriersSay(BUSY).prefers([call(5)])
    expect(page.pass(MINUTE).told()).toEqual([])
    expect(page.pass(4 * MINUTE).told()).toEqual(['VOICE'])
  })

  it('and leave nothing that could still tell the user: they can not be reached', ({ expect }) => {
    const page = aPage(sms(10))
      .pass(5 * MINUTE)
      .prefers([sms(0)])
    expect(pageDue(page.page)).toBe(page.now)
    expect(page.tells().unreachable).toBe(true)
  })

  it('change nothing of a page that is over', ({ expect }) => {
    const { page } = aPage(sms())
      .isWithdrawn()
      .prefers([call(5)])
    expect(page.notifications.map(({ channel }) => channel)).toEqual(['SMS'])
  })
})
