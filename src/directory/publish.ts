import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { CONNECTIONS, inParallel } from '../in-parallel.ts'
import { log, reasonOf } from '../log.ts'
import { call } from '../objects.ts'
import { loadAlertSourceConfig } from './alert-source-config.ts'
import { database } from './database.ts'
import { pendingPublications } from './schema.ts'
import { loadPagerProfile } from './users/pager-profile.ts'

export { loadAlertSourceConfig } from './alert-source-config.ts'
export { loadPagerProfile } from './users/pager-profile.ts'

/**
 * Objects hold the last configuration that they were given, so that paging survives D1. A change writes a row for each
 * object that must hear of it (`change.ts`); here the rows are worked off, and a row goes only when its object has
 * confirmed a configuration at least as new.
 */

/** Objects told at once by the change itself; a change that affects more leaves the rest to the watchdog. */
const AT_ONCE = 100

/** Ids are never used again, so nothing is newer than a removal. */
const NEVER_AGAIN = Number.MAX_SAFE_INTEGER

type Pending = typeof pendingPublications.$inferSelect

/** Tells the objects that one change affects. Never throws: the change is made, and what fails here stays pending. */
export async function publishRevision(env: Env, revision: number): Promise<void> {
  try {
    const ofThisChange = eq(pendingPublications.revision, revision)
    await publishAll(env, await database(env).select().from(pendingPublications).where(ofThisChange).limit(AT_ONCE))
  } catch (error) {
    log.warn('configuration not published yet', { revision, error })
  }
}

/** Tries again what has not been confirmed; those that failed least often come first, so that none blocks the others. */
export async function publishPending(env: Env, limit: number): Promise<void> {
  const oldestFirst = [asc(pendingPublications.attempts), asc(pendingPublications.since)]
  await publishAll(
    env,
    await database(env)
      .select()
      .from(pendingPublications)
      .orderBy(...oldestFirst)
      .limit(limit),
  )
}

async function publishAll(env: Env, pending: Pending[]): Promise<void> {
  await inParallel(pending, CONNECTIONS, (one) => publish(env, one))
}

async function publish(env: Env, { object, objectId }: Pending): Promise<void> {
  const db = database(env)
  const ofThisObject = and(eq(pendingPublications.object, object), eq(pendingPublications.objectId, objectId))
  try {
    const revision = await tell(env, object, objectId)
    await db.delete(pendingPublications).where(and(ofThisObject, lte(pendingPublications.revision, revision)))
  } catch (error) {
    log.warn('configuration not published', { object, objectId, error })
    await db
      .update(pendingPublications)
      .set({ attempts: sql`${pendingPublications.attempts} + 1`, lastError: reasonOf(error).slice(0, 500) })
      .where(ofThisObject)
  }
}

/** Gives the object what D1 says now, and returns the revision that it has confirmed. */
async function tell(env: Env, object: Pending['object'], id: number): Promise<number> {
  const name = String(id)
  if (object === 'alert-source') {
    const config = await loadAlertSourceConfig(env, id)
    if (!config) {
      await call(env.ALERT_SOURCE, name, (source) => source.remove())
      return NEVER_AGAIN
    }
    await call(env.ALERT_SOURCE, name, (source) => source.configure(config))
    return config.revision
  }
  const profile = await loadPagerProfile(env, id)
  if (!profile) {
    await call(env.PAGER, name, (pager) => pager.remove())
    return NEVER_AGAIN
  }
  await call(env.PAGER, name, (pager) => pager.configure(profile))
  return profile.revision
}
