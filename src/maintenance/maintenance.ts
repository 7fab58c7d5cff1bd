import { log } from '../log.ts'
import type { Instant, Interval } from '../on-call/model.ts'
import { A_MONDAY, addMonths, DAY, monthsBetween, type WallTime, WEEK } from '../on-call/wall-time.ts'
import { type Zone, zoneOf } from '../on-call/zone.ts'
import { WEEKDAYS } from '../support-hours/model.ts'
import type { MaintenanceWindow, Recurrence } from './model.ts'

/**
 * When maintenance windows are. A window that repeats begins at the same time on the wall clock; one that does not exist
 * moves forward by the gap. Each takes exactly as long as the first: the work that it stands for does not take an hour
 * less because clocks are changed that night. Occurrences are found by arithmetic, so the cost does not grow with age.
 */

/** The window that runs at an instant, and until when one after the other does; null: none runs. */
export function maintenanceAt(
  windows: MaintenanceWindow[],
  at: Instant,
): { window: MaintenanceWindow; until: Instant } | null {
  const first = lastEnding(windows, at)
  if (!first) return null
  let { end: until } = first
  // Nothing pages between two windows that touch. Whoever is told of an end asks again by then, so this may stop early.
  for (let step = 1; step < MOST_IN_A_ROW; step++) {
    const next = lastEnding(windows, until)
    if (!next) break
    until = next.end
  }
  return { window: first.window, until }
}

/** The time that runs at an instant or comes next; null: the window is over. */
export function nextOccurrence(window: MaintenanceWindow, at: Instant): Interval | null {
  const length = window.end - window.start
  const running = lastStart(window, at)
  if (running !== null && at < running + length) return { start: running, end: running + length }
  const next = startsAround(window, Math.max(at, window.start)).find((start) => start > at)
  return next === undefined ? null : { start: next, end: next + length }
}

/** More than a month of windows that touch each day; the bound is for those that never leave a gap. */
const MOST_IN_A_ROW = 100

function lastEnding(windows: MaintenanceWindow[], at: Instant): { window: MaintenanceWindow; end: Instant } | null {
  let found: { window: MaintenanceWindow; end: Instant } | null = null
  for (const window of windows) {
    const start = lastStart(window, at)
    const end = start === null ? at : start + window.end - window.start
    if (end > (found?.end ?? at)) found = { window, end }
  }
  return found
}

/** All last equally long, so of those that have begun the latest is the last to end. */
function lastStart(window: MaintenanceWindow, at: Instant): Instant | null {
  const until = window.recurrence?.until ?? null
  const asked = until === null ? at : Math.min(at, until - 1)
  return asked < window.start ? null : (startsAround(window, asked).findLast((start) => start <= asked) ?? null)
}

/** The starts around an instant, in order: at least the last one up to it and the first one after it, where there are any. */
function startsAround(window: MaintenanceWindow, at: Instant): Instant[] {
  const { start, recurrence } = window
  const zone = recurrence && knownZone(window)
  const starts = zone
    ? wallTimesAround(recurrence, zone.wallTimeAt(start), zone.wallTimeAt(at)).map((wall) => zone.instantOf(wall))
    : []
  const { until, endedAt = 0 } = recurrence ?? {}
  // The first is as it was set, also when its time on the wall clock comes twice that day.
  return [start, ...starts.filter((each) => each > start)]
    .filter((each) => each >= endedAt && each < (until ?? Number.POSITIVE_INFINITY))
    .sort((a, b) => a - b)
}

/** No zone ever moved its clocks by more than a day, so the one asked for is among the nearest few. */
function wallTimesAround({ frequency, interval, weekdays }: Recurrence, first: WallTime, at: WallTime): WallTime[] {
  switch (frequency) {
    case 'DAILY':
      return around((at - first) / (interval * DAY)).map((index) => first + index * interval * DAY)
    case 'WEEKLY': {
      const day = Math.floor((first - A_MONDAY) / DAY)
      const monday = A_MONDAY + (day - (day % 7)) * DAY
      const time = first - (A_MONDAY + day * DAY)
      const days = weekdays.length > 0 ? weekdays.map((weekday) => WEEKDAYS.indexOf(weekday)) : [day % 7]
      return around((at - monday) / (interval * WEEK)).flatMap((index) =>
        days.map((each) => monday + index * interval * WEEK + each * DAY + time),
      )
    }
    case 'MONTHLY':
      return around(monthsBetween(first, at) / interval).map((index) => addMonths(first, index * interval))
  }
}

function around(index: number): number[] {
  return [-2, -1, 0, 1, 2].map((distance) => Math.floor(index) + distance)
}

/** A window that can't be worked out happens once: it must not keep anybody from being paged. */
function knownZone({ id, timezone }: MaintenanceWindow): Zone | null {
  try {
    return zoneOf(timezone)
  } catch (error) {
    log.error('zone of a maintenance window not known, taken not to repeat', { windowId: id, error })
    return null
  }
}
