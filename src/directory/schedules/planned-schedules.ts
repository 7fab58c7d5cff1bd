import { and, asc, gt, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { PlannedSchedule } from '../../incidents/model.ts'
import { type Database, database } from '../database.ts'
import { scheduleOverrides, schedules, users } from '../schema.ts'
import { compileFrom } from './compiled-schedule.ts'
import { usersOfSchedules } from './schedule-users.ts'

/** Of a static schedule, what objects take along: who is asked later reads it anew. */
const SHIFTS_TAKEN = 200

/**
 * Schedules as plans and Pagers take them along: three statements for a batch, and what to make of their rows.
 *
 * @param ids a select of schedule ids
 */
export function selectPlannedSchedules(db: Database, ids: SQL, now: number) {
  return [
    db.select().from(schedules).where(sql`${schedules.id} in (${ids})`).orderBy(asc(schedules.id)),
    db
      .select()
      .from(scheduleOverrides)
      .where(and(sql`${scheduleOverrides.scheduleId} in (${ids})`, gt(scheduleOverrides.end, new Date(now))))
      .orderBy(asc(scheduleOverrides.id)),
    db
      .select({ userId: users.id, name: users.name })
      .from(users)
      .where(sql`${users.id} in (${usersOfSchedules(ids, now)})`)
      .orderBy(asc(users.id)),
  ] as const
}

type Answers<Queries extends readonly unknown[]> = { [Key in keyof Queries]: Awaited<Queries[Key]> }

export function plannedSchedules(
  [rows, overrides, people]: Answers<ReturnType<typeof selectPlannedSchedules>>,
  now: number,
  shiftsTaken = SHIFTS_TAKEN,
): PlannedSchedule[] {
  return rows.map((row) => {
    const coming = overrides
      .filter(({ scheduleId }) => scheduleId === row.id)
      .map(({ userId, start, end }) => ({ userId, start: start.getTime(), end: end.getTime() }))
    const schedule = compileFrom(row, coming, now, shiftsTaken)
    const named = new Set(
      schedule.type === 'static'
        ? schedule.shifts.map(({ userId }) => userId)
        : schedule.layers.flatMap(({ users: turns }) => turns),
    )
    for (const { userId } of coming) named.add(userId)
    return { id: row.id, name: row.name, schedule, people: people.filter(({ userId }) => named.has(userId)) }
  })
}

/** The schedules of these ids as they are now. */
export async function loadPlannedSchedules(env: Env, ids: SQL, now: number): Promise<PlannedSchedule[]> {
  const db = database(env)
  return plannedSchedules(await db.batch(selectPlannedSchedules(db, ids, now)), now)
}
