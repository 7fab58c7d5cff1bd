import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { settings } from './schema.ts'

/**
 * Numbers the changes of the configuration. Each change takes the next number in its own transaction, and whoever loads a
 * configuration reads the number in the transaction that reads the rest. So of two publishers the one with the greater
 * number has read the newer state, whatever order they started in, and two with the same number have read the same.
 *
 * The number is the time in milliseconds, or one more than the number before: it goes on growing also when the database
 * was restored from a backup, and objects don't take what comes then for old.
 */
export function nextRevision(db: Database) {
  const now = Date.now()
  return db
    .insert(settings)
    .values({ key: 'revision', value: now })
    .onConflictDoUpdate({
      target: settings.key,
      set: { value: sql`max(cast(${settings.value} as integer) + 1, ${now})` },
    })
    .returning({ revision: sql<number>`cast(${settings.value} as integer)` })
}

/** The number as an expression: 0 before the first change. */
export const currentRevision = sql<number>`coalesce((select cast(value as integer) from settings where key = 'revision'), 0)`
