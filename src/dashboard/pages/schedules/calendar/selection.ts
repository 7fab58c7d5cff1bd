import type { Instant, Interval } from '../../../../on-call/model.ts'
import { zoneOf } from '../../../../on-call/zone.ts'
import type { DrawnView } from './axis.ts'

const MINUTE = 60_000

/** As fine as a hand can point at this zoom. */
export const SNAP_MINUTES: Record<DrawnView, number> = { day: 15, week: 30, 'two-weeks': 60, month: 60 }

/**
 * What is chosen by dragging from one instant to another, either way: whole steps of the wall clock, one at least, and
 * nothing of the past. Null: all of it is past.
 */
export function selectionOf(
  [anchor, pointer]: [Instant, Instant],
  step: number,
  zone: string,
  now: Instant,
): Interval | null {
  const first = snap(Math.min(anchor, pointer), step, zone)
  const last = Math.max(snap(Math.max(anchor, pointer), step, zone), first + step * MINUTE)
  return last > now ? { start: Math.max(first, now), end: last } : null
}

/** The nearest instant at which the clock on the wall shows a multiple of the step. */
export function snap(instant: Instant, step: number, zone: string): Instant {
  const clock = zoneOf(zone)
  const size = step * MINUTE
  const wall = clock.wallTimeAt(instant)
  const near = instant + Math.round(wall / size) * size - wall
  // The clock may have been set in between, as by half an hour at Lord Howe.
  const beside = clock.wallTimeAt(near)
  return near + Math.round(beside / size) * size - beside
}
