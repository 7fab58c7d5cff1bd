import { type SQL, sql } from 'drizzle-orm'
import { type Database, type Statement, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { schedules } from '../schema.ts'

/**
 * Whether somebody may change a schedule, and who is told of it, follows from what was read before. So a change happens only
 * while the schedule and its overrides are still like that; else it is planned again, on what they are now.
 */

type AsRead = Pick<typeof schedules.$inferSelect, 'id' | 'name' | 'timezone' | 'type' | 'version' | 'overridesVersion'>

/** Attempts at a change that others' changes got in the way of. */
const TRIES = 5

/** Plans a change and makes it, again and again until nothing was changed in between. */
export async function plannedAnew<T>(planAndChange: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      return await planAndChange()
    } catch (error) {
      if (!isNotAsRead(error)) throw error
    }
  }
  throw busy()
}

/**
 * To begin a batch with that changes a schedule or its overrides: fails it unless they are as they were read, and for others
 * they are not any more.
 *
 * An insert, because an update of a schedule that is gone would fail nothing: the column refuses the null, and what is as it
 * was read is there already.
 */
export function onlyAsRead(db: Database, { id, name, timezone, type, version, overridesVersion }: AsRead): Statement {
  const asRead = sql<number>`(select overrides_version from schedules
    where id = ${id} and version = ${version} and overrides_version = ${overridesVersion})`
  return db
    .insert(schedules)
    .values({ id, name, timezone, type, overridesVersion: asRead })
    .onConflictDoUpdate({ target: schedules.id, set: { overridesVersion: overridesVersion + 1 } })
}

/**
 * For a batch that changes overrides and has other means against others' changes: for others they are not as read any more.
 *
 * @param ids a select of schedule ids
 */
export function overridesChanged(db: Database, ids: SQL): Statement {
  return db
    .update(schedules)
    .set({ overridesVersion: sql`overrides_version + 1` })
    .where(sql`${schedules.id} in (${ids})`)
}

export function isNotAsRead(error: unknown): boolean {
  return violates(error, 'NOT NULL', 'schedules.overrides_version')
}

export function busy(): Refusal {
  return new Refusal('CONFLICT', 'Others are changing this schedule at the same time: try again')
}
