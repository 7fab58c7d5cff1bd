import type { Instant, Schedule } from './model.ts'
import { shifts } from './on-call.ts'
import { DAY } from './wall-time.ts'

/**
 * What a user's shifts mean for them: one is coming, one begins, one ends. A shift goes on where the same user follows. Its
 * other end may lie far from what is looked at, so that is left to who tells of the event.
 */
export type DutyEvent = {
  /** When it is due: for a reminder so long before the `start` of the shift. */
  at: Instant
  scheduleId: number
} & (
  | { type: 'reminder'; start: Instant; beforeMs: number }
  /** `other`: who was on call until then; null: nobody. */
  | { type: 'begins'; other: number | null }
  /** `other`: who is on call from then on; null: nobody. */
  | { type: 'ends'; other: number | null }
)

export type Reminder = Extract<DutyEvent, { type: 'reminder' }>

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
  return eventsOf(schedules, userId, beforeMs, after, until + furthest(beforeMs)).filter(
    ({ at }) => after < at && at <= until,
  )
}

/** The reminders whose time has come, however long ago, of shifts that have not begun. Sorted. */
export function dueReminders(
  schedules: ScheduleOfDuty[],
  userId: number,
  beforeMs: number[],
  now: Instant,
): Reminder[] {
  return eventsOf(schedules, userId, beforeMs, now, now + furthest(beforeMs)).filter(
    (event): event is Reminder => event.type === 'reminder' && event.at <= now,
  )
}

/** When the first is due after an instant. Null: none within `DUTY_LOOK_AHEAD`, and who waits for it asks again then. */
export function nextDutyAt(
  schedules: ScheduleOfDuty[],
  userId: number,
  beforeMs: number[],
  after: Instant,
): Instant | null {
  return dutyEvents(schedules, userId, beforeMs, after, after + DUTY_LOOK_AHEAD)[0]?.at ?? null
}

/** Short: a large schedule takes long to look at, and who asks has people to page meanwhile. */
export const DUTY_LOOK_AHEAD = DAY

/** Of the shifts that begin or end after one instant and until another, the latter included. */
function eventsOf(
  schedules: ScheduleOfDuty[],
  userId: number,
  beforeMs: number[],
  after: Instant,
  until: Instant,
): DutyEvent[] {
  return schedules
    .flatMap(({ id: scheduleId, schedule }) => {
      // One instant more, for whoever is on call when the last one ends.
      const timeline = shifts(schedule, after, until + 1)
      return timeline.flatMap(({ userId: onCall, start, end }, index): DutyEvent[] => {
        if (onCall !== userId) return []
        const [previous, next] = [timeline[index - 1], timeline[index + 1]]
        const events: DutyEvent[] = []
        if (start > after) {
          for (const before of new Set(beforeMs)) {
            events.push({ type: 'reminder', at: start - before, scheduleId, start, beforeMs: before })
          }
          const other = previous?.end === start ? previous.userId : null
          events.push({ type: 'begins', at: start, scheduleId, other })
        }
        if (end <= until) {
          events.push({ type: 'ends', at: end, scheduleId, other: next?.start === end ? next.userId : null })
        }
        return events
      })
    })
    .sort((a, b) => a.at - b.at)
}

function furthest(beforeMs: number[]): number {
  return Math.max(0, ...beforeMs)
}
