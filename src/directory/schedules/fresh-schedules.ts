import { sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { PlannedSchedule } from '../../incidents/model.ts'
import { FreshReads } from '../fresh-reads.ts'
import { loadPlannedSchedules } from './planned-schedules.ts'

const reads = new FreshReads('schedules', (env, ids: number[]) =>
  loadPlannedSchedules(env, sql`select value from json_each(${JSON.stringify(ids)})`, Date.now()),
)

/** The schedules of these ids as D1 has them now. Never throws: with D1 failing or slow there are none. */
export async function freshSchedules(env: Env, ids: number[]): Promise<PlannedSchedule[]> {
  return ids.length === 0 ? [] : ((await reads.join(env, ids)) ?? [])
}

/** The same for somebody who only looks. */
export async function schedulesToShow(env: Env, ids: number[]): Promise<PlannedSchedule[]> {
  return ids.length === 0 ? [] : ((await reads.alone(env, ids)) ?? [])
}
