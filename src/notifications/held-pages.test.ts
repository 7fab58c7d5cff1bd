import { describe, it } from 'vitest'
import type { PreferenceStep } from './model.ts'
import { ANN, aRequest, aWithdrawal, call, MINUTE, mail, NOON, sms } from './paging.fixtures.ts'
import type { PageState } from './paging.ts'
import * as paging from './paging.ts'

const BUNDLE = 'bundle-1'
const SENT = { outcome: 'sent', provider: 'carrier', reason: 'as one message with 6 others' } as const
const REFUSED = { outcome: 'failed', provider: 'carrier', reason: 'no such number' } as const
const BUSY = { outcome: 'retrying', provider: 'carrier', reason: 'busy' } as const

/** Ann's page, whose texts all wait for a bundle. */
function held(...steps: PreferenceStep[]): PageState {
  const started = paging.startPage(aRequest(), steps, ANN.id, 1, null)
  const admit = ({ channel }: paging.Notification) => (channel === 'SMS' ? { bundleId: BUNDLE } : null)
  return paging.takeDue(started, ANN, NOON, admit).page
}

const statuses = ({ notifications }: PageState) => notifications.map(({ status }) => status)
const told = ({ reports }: PageState) =>
  reports.map(({ outcome, reason }) => (reason ? `${outcome}: ${reason}` : outcome))
const settled = (page: PageState, result: Parameters<typeof paging.settleBundle>[2]) =>
  paging.settleBundle(page, BUNDLE, result, ANN, NOON + 1000)

describe('a page that waits for a bundle', () => {
  it('says so on the timeline, has nothing due by itself, and is not given up', ({ expect }) => {
    const page = held(sms())
    expect(statuses(page)).toEqual(['held'])
    expect(told(page)).toEqual(['held'])
    expect(paging.isHeldBy(page, BUNDLE)).toBe(true)
    expect(paging.isUnreachable(page)).toBe(false)
    expect(paging.pageDue({ ...page, reportAt: null })).toBeNull()
  })

  it('is told with it', ({ expect }) => {
    const page = settled(held(sms()), SENT)
    expect(statuses(page)).toEqual(['sent'])
    expect(told(page)).toEqual(['held', 'sent: as one message with 6 others'])
    expect(page.lastSentAt).toBe(NOON + 1000)
  })

  it('goes on with the next step where the bundle does not arrive, and escalates without one', ({ expect }) => {
    const next = settled(held(sms(), call(5)), REFUSED)
    expect(paging.takeDue(next, ANN, NOON + 1000).queue).toEqual(['42-1-1-1'])
    expect(next.unreachable).toBe(false)
    expect(settled(held(sms()), REFUSED).unreachable).toBe(true)
  })

  it('is one message where two steps wait for one contact, and gives up both where it does not arrive', ({
    expect,
  }) => {
    const started = paging.startPage(aRequest(), [sms(), sms(1)], ANN.id, 1, null)
    const wait = () => ({ bundleId: BUNDLE })
    const first = paging.takeDue(started, ANN, NOON, wait).page
    const both = paging.takeDue(first, ANN, NOON + MINUTE, wait).page
    expect(statuses(both)).toEqual(['held', 'held'])
    expect(statuses(settled(both, SENT))).toEqual(['sent', 'merged'])
    const refused = settled(both, REFUSED)
    expect(statuses(refused)).toEqual(['failed', 'merged'])
    expect(refused.unreachable).toBe(true)
  })

  it('has the next step come at once while the bundle is tried again, and is told when that succeeds', ({ expect }) => {
    const next = settled(held(sms(), call(5)), BUSY)
    expect(statuses(next)).toEqual(['held', 'scheduled'])
    expect(paging.takeDue(next, ANN, NOON + 1000).queue).toEqual(['42-1-1-1'])
    expect(statuses(settled(next, SENT))).toEqual(['sent', 'scheduled'])
  })

  it('ends when it is answered, and still says what the bundle did that was under way', ({ expect }) => {
    const over = paging.withdraw(held(sms(), call(5)), aWithdrawal())
    expect(statuses(over)).toEqual(['withdrawn', 'withdrawn'])
    expect(paging.isHeldBy(over, BUNDLE)).toBe(false)
    const after = settled(over, SENT)
    expect(statuses(after)).toEqual(['withdrawn', 'withdrawn'])
    expect(told(after)).toContain('sent: as one message with 6 others')
    expect(paging.takeDue(settled(over, REFUSED), ANN, NOON + MINUTE).queue).toEqual([])
  })

  it('does not wait for a contact that is no step any more', ({ expect }) => {
    const moved = paging.reschedule(held(sms(), mail(5)), [mail(5)], ANN.id, NOON + 1000)
    expect(statuses(moved)).toEqual(['scheduled'])
    expect(statuses(paging.reschedule(held(sms(), mail(5)), [sms(), mail(5)], ANN.id, NOON + 1000))).toEqual([
      'held',
      'scheduled',
    ])
  })

  it('starts afresh when the person is paged again', ({ expect }) => {
    const again = paging.startPage(aRequest({ pageNumber: 2 }), [sms()], ANN.id, 1, held(sms()))
    expect(statuses(again)).toEqual(['scheduled'])
    expect(paging.isHeldBy(again, BUNDLE)).toBe(false)
  })
})
