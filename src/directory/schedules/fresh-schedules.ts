import { sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { PlannedSchedule } from '../../incidents/model.ts'
import { log } from '../../log.ts'
import { loadPlannedSchedules } from './planned-schedules.ts'

/** How long paging waits for D1 before it goes on with what it knows. */
const PATIENCE_MS = 2_000

/** How long a read waits for others to join it: a first page is waiting too. */
const GATHER_MS = 5

/**
 * Reads that have not begun, by what they will read. In a storm many incidents reach a level of one policy at the same time,
 * and one read answers them all, also across objects. Nobody joins a read that has begun: it might not see a shift taken over
 * a moment ago.
 */
const gathering = new Map<string, Promise<PlannedSchedule[]>>()

/** The schedules of these ids as D1 has them now. Never throws: with D1 failing or slow there are none. */
export async function freshSchedules(env: Env, ids: number[]): Promise<PlannedSchedule[]> {
  if (ids.length === 0) return []
  const read = gathering.get(String(ids)) ?? gather(env, ids)
  const schedules = await inTime(read, ids)
  // A read of an object that died while it gathered would never begin, and everybody after it would wait in vain.
  if (!schedules && gathering.get(String(ids)) === read) gathering.delete(String(ids))
  return schedules ?? []
}

/** The same for somebody who only looks. A request that is given up takes its read along, so nobody else waits for this one. */
export async function schedulesToShow(env: Env, ids: number[]): Promise<PlannedSchedule[]> {
  return ids.length === 0 ? [] : ((await inTime(readNow(env, ids), ids)) ?? [])
}

/** Null: D1 failed or was too slow. */
async function inTime(read: Promise<PlannedSchedule[]>, ids: number[]): Promise<PlannedSchedule[] | null> {
  let patience: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error(`D1 did not answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  try {
    return await Promise.race([read, late])
  } catch (error) {
    log.warn('schedules not read, going on with the last known ones', { scheduleIds: ids, error })
    return null
  } finally {
    clearTimeout(patience)
  }
}

function gather(env: Env, ids: number[]): Promise<PlannedSchedule[]> {
  const read = begin(env, ids)
  gathering.set(String(ids), read)
  return read
}

async function begin(env: Env, ids: number[]): Promise<PlannedSchedule[]> {
  await scheduler.wait(GATHER_MS)
  gathering.delete(String(ids))
  return readNow(env, ids)
}

function readNow(env: Env, ids: number[]): Promise<PlannedSchedule[]> {
  return loadPlannedSchedules(env, sql`select value from json_each(${JSON.stringify(ids)})`, Date.now())
}
