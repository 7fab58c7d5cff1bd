import type { HandOff, Instant, Interval, Layer, Schedule, Shift } from './model.ts'
import { windows } from './restrictions.ts'
import { append, complement, stack, within } from './timeline.ts'
import { Turns } from './turns.ts'
import { DAY, wallTime } from './wall-time.ts'
import { type Zone, zoneOf } from './zone.ts'

/** Null: nobody. */
export function onCallAt(schedule: Schedule, instant: Instant): number | null {
  return shifts(schedule, instant, instant + 1)[0]?.userId ?? null
}

/** Who is on call from when to when: maximal stretches of one user, gaps left out, clipped to the interval. */
export function shifts(schedule: Schedule, from: Instant, to: Instant): Shift[] {
  return stack([...layerShifts(schedule, from, to), ...placed(schedule.overrides, from, to)])
}

/** What each layer says for itself, a list per layer, without overrides. The shifts of a static schedule are one layer. */
export function layerShifts(schedule: Schedule, from: Instant, to: Instant): Shift[][] {
  if (schedule.type === 'static') return [stack(placed(schedule.shifts, from, to))]
  const zone = zoneOf(schedule.timeZone)
  return schedule.layers.map((layer) => shiftsOf(layer, zone, from, to))
}

/** When nobody is on call. */
export function gaps(schedule: Schedule, from: Instant, to: Instant): Interval[] {
  return complement(shifts(schedule, from, to), from, to)
}

/** The next time that somebody else is on call, or nobody any more, or somebody again. Null: not in the next five years. */
export function nextHandOff(schedule: Schedule, after: Instant): HandOff | null {
  const from = onCallAt(schedule, after)
  // Mostly it is near, so ever longer intervals are looked at.
  for (let start = after, length = DAY; start < after + LOOK_AHEAD; start += length, length *= 2) {
    const [shift] = shifts(schedule, start, start + length)
    const unchanged = shift?.start === start && shift.userId === from
    const at = from === null ? shift?.start : unchanged ? shift.end : start
    if (at !== undefined && at < start + length) return { at, from, to: onCallAt(schedule, at) }
  }
  return null
}

const LOOK_AHEAD = 5 * 365 * DAY

function shiftsOf(layer: Layer, zone: Zone, askedFrom: Instant, askedTo: Instant): Shift[] {
  const from = Math.max(askedFrom, layer.window?.start ?? askedFrom)
  const to = Math.min(askedTo, layer.window?.end ?? askedTo)
  // Most layers of a long past are passed over here.
  if (from >= to) return []
  const until = layer.end ? Math.min(to, zone.instantOf(wallTime(layer.end))) : to
  const turns = new Turns(layer, zone).shifts(from, until)
  if (turns.length === 0 || !layer.restrictions?.length) return turns
  return within(turns, windows(layer.restrictions, zone, from, until))
}

/** Each a timeline of its own, for where they overlap. */
function placed(shifts: Shift[], from: Instant, to: Instant): Shift[][] {
  const timelines: Shift[][] = []
  for (const { userId, start, end } of shifts) {
    const timeline: Shift[] = []
    append(timeline, userId, Math.max(start, from), Math.min(end, to))
    if (timeline.length > 0) timelines.push(timeline)
  }
  return timelines
}
