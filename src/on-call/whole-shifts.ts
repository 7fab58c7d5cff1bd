import type { Instant, Schedule, Shift } from './model.ts'
import { nextHandOff, shifts } from './on-call.ts'
import { DAY } from './wall-time.ts'

/**
 * The shifts that touch an interval, each from its true start to its true end. One that goes on for more than a year is cut
 * at multiples of `REACH`: wherever it is asked from, its ends stay put for long, as calendars that are read again need it.
 */
export function wholeShifts(schedule: Schedule, from: Instant, to: Instant): Shift[] {
  const touching = shifts(schedule, from, to)
  const [first, last] = [touching[0], touching.at(-1)]
  if (first?.start === from) first.start = startOf(schedule, first)
  if (last?.end === to) last.end = endOf(schedule, last)
  return touching
}

/** The shift that runs at an instant. */
export function shiftAt(schedule: Schedule, at: Instant): Shift | null {
  return wholeShifts(schedule, at, at + 1)[0] ?? null
}

/** The shift after the one, or the gap, at an instant, whosever it is. Null: none begins in the next years. */
export function nextShift(schedule: Schedule, at: Instant): Shift | null {
  const next = nextHandOff(schedule, at)
  const begins = next?.to === null ? nextHandOff(schedule, next.at) : next
  return begins && shiftAt(schedule, begins.at)
}

const REACH = 400 * DAY

/** How far back the user of a shift has been on call without a break. Mostly not far, so ever longer intervals are looked at. */
function startOf(schedule: Schedule, { userId, start }: Shift): Instant {
  const bound = (Math.floor(start / REACH) - 1) * REACH
  let reached = start
  for (let length = DAY; reached > bound; length *= 2) {
    const from = Math.max(reached - length, bound)
    const earlier = shifts(schedule, from, reached).at(-1)
    if (earlier?.end !== reached || earlier.userId !== userId) return reached
    reached = earlier.start
    if (reached > from) return reached
  }
  return reached
}

function endOf(schedule: Schedule, { userId, end }: Shift): Instant {
  const bound = (Math.ceil(end / REACH) + 1) * REACH
  let reached = end
  for (let length = DAY; reached < bound; length *= 2) {
    const to = Math.min(reached + length, bound)
    const [later] = shifts(schedule, reached, to)
    if (later?.start !== reached || later.userId !== userId) return reached
    reached = later.end
    if (reached < to) return reached
  }
  return reached
}
