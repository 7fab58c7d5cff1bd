import { describe, it } from 'vitest'
import type { ChangedShift } from '../on-call/changes.ts'
import { shiftChangeNotice } from './shift-changes.ts'

const NAMES: Record<number, string> = { 1: 'Ann Smith', 2: 'Ben Stein', 3: 'Cleo Example' }
const ann = { id: 1, timezone: 'Europe/Berlin' }
const ben = { id: 2, timezone: 'America/New_York' }
const DAY = 86_400_000
const START = Date.parse('2026-03-09T07:00Z')

const change = (before: number | null, after: number | null, day = 0): ChangedShift => {
  return { before, after, start: START + day * DAY, end: START + (day + 1) * DAY }
}
const notice = (receiver: typeof ann, changes: ChangedShift[], by = { id: 3, name: 'Cleo Example' }) => {
  const schedule = { id: 5, name: 'Primary' }
  const nameOf = (id: number) => NAMES[id] ?? ''
  return shiftChangeNotice(
    { id: 'schedule-5-version-2', schedule, changes, by, nameOf, until: START + 60 * DAY },
    receiver,
  )
}
const lines = (...args: Parameters<typeof notice>) => notice(...args)?.text.split('\n') ?? []

describe('the notice of a change of shifts', () => {
  it('tells each what it means for them, in their own time', ({ expect }) => {
    expect(notice(ben, [change(1, 2)])).toEqual({
      id: 'schedule-5-version-2',
      title: 'Your shifts in Primary have changed',
      text: `You take over from Ann Smith: Mon 9 Mar 2026 03:00 – Tue 10 Mar 2026 03:00 (America/New_York)
Cleo Example made this change.`,
      path: '/schedules/5',
      expiresAt: START + DAY,
    })
    expect(lines(ann, [change(1, 2)])[0]).toBe(
      'Ben Stein takes over from you: Mon 9 Mar 2026 08:00 – Tue 10 Mar 2026 08:00 (Europe/Berlin)',
    )
    expect(lines(ann, [change(null, 1)])[0]).toMatch(/^You are on call: Mon 9 Mar/)
    expect(lines(ann, [change(1, null)])[0]).toMatch(/^You are not on call any more: Mon 9 Mar/)
    expect(lines(ann, [change(1, 2)], { id: 1, name: 'Ann Smith' })[1]).toBe('You made this change.')
  })

  it('is for those whom it concerns', ({ expect }) => {
    expect(notice({ id: 3, timezone: 'UTC' }, [change(1, 2)])).toBeNull()
    expect(lines(ann, [change(2, 3), change(1, 3, 1)])).toHaveLength(2)
  })

  it('lists ten, and counts the others', ({ expect }) => {
    const many = Array.from({ length: 17 }, (_, day) => change(1, 2, 2 * day))
    expect(lines(ann, many)).toHaveLength(12)
    expect(lines(ann, many)[10]).toBe('and 7 more')
    expect(notice(ann, many)?.expiresAt).toBe(START + 33 * DAY)
  })

  it('says no end that it does not know', ({ expect }) => {
    expect(lines(ann, [{ ...change(2, 1), end: START + 60 * DAY }])[0]).toBe(
      'You take over from Ben Stein: from Mon 9 Mar 2026 08:00 on (Europe/Berlin)',
    )
  })
})
