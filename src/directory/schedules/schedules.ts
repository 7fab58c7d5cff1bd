import { and, asc, gt, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { Instant, Schedule } from '../../on-call/model.ts'
import { DAY } from '../../on-call/wall-time.ts'
import { database } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { escalationPolicies, scheduleOverrides, schedules } from '../schema.ts'
import { compileSchedule } from './compiled-schedule.ts'
import { type Override, shiftOf } from './rendered-schedule.ts'
import { policiesNaming } from './schedule-dependents.ts'

/** A schedule with what lies over it and what depends on it. */
export interface StoredSchedule {
  row: typeof schedules.$inferSelect
  /** The newest last, which beats the others. */
  overrides: Override[]
  compiled: Schedule
  escalationPolicies: { id: number; name: string }[]
}

/** How far back a shift that runs is followed to where it began. */
const LOOK_BACK = 100 * DAY

export async function listSchedules(
  env: Env,
  page: { startIndex: number; maxResults: number },
): Promise<StoredSchedule[]> {
  const { startIndex, maxResults } = page
  return loadSchedules(env, sql`select id from schedules order by id limit ${maxResults} offset ${startIndex}`)
}

/** @param from what is asked of it lies after that */
export async function findSchedule(env: Env, id: number, from: Instant = Date.now()): Promise<StoredSchedule> {
  const [schedule] = await loadSchedules(env, sql`${id}`, from)
  if (!schedule) throw unknownSchedule(id)
  return schedule
}

/**
 * The schedules of these ids, by id.
 *
 * @param from what is asked of them lies after that: overrides that were long over then are left out
 */
export async function loadSchedules(env: Env, ids: SQL, from: Instant = Date.now()): Promise<StoredSchedule[]> {
  const db = database(env)
  const [rows, overrides, policies] = await db.batch([
    db.select().from(schedules).where(sql`${schedules.id} in (${ids})`).orderBy(asc(schedules.id)),
    db
      .select()
      .from(scheduleOverrides)
      .where(
        and(sql`${scheduleOverrides.scheduleId} in (${ids})`, gt(scheduleOverrides.end, new Date(from - LOOK_BACK))),
      )
      .orderBy(asc(scheduleOverrides.id)),
    db
      .select({ id: escalationPolicies.id, name: escalationPolicies.name, levels: escalationPolicies.levels })
      .from(escalationPolicies)
      .where(sql`${escalationPolicies.id} in (${policiesNaming(ids)})`)
      .orderBy(asc(escalationPolicies.id)),
  ])
  return rows.map((row) => {
    const own = overrides.filter(({ scheduleId }) => scheduleId === row.id)
    const naming = policies.filter(({ levels }) =>
      levels.some(({ targets }) => targets.some(({ type, id }) => type === 'schedule' && id === row.id)),
    )
    return {
      row,
      overrides: own,
      compiled: compileSchedule(row, own.map(shiftOf)),
      escalationPolicies: naming.map(({ id, name }) => ({ id, name })),
    }
  })
}

export function unknownSchedule(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no schedule ${id}`)
}
