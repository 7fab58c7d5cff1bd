import type { Instant, Schedule, Shift } from './model.ts'
import { DAY } from './wall-time.ts'
import { wholeShifts } from './whole-shifts.ts'

/** What a user's shifts mean for them: one is coming, one begins, one ends. A shift goes on where the same user follows. */
export type DutyEvent = {
  /** When it is due. */
  at: Instant
  scheduleId: number
  /** The whole shift. */
  shift: Shift
} & (
  | { type: 'reminder'; beforeMs: number }
  /** `other`: who was on call until then; null: nobody. */
  | { type: 'begins'; other: number | null }
  /** `other`: who is on call from then on; null: nobody. */
  | { type: 'ends'; other: number | null }
)

export interface ScheduleOfDuty {
  id: number
  schedule: Schedule
}

/**
 * What is due for a user after one instant and until another, the latter included: who asks again from `until` on misses
 * nothing and sees nothing twice. Sorted; schedules know nothing of each other.
 *
 * @param beforeMs how long before a shift to remind of it
 */
export function dutyEvents(
  schedules: ScheduleOfDuty[],
  userId: number,
  beforeMs: number[],
  after: Instant,
  until: Instant,
): DutyEvent[] {
  // Far enough that whoever is on call at the start or end of a shift whose event is due is among them.
  const furthest = Math.max(0, ...beforeMs)
  return schedules
    .flatMap(({ id, schedule }) => eventsOf(wholeShifts(schedule, after, until + furthest + 1), userId, id, beforeMs))
    .filter(({ at }) => after < at && at <= until)
    .sort((a, b) => a.at - b.at)
}

/** The first that is due after an instant. Null: none within `DUTY_LOOK_AHEAD`, and who waits for it asks again then. */
export function nextDutyEvent(
  schedules: ScheduleOfDuty[],
  userId: number,
  beforeMs: number[],
  after: Instant,
): DutyEvent | null {
  return dutyEvents(schedules, userId, beforeMs, after, after + DUTY_LOOK_AHEAD)[0] ?? null
}

export const DUTY_LOOK_AHEAD = 14 * DAY

function eventsOf(timeline: Shift[], userId: number, scheduleId: number, beforeMs: number[]): DutyEvent[] {
  const reminders = [...new Set(beforeMs)]
  return timeline.flatMap((shift, index): DutyEvent[] => {
    if (shift.userId !== userId) return []
    const { start, end } = shift
    const [previous, next] = [timeline[index - 1], timeline[index + 1]]
    const about = { scheduleId, shift }
    return [
      ...reminders.map((before) => ({ ...about, type: 'reminder' as const, at: start - before, beforeMs: before })),
      { ...about, type: 'begins', at: start, other: previous?.end === start ? previous.userId : null },
      { ...about, type: 'ends', at: end, other: next?.start === end ? next.userId : null },
    ]
  })
}
