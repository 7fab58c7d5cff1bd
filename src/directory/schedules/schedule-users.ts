import { type SQL, sql } from 'drizzle-orm'

/**
 * Selects, as `id`, everybody whom these schedules (a select of ids) put on call after an instant (epoch ms). Shifts that are
 * over stay when their user goes, so without it not all of them would exist.
 */
export function usersOfSchedules(ids: SQL, after: number): SQL {
  return sql`
    select turn.value as id from schedules s, json_each(s.layers) layer, json_each(layer.value, '$.users') turn
      where s.id in (${ids})
    union select shift.value ->> 'userId' from schedules s, json_each(s.shifts) shift
      where s.id in (${ids}) and shift.value ->> 'end' > ${after}
    union select user_id from schedule_overrides where schedule_id in (${ids}) and "end" > ${after}`
}

/** Selects, as `id`, the schedules that put this user on call after an instant (epoch ms). */
export function schedulesOfUser(userId: number | SQL, after: number): SQL {
  return sql`
    select s.id as id from schedules s, json_each(s.layers) layer, json_each(layer.value, '$.users') turn
      where turn.value = ${userId}
    union select s.id from schedules s, json_each(s.shifts) shift
      where shift.value ->> 'userId' = ${userId} and shift.value ->> 'end' > ${after}
    union select schedule_id from schedule_overrides where user_id = ${userId} and "end" > ${after}`
}
