import type { Instant, Interval, Restriction } from './model.ts'
import { A_MONDAY, DAY, timeOfDay, type WallTime, WEEK } from './wall-time.ts'
import type { Zone } from './zone.ts'

/** When restrictions let a layer through around an interval: sorted, disjoint, not clipped. */
export function windows(restrictions: Restriction[], zone: Zone, from: Instant, to: Instant): Interval[] {
  return union(restrictions.flatMap((restriction) => occurrences(recurrence(restriction), zone, from, to)))
}

/** A window on the wall clock and after how long it comes again. */
interface Recurrence {
  start: WallTime
  length: number
  period: number
}

function recurrence({ from, to }: Restriction): Recurrence {
  const weekly = 'day' in from && 'day' in to
  const period = weekly ? WEEK : DAY
  const start = timeOfDay(from.time) + (weekly ? A_MONDAY + (from.day - 1) * DAY : 0)
  const end = timeOfDay(to.time) + (weekly ? A_MONDAY + (to.day - 1) * DAY : 0)
  return { start, length: end > start ? end - start : end - start + period, period }
}

/** Each end follows the wall clock on its own, so a window may be longer or shorter than usual, or empty. */
function occurrences({ start, length, period }: Recurrence, zone: Zone, from: Instant, to: Instant): Interval[] {
  const found: Interval[] = []
  // No zone ever moved its clocks by more than a day.
  const first = Math.ceil((zone.wallTimeAt(from) - DAY - length - start) / period)
  const last = Math.floor((zone.wallTimeAt(to) + DAY - start) / period)
  for (let index = first; index <= last; index++) {
    const wall = start + index * period
    const window = { start: zone.instantOf(wall), end: zone.instantOf(wall + length) }
    if (window.start < window.end && window.end > from && window.start < to) found.push(window)
  }
  return found
}

/** The same time as sorted intervals that do not touch. */
export function union(intervals: Interval[]): Interval[] {
  const joined: Interval[] = []
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}
