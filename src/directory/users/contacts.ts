import { and, asc, eq, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import { type Affected, change } from '../change.ts'
import { database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { contacts } from '../schema.ts'

export type ContactKind = 'EMAIL' | 'PHONE' | 'TELEGRAM'
export type StoredContact = typeof contacts.$inferSelect

export async function listContacts(env: Env, userId: number, kind: ContactKind): Promise<StoredContact[]> {
  return database(env)
    .select()
    .from(contacts)
    .where(and(eq(contacts.userId, userId), eq(contacts.kind, kind)))
    .orderBy(asc(contacts.id))
}

export async function findContact(env: Env, userId: number, kind: ContactKind, id: number): Promise<StoredContact> {
  const [contact] = await database(env)
    .select()
    .from(contacts)
    .where(theOne(userId, kind, id))
  if (!contact) throw unknownContact(id)
  return contact
}

export async function createContact(
  env: Env,
  userId: number,
  kind: ContactKind,
  target: string,
): Promise<StoredContact> {
  // Counted inside the insert, so that two at once can't both be the last one: the column refuses the null.
  const withinLimit = sql<number>`(select ${userId} where (select count(*) from contacts where user_id = ${userId}) < ${LIMITS.contactsPerUser})`
  try {
    const status = sql<StoredContact['status']>`iif(${isOwnAddress(userId, kind, target)}, 'OK', 'LOCKED')`
    const smsStopped = repliedStop(kind, target)
    const insert = database(env)
      .insert(contacts)
      .values({ userId: withinLimit, kind, target, status, smsStopped })
      .returning()
    const [[created]] = await change(env, [insert], [pagerOf(userId)])
    if (!created) throw new Error('the insert returned nothing')
    return created
  } catch (error) {
    if (violates(error, 'NOT NULL', 'contacts.user_id')) {
      throw new Refusal(
        'LIMIT_EXCEEDED',
        `A user has at most ${LIMITS.contactsPerUser} contacts (contactsPerUser): delete one first`,
      )
    }
    throw targetTaken(error, target)
  }
}

export async function updateContact(
  env: Env,
  userId: number,
  kind: ContactKind,
  id: number,
  target: string,
): Promise<StoredContact> {
  try {
    const same = eq(contacts.target, target)
    const update = database(env)
      .update(contacts)
      // A new target has not failed yet, and nobody knows yet whose it is.
      .set({
        target,
        status: sql`case when ${same} then ${contacts.status} when ${isOwnAddress(userId, kind, target)} then 'OK' else 'LOCKED' end`,
        codeHash: sql`iif(${same}, ${contacts.codeHash}, null)`,
        faults: sql`iif(${same}, ${contacts.faults}, '{}')`,
        smsStopped: repliedStop(kind, target),
      })
      .where(theOne(userId, kind, id))
      .returning()
    const [[updated]] = await change(env, [update], [pagerOf(userId)])
    if (!updated) throw unknownContact(id)
    return updated
  } catch (error) {
    throw targetTaken(error, target)
  }
}

/** The preferences that use it go with it. */
export async function deleteContact(env: Env, userId: number, kind: ContactKind, id: number): Promise<void> {
  const deletion = database(env)
    .delete(contacts)
    .where(theOne(userId, kind, id))
    .returning({ id: contacts.id })
  const [[deleted]] = await change(env, [deletion], [pagerOf(userId)])
  if (!deleted) throw unknownContact(id)
}

export function pagerOf(userId: number): Affected {
  return { object: 'pager', ids: sql`select ${userId} as id` }
}

/** The address that a user signs in with needs no code: the invitation came there. */
function isOwnAddress(userId: number, kind: ContactKind, target: string) {
  return sql`${kind} = 'EMAIL' and ${target} = (select email from users where id = ${userId})`
}

/** Who replied STOP meant the number, whoever has it among their contacts. */
function repliedStop(kind: ContactKind, target: string) {
  return sql<boolean>`exists (select 1 from contacts stopped
    where ${kind} = 'PHONE' and stopped.kind = 'PHONE' and stopped.target = ${target} and stopped.sms_stopped)`
}

function theOne(userId: number, kind: ContactKind, id: number) {
  return and(eq(contacts.id, id), eq(contacts.userId, userId), eq(contacts.kind, kind))
}

function unknownContact(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no contact ${id} of that kind with this user`)
}

function targetTaken(error: unknown, target: string): unknown {
  return violates(error, 'UNIQUE', 'contacts.')
    ? new Refusal('CONFLICT', `${target} is a contact of this user already`, 'target')
    : error
}
