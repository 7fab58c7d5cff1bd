import type { Instant } from '../../../../on-call/model.ts'
import { DAY, HOUR, type WallTime } from '../../../../on-call/wall-time.ts'
import { zoneOf } from '../../../../on-call/zone.ts'
import type { Day, DrawnView } from './axis.ts'

export interface Tick {
  at: Instant
  /** What the clock on the wall shows, since midnight. */
  hour: number
  /** The second time that the clock shows it on this day. */
  again: boolean
}

/** As many as there is room for. */
export const TICK_HOURS: Record<DrawnView, number> = { day: 1, week: 6, 'two-weeks': 12, month: 12 }

/** Every `every` hours of the wall clock: an hour that is skipped has no tick, one that comes twice has two. */
export function ticksOf({ midnight, start, end }: Day, zone: string, every: number): Tick[] {
  const clock = zoneOf(zone)
  const isAt = (at: Instant, wall: WallTime) => at >= start && at < end && clock.wallTimeAt(at) === wall
  // A day's clock is set at most once, so what it gained or lost by the end is what was set.
  const setBack = end - start - DAY
  const ticks: Tick[] = []
  for (let hour = 0; hour < 24; hour += every) {
    const wall = midnight + hour * HOUR
    const first = clock.instantOf(wall)
    if (isAt(first, wall)) ticks.push({ at: first, hour, again: false })
    if (setBack > 0 && isAt(first + setBack, wall)) ticks.push({ at: first + setBack, hour, again: true })
  }
  return ticks.sort((a, b) => a.at - b.at)
}
