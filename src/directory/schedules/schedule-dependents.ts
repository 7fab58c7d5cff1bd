import { type SQL, sql } from 'drizzle-orm'
import type { Affected } from '../change.ts'
import { anyOf } from '../database.ts'
import { sourcesPagingBy } from '../policy-use.ts'
import { usersOfSchedules } from './schedule-users.ts'

/** Selects, as `id`, the escalation policies whose levels name one of these schedules (a select of ids). */
export function policiesNaming(scheduleIds: SQL): SQL {
  return sql`
    select p.id as id
    from escalation_policies p, json_each(p.levels) level, json_each(level.value, '$.targets') target
    where target.value ->> 'type' = 'schedule' and target.value ->> 'id' in (${scheduleIds})`
}

/**
 * What must hear of a change of a schedule: the sources that page by it, and everybody whom it puts on call.
 *
 * @param usersBefore who was in it before the change
 */
export function affectedBySchedule(scheduleId: number, usersBefore: number[]): Affected[] {
  const policies = policiesNaming(sql`${scheduleId}`)
  return [
    sourcesPagingBy(policies),
    {
      object: 'pager',
      ids: sql`select id from users
        where id in (${usersOfSchedules(sql`${scheduleId}`, Date.now())}) or id in ${anyOf(usersBefore)}`,
    },
  ]
}
