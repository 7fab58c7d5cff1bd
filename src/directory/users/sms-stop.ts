import { and, eq, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { change } from '../change.ts'
import { database } from '../database.ts'
import { contacts } from '../schema.ts'

/**
 * Writes down that no texts may go to a number, or that they may again, and tells the Pagers of all users who have it. Calls
 * are not meant.
 *
 * @returns whether that changed anything; null: nobody has the number
 */
export async function noteStop(env: Env, number: string, stopped: boolean): Promise<boolean | null> {
  const ofNumber = and(eq(contacts.target, number), eq(contacts.kind, 'PHONE'))
  const db = database(env)
  const found = await db.select({ smsStopped: contacts.smsStopped }).from(contacts).where(ofNumber)
  if (found.length === 0) return null
  if (found.every(({ smsStopped }) => smsStopped === stopped)) return false
  await change(
    env,
    [db.update(contacts).set({ smsStopped: stopped }).where(ofNumber)],
    [{ object: 'pager', ids: sql`select user_id as id from contacts where kind = 'PHONE' and target = ${number}` }],
  )
  return true
}
