import { and, gte, lt, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { database } from './database.ts'
import { rateLimits } from './schema.ts'

/** Something that may be done so many times in a while. */
interface Turns {
  /** What is counted, and for whom, such as `code of 12`. */
  of: string
  most: number
  withinMs: number
}

const PREFIX = 'turns:'
const FORGOTTEN_AFTER_MS = 86_400_000

/** Counts one more, unless that would be too many. Of two at once, both are counted. */
export async function takeTurn(env: Env, { of, most, withinMs }: Turns, now: number): Promise<boolean> {
  const db = database(env)
  const over = sql`${rateLimits.lastRequest} <= ${now - withinMs}`
  const [, taken] = await db.batch([
    // Kept beside the counters of sign-in, whose keys begin with a network address.
    db
      .delete(rateLimits)
      .where(
        and(
          gte(rateLimits.key, PREFIX),
          lt(rateLimits.key, 'turns;'),
          lt(rateLimits.lastRequest, now - FORGOTTEN_AFTER_MS),
        ),
      ),
    db
      .insert(rateLimits)
      .values({ key: PREFIX + of, count: 1, lastRequest: now })
      .onConflictDoUpdate({
        target: rateLimits.key,
        // Here the last request is the first of its window.
        set: {
          count: sql`iif(${over}, 1, ${rateLimits.count} + 1)`,
          lastRequest: sql`iif(${over}, ${now}, ${rateLimits.lastRequest})`,
        },
        setWhere: sql`${over} or ${rateLimits.count} < ${most}`,
      })
      .returning({ id: rateLimits.id }),
  ])
  return taken.length > 0
}
