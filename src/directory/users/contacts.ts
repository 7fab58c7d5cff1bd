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
    const insert = database(env).insert(contacts).values({ userId: withinLimit, kind, target }).returning()
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
    // A new target has not failed yet.
    const update = database(env)
      .update(contacts)
      .set({ target, status: 'OK' })
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
