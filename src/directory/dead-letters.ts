import { count, gte, lt, max } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { database } from './database.ts'
import { deadLetters } from './schema.ts'

const KEPT_MS = 30 * 86_400_000

/** Keeps queue messages that ran out of retries, once each, and forgets those that nobody will look at any more. */
export async function saveDeadLetters(env: Env, { queue, messages }: MessageBatch<unknown>): Promise<void> {
  const db = database(env)
  const now = Date.now()
  const forget = db.delete(deadLetters).where(lt(deadLetters.failedAt, new Date(now - KEPT_MS)))
  const inserts = messages.map(({ id, body }) =>
    db
      .insert(deadLetters)
      .values({ id, queue, body, failedAt: new Date(now) })
      .onConflictDoNothing(),
  )
  await db.batch([forget, ...inserts])
}

export async function recentDeadLetters(env: Env, since: Date): Promise<{ count: number; last: Date | null }> {
  const [found] = await database(env)
    .select({ count: count(), last: max(deadLetters.failedAt) })
    .from(deadLetters)
    .where(gte(deadLetters.failedAt, since))
  return found ?? { count: 0, last: null }
}
