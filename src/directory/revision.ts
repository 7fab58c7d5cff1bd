import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { settings } from './schema.ts'

/**
 * Counts the changes of the configuration. Each change takes the next number in its own transaction, and whoever loads a
 * configuration reads the number in the transaction that reads the rest. So of two publishers the one with the greater
 * number has read the newer state, whatever order they started in, and two with the same number have read the same.
 */
export function nextRevision(db: Database) {
  return db
    .insert(settings)
    .values({ key: 'revision', value: 1 })
    .onConflictDoUpdate({ target: settings.key, set: { value: sql`${settings.value} + 1` } })
    .returning({ revision: sql<number>`cast(${settings.value} as integer)` })
}

/** The number as an expression: 0 before the first change. */
export const currentRevision = sql<number>`coalesce((select cast(value as integer) from settings where key = 'revision'), 0)`
