import { env } from 'cloudflare:workers'
import { asc, eq, sql } from 'drizzle-orm'
import type { Instant, Schedule, Shift } from '../../on-call/model.ts'
import { onCallAt } from '../../on-call/on-call.ts'
import { database } from '../database.ts'
import { type StoredLayer, scheduleOverrides, schedules } from '../schema.ts'
import { overridesChanged } from './as-read.ts'
import { compileSchedule } from './compiled-schedule.ts'

/** Schedules as the database has them, written past the API. */

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** A layer in UTC that hands off every day at midnight. */
export function dailyLayer(users: number[], start = '2030-01-01T00:00', id = 1): StoredLayer {
  return { id, name: `Layer ${id}`, start, users, rotation: { unit: 'day', every: 1 } }
}

export async function storeSchedule(fields: Partial<typeof schedules.$inferInsert> = {}): Promise<number> {
  const defaults = { name: 'Primary', timezone: 'UTC', type: 'RECURRING' as const }
  const [row] = await database(env)
    .insert(schedules)
    .values({ ...defaults, ...fields })
    .returning({ id: schedules.id })
  return row?.id ?? 0
}

export async function storeOverride(scheduleId: number, { userId, start, end }: Shift): Promise<number> {
  const db = database(env)
  const [, [row]] = await db.batch([
    overridesChanged(db, sql`${scheduleId}`),
    db
      .insert(scheduleOverrides)
      .values({ scheduleId, userId, start: new Date(start), end: new Date(end) })
      .returning({ id: scheduleOverrides.id }),
  ])
  return row?.id ?? 0
}

export async function storedSchedule(id: number): Promise<typeof schedules.$inferSelect> {
  const [row] = await database(env).select().from(schedules).where(eq(schedules.id, id))
  if (!row) throw new Error(`there is no schedule ${id}`)
  return row
}

export async function storedOverrides(id: number): Promise<Shift[]> {
  const rows = await database(env)
    .select()
    .from(scheduleOverrides)
    .where(eq(scheduleOverrides.scheduleId, id))
    .orderBy(asc(scheduleOverrides.id))
  return rows.map(({ userId, start, end }) => ({ userId, start: start.getTime(), end: end.getTime() }))
}

/** With all of its past and all of its overrides. */
export async function wholeSchedule(id: number): Promise<Schedule> {
  return compileSchedule(await storedSchedule(id), await storedOverrides(id))
}

/** Who is on call at instants. */
export async function usersAt(id: number, instants: Instant[]): Promise<(number | null)[]> {
  const schedule = await wholeSchedule(id)
  return instants.map((instant) => onCallAt(schedule, instant))
}
