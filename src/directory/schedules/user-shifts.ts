import { sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { Interval, Shift } from '../../on-call/model.ts'
import { wholeShifts } from '../../on-call/whole-shifts.ts'
import { schedulesOfUser } from './schedule-users.ts'
import { loadSchedules, type StoredSchedule } from './schedules.ts'

/** A user's shifts that touch an interval, in all schedules, each from its true start to its true end; by time. */
export async function findUserShifts(
  env: Env,
  userId: number,
  { start, end }: Interval,
): Promise<(Shift & { schedule: StoredSchedule })[]> {
  const inThePast = sql`
    select s.id as id
    from schedules s, json_each(s.past_layers) past, json_each(past.value, '$.layers') layer, json_each(layer.value, '$.users') turn
    where turn.value = ${userId} and past.value ->> 'until' > ${start}`
  const ids = sql`${schedulesOfUser(userId, start)} union ${inThePast}`
  const schedules = await loadSchedules(env, ids, start)
  return schedules
    .flatMap((schedule) => wholeShifts(schedule.compiled, start, end).map((shift) => ({ ...shift, schedule })))
    .filter((shift) => shift.userId === userId)
    .sort((one, other) => one.start - other.start)
}
