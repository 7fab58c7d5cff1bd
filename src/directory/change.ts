import { type SQL, sql } from 'drizzle-orm'
import type { BatchResponse } from 'drizzle-orm/batch'
import type { Env } from '../env.ts'
import { database, type Statement } from './database.ts'
import { publishRevision } from './publish.ts'
import { currentRevision, nextRevision } from './revision.ts'
import { pendingPublications } from './schema.ts'

/** Objects that must hear of a change: a select of their ids (as `id`), evaluated after the change, in its transaction. */
export interface Affected {
  object: 'alert-source' | 'pager'
  ids: SQL
}

/**
 * Changes the configuration: the deployment's next revision, the statements, and a row for each object that must hear
 * of it, in one transaction. Then the objects are told; those that can't be reached stay pending for the watchdog.
 *
 * Every change that an object's configuration depends on goes through here, so that a revision names one state of it.
 */
export async function change<T extends [Statement, ...Statement[]]>(
  env: Env,
  statements: T,
  affected: Affected[],
): Promise<BatchResponse<T>> {
  const db = database(env)
  const publications = affected.map(({ object, ids }) =>
    db
      .insert(pendingPublications)
      .select(sql`select ${object}, id, ${Date.now()}, 0, null, ${currentRevision} from (${ids}) where true`)
      .onConflictDoUpdate({
        target: [pendingPublications.object, pendingPublications.objectId],
        set: { revision: sql`excluded.revision` },
      }),
  )
  const [reached, ...results] = await db.batch([nextRevision(db), ...statements, ...publications])
  await publishRevision(env, reached[0]?.revision ?? 0)
  return results as BatchResponse<T>
}
