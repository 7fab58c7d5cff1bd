import { and, eq, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { type Affected, change } from '../change.ts'
import { database, type Statement, violates } from '../database.ts'
import { deliverNotices } from '../notices.ts'
import { Refusal } from '../refusal.ts'
import { usersOfSchedules } from '../schedules/schedule-users.ts'
import { formerUsers, users } from '../schema.ts'
import { pagerOf } from './contacts.ts'
import { isNeededNowhere, loadNeeds, needsInWords, type UserNeeds } from './user-needs.ts'
import { replacement } from './user-replacement.ts'
import { everySource, findUser } from './users.ts'

type User = typeof users.$inferSelect

/** Attempts at a change that others' changes got in the way of. */
const TRIES = 3

/**
 * Deletes a person. Who is named by a policy or a schedule goes only with a replacement, who takes all of their places from
 * now on, in the same transaction. Refused for the last administrator.
 */
export async function deleteUser(env: Env, id: number, replaceBy?: number): Promise<void> {
  const db = database(env)
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const now = Date.now()
    const user = await findUser(env, id)
    const by = replaceBy === undefined ? null : await findReplacement(env, user, replaceBy)
    const needs = await loadNeeds(env, id, now)
    if (!by) refuseIfNeeded(user, needs)
    if (user.role === 'ADMIN' && (await db.$count(users, eq(users.role, 'ADMIN'))) === 1)
      throw new Refusal('CONFLICT', `${user.name} is the last administrator: make somebody else one first`)

    const mayGo = and(
      eq(users.id, id),
      sql`(role <> 'ADMIN' or (select count(*) from users where role = 'ADMIN') > 1)`,
      isNeededNowhere(id, now),
      by ? sql`exists (select 1 from users other where other.id = ${by.id})` : undefined,
    )
    try {
      const statements: Statement[] = [
        ...(by ? await replacement(env, { user, by, needs, now }) : []),
        // The column refuses the null, and with it everything above, when something has changed since it was read.
        db.insert(formerUsers).values({ id, name: sql`(select name from users where ${mayGo})` }),
        db.delete(users).where(eq(users.id, id)),
      ]
      await change(env, statements as [Statement, ...Statement[]], [
        everySource,
        { object: 'pager', ids: sql`select ${id} as id` },
        ...(by ? [pagerOf(by.id), pagersOf(needs.schedules, now)] : []),
      ])
      if (by) await deliverNotices(env)
      return
    } catch (error) {
      if (!violates(error, 'NOT NULL', 'former_users.name')) throw error
    }
  }
  throw new Refusal('CONFLICT', 'Others are changing what needs this user at the same time: try again')
}

async function findReplacement(env: Env, user: User, id: number): Promise<User> {
  if (id === user.id) throw new Refusal('BAD_REQUEST', `${user.name} can’t replace themselves`, 'replace-by')
  const [by] = await database(env).select().from(users).where(eq(users.id, id))
  if (!by) throw new Refusal('BAD_REQUEST', `There is no user ${id}`, 'replace-by')
  return by
}

function refuseIfNeeded(user: User, needs: UserNeeds): void {
  const places = needsInWords(needs)
  if (!places) return
  throw new Refusal(
    'CONFLICT',
    `${user.name} is needed in ${places}. Say who takes their place with ?replace-by=<id of a user>, or take them out there first`,
  )
}

function pagersOf(schedules: { id: number }[], now: number): Affected {
  const ids = sql`select value from json_each(${JSON.stringify(schedules.map(({ id }) => id))})`
  return { object: 'pager', ids: sql`select id from users where id in (${usersOfSchedules(ids, now)})` }
}
