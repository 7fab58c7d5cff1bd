import type { Instant, Restriction } from '../on-call/model.ts'
import { windows } from '../on-call/restrictions.ts'
import { DAY, WEEK, wallTime } from '../on-call/wall-time.ts'
import { type Zone, zoneOf } from '../on-call/zone.ts'
import { type SupportHours, WEEKDAYS } from './model.ts'

/** Whether somebody is at work at an instant. */
export function isDuring(hours: SupportHours, at: Instant): boolean {
  return isDuringBy(read(hours), at)
}

/** When support hours end or begin next; null: not within a year. */
export function nextChange(hours: SupportHours, after: Instant): Instant | null {
  for (const { at } of changes(hours, after)) return at
  return null
}

/** When support hours begin next, after those that run now if they do; null: not within a year. */
export function nextStart(hours: SupportHours, after: Instant): Instant | null {
  for (const { at, during } of changes(hours, after)) if (during) return at
  return null
}

const LOOK_AHEAD = 366 * DAY

/** Hours with their exceptions as instants. */
interface ReadHours {
  zone: Zone
  weekly: Restriction[]
  exceptions: { start: Instant; end: Instant; during: boolean }[]
}

function read({ timezone, supportDays, exceptions }: SupportHours): ReadHours {
  const zone = zoneOf(timezone)
  return {
    zone,
    weekly: WEEKDAYS.flatMap((weekday, index): Restriction[] => {
      const day = supportDays[weekday]
      if (!day) return []
      const lastDay = day.end > day.start ? index : (index + 1) % WEEKDAYS.length
      return [{ from: { day: index + 1, time: day.start }, to: { day: lastDay + 1, time: day.end } }]
    }),
    exceptions: exceptions.map(({ start, end, supportStatus }) => ({
      start: zone.instantOf(wallTime(start)),
      end: zone.instantOf(wallTime(end)),
      during: supportStatus === 'DURING',
    })),
  }
}

function isDuringBy({ zone, weekly, exceptions }: ReadHours, at: Instant): boolean {
  const exception = exceptions.findLast(({ start, end }) => start <= at && at < end)
  return exception ? exception.during : windows(weekly, zone, at, at + 1).length > 0
}

/** Mostly the next one is near, so ever longer spans are looked at. */
function* changes(hours: SupportHours, after: Instant): Generator<{ at: Instant; during: boolean }> {
  const known = read(hours)
  let during = isDuringBy(known, after)
  for (let from = after, length = WEEK; from < after + LOOK_AHEAD; from += length, length *= 2) {
    for (const at of boundaries(known, from, Math.min(from + length, after + LOOK_AHEAD))) {
      const now = isDuringBy(known, at)
      if (now === during) continue
      during = now
      yield { at, during }
    }
  }
}

/** Every instant in (from, to] at which a window or an exception begins or ends, in order. */
function boundaries({ zone, weekly, exceptions }: ReadHours, from: Instant, to: Instant): Instant[] {
  const ends = [...windows(weekly, zone, from, to), ...exceptions].flatMap(({ start, end }) => [start, end])
  return [...new Set(ends)].filter((at) => from < at && at <= to).sort((a, b) => a - b)
}
