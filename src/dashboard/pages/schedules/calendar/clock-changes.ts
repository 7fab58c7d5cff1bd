import type { Instant, Interval } from '../../../../on-call/model.ts'
import { Temporal } from '../../../../on-call/temporal.ts'
import type { WallTime } from '../../../../on-call/wall-time.ts'

/** The clocks of a zone are set: at `at` they go from `before` to `after`. */
export interface ClockChange {
  at: Instant
  before: WallTime
  after: WallTime
}

export function clockChanges(zone: string, { start, end }: Interval): ClockChange[] {
  const changes: ClockChange[] = []
  let now = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone)
  for (;;) {
    const next = now.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= end) return changes
    const at = next.epochMilliseconds
    changes.push({ at, before: at + offsetMs(now), after: at + offsetMs(next) })
    now = next
  }
}

/** "02:00–03:00": what comes twice on the wall clock, or not at all. */
export function affectedTimes({ before, after }: ClockChange): string {
  return `${timeText(Math.min(before, after))}–${timeText(Math.max(before, after))}`
}

export const isSetBack = ({ before, after }: ClockChange) => after < before

/** "02:00–03:00 twice" or "02:00–03:00 skipped" */
export function affectedText(change: ClockChange): string {
  return `${affectedTimes(change)} ${isSetBack(change) ? 'twice' : 'skipped'}`
}

/** The second time round of what comes twice; null where time is skipped. */
export function secondRun(change: ClockChange): Interval | null {
  const { at, before, after } = change
  return isSetBack(change) ? { start: at, end: at + before - after } : null
}

const offsetMs = (time: Temporal.ZonedDateTime) => time.offsetNanoseconds / 1e6

const timeText = (wall: WallTime) => new Date(wall).toISOString().slice(11, 16)
