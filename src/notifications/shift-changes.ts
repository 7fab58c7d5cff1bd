import type { ChangedShift } from '../on-call/changes.ts'
import type { Instant } from '../on-call/model.ts'
import { instantText, intervalText } from './interval-text.ts'
import type { Notice } from './notice.ts'

/** What a change of a schedule is told as. */
export interface ShiftChangeNews {
  /** Names the change, such as `schedule-3-version-7`. */
  id: string
  schedule: { id: number; name: string }
  changes: ChangedShift[]
  /** Who made the change. */
  by: { id: number; name: string }
  nameOf: (userId: number) => string
  /** How far the changes were looked for: one that ends there goes on. */
  until: Instant
}

/** Changes that are told one by one: it is a mail or a push, not a calendar. */
const LISTED = 10

/** Tells somebody what a change does to their own shifts, in their own time; null: nothing. */
export function shiftChangeNotice(news: ShiftChangeNews, receiver: { id: number; timezone: string }): Notice | null {
  const { id, schedule, by } = news
  const own = news.changes.filter(({ before, after }) => before === receiver.id || after === receiver.id)
  const last = own.at(-1)
  if (!last) return null
  const more = own.length - LISTED
  return {
    id,
    title: `Your shifts in ${schedule.name} have changed`,
    text: [
      ...own
        .slice(0, LISTED)
        .map((change) => `${whatChanges(change, receiver.id, news)}: ${when(change, receiver, news)}`),
      ...(more > 0 ? [`and ${more} more`] : []),
      by.id === receiver.id ? 'You made this change.' : `${by.name} made this change.`,
    ].join('\n'),
    path: `/schedules/${schedule.id}`,
    expiresAt: last.end,
  }
}

function whatChanges({ before, after }: ChangedShift, receiver: number, { nameOf }: ShiftChangeNews): string {
  if (after === receiver) return before === null ? 'You are on call' : `You take over from ${nameOf(before)}`
  return after === null ? 'You are not on call any more' : `${nameOf(after)} takes over from you`
}

function when({ start, end }: ChangedShift, { timezone }: { timezone: string }, { until }: ShiftChangeNews): string {
  return end < until ? intervalText({ start, end }, timezone) : `from ${instantText(start, timezone)} on (${timezone})`
}
