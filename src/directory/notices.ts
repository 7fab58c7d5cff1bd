import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { CONNECTIONS, inParallel } from '../in-parallel.ts'
import { log } from '../log.ts'
import type { Notice } from '../notifications/notice.ts'
import { call } from '../objects.ts'
import { anyOf, type Database, database } from './database.ts'
import { pendingNotices } from './schema.ts'

/**
 * News for users on its way to their Pagers. A change writes its notices in its own batch; here they are handed over, and
 * a row goes only when the Pager has confirmed: a Pager does not mind hearing a thing twice.
 */

/** Handed over by the change itself; a change that tells more people leaves the rest to the watchdog. */
const AT_ONCE = 100

type Pending = typeof pendingNotices.$inferSelect

/**
 * Tells a user something: a statement for the batch of the change that it tells of. To be followed by `deliverNotices`.
 * Somebody who is gone needs no news.
 *
 * @param happened true where there is something to tell, for a change that may turn out to change nothing
 */
export function pendingNotice(db: Database, userId: number, notice: Notice, happened: SQL = sql`true`) {
  return db
    .insert(pendingNotices)
    .select(
      sql`select ${`${userId}-${notice.id}`}, id, ${JSON.stringify(notice)}, ${Date.now()}, 0 from users
        where id = ${userId} and ${happened}`,
    )
    .onConflictDoNothing()
}

/** Hands over what was not tried yet. Never throws: the change is made, and what fails here stays pending. */
export async function deliverNotices(env: Env): Promise<void> {
  await deliver(env, eq(pendingNotices.attempts, 0), AT_ONCE)
}

/** Tries again what has not been confirmed; those that failed least often come first, so that none blocks the others. */
export async function deliverPendingNotices(env: Env, limit: number): Promise<void> {
  await deliver(env, undefined, limit)
}

async function deliver(env: Env, which: SQL | undefined, limit: number): Promise<void> {
  try {
    const db = database(env)
    const waiting = await db
      .select()
      .from(pendingNotices)
      .where(and(which))
      .orderBy(asc(pendingNotices.attempts), asc(pendingNotices.since))
      .limit(limit)
    if (waiting.length === 0) return
    const confirmed = await inParallel(waiting, CONNECTIONS, (pending) => handOver(env, pending))
    const idsOf = (done: boolean) => waiting.filter((_, index) => confirmed[index] === done).map(({ id }) => id)
    await db.batch([
      db.delete(pendingNotices).where(sql`${pendingNotices.id} in ${anyOf(idsOf(true))}`),
      db
        .update(pendingNotices)
        .set({ attempts: sql`${pendingNotices.attempts} + 1` })
        .where(sql`${pendingNotices.id} in ${anyOf(idsOf(false))}`),
    ])
  } catch (error) {
    log.warn('notices not handed over yet', { error })
  }
}

/** Whether the Pager has it, or nobody needs it any more. */
async function handOver(env: Env, { id, userId, notice }: Pending): Promise<boolean> {
  if (notice.expiresAt <= Date.now()) return true
  try {
    await call(env.PAGER, String(userId), (pager) => pager.notify(notice))
    return true
  } catch (error) {
    log.warn('notice not handed over', { id, error })
    return false
  }
}
