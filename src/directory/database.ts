import { type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { drizzle } from 'drizzle-orm/d1'
import type { Env } from '../env.ts'
import * as schema from './schema.ts'

/** What must be atomic goes through `batch`: D1 has no interactive transactions, so drizzle's `transaction` fails on it. */
export function database({ DB }: Pick<Env, 'DB'>) {
  return drizzle(DB, { schema })
}

export type Database = ReturnType<typeof database>
export type Statement = BatchItem<'sqlite'>

/** For `in`: any number of values as one bound parameter, because D1 takes no more than 100 of those. */
export function anyOf(values: readonly (number | string)[]): SQL {
  return sql`(select value from json_each(${JSON.stringify(values)}))`
}

/** Whether the database refused because of this constraint, such as `UNIQUE` on `users.email`. */
export function violates(error: unknown, constraint: 'UNIQUE' | 'NOT NULL' | 'FOREIGN KEY', column = ''): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message.includes(`${constraint} constraint failed${column && `: ${column}`}`)) return true
  }
  return false
}
