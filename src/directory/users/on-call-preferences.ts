import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import type { NoticeChannel } from '../../notifications/model.ts'
import { change } from '../change.ts'
import { database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { contacts, onCallPreferences as preferences } from '../schema.ts'
import { checkContact } from './contact-of-method.ts'
import { pagerOf } from './contacts.ts'

export interface OnCallPreferenceFields {
  method: NoticeChannel
  contactId: number | null
  beforeMin: number
}

/** The longest before a shift first. */
export async function listOnCallPreferences(env: Env, userId: number) {
  return selectPreferences(env)
    .where(eq(preferences.userId, userId))
    .orderBy(sql`${preferences.beforeMin} desc`, asc(preferences.id))
}

export type StoredOnCallPreference = Awaited<ReturnType<typeof listOnCallPreferences>>[number]

export async function createOnCallPreference(
  env: Env,
  userId: number,
  fields: OnCallPreferenceFields,
): Promise<StoredOnCallPreference> {
  await checkContact(env, userId, fields)
  // Counted inside the insert, so that two at once can't both be the last one: the column refuses the null.
  const withinLimit = sql<number>`(select ${userId} where
    (select count(*) from on_call_preferences where user_id = ${userId}) < ${LIMITS.onCallPreferencesPerUser})`
  try {
    const insert = database(env)
      .insert(preferences)
      .values({ ...fields, userId: withinLimit })
      .returning({ id: preferences.id })
    const [[created]] = await change(env, [insert], [pagerOf(userId)])
    return await findOnCallPreference(env, userId, created?.id ?? 0)
  } catch (error) {
    if (!violates(error, 'NOT NULL', 'on_call_preferences.user_id')) throw error
    throw new Refusal(
      'LIMIT_EXCEEDED',
      `A user has at most ${LIMITS.onCallPreferencesPerUser} on-call preferences (onCallPreferencesPerUser): delete one first`,
    )
  }
}

export async function updateOnCallPreference(
  env: Env,
  userId: number,
  id: number,
  fields: OnCallPreferenceFields,
): Promise<StoredOnCallPreference> {
  await checkContact(env, userId, fields)
  const update = database(env)
    .update(preferences)
    .set(fields)
    .where(theOne(userId, id))
    .returning({ id: preferences.id })
  const [[updated]] = await change(env, [update], [pagerOf(userId)])
  if (!updated) throw unknownPreference(id)
  return findOnCallPreference(env, userId, id)
}

export async function deleteOnCallPreference(env: Env, userId: number, id: number): Promise<void> {
  const deletion = database(env).delete(preferences).where(theOne(userId, id)).returning({ id: preferences.id })
  const [[deleted]] = await change(env, [deletion], [pagerOf(userId)])
  if (!deleted) throw unknownPreference(id)
}

async function findOnCallPreference(env: Env, userId: number, id: number): Promise<StoredOnCallPreference> {
  const [preference] = await selectPreferences(env).where(theOne(userId, id))
  if (!preference) throw unknownPreference(id)
  return preference
}

function selectPreferences(env: Env) {
  return database(env)
    .select({ ...getTableColumns(preferences), contact: contacts })
    .from(preferences)
    .leftJoin(contacts, eq(contacts.id, preferences.contactId))
    .$dynamic()
}

function theOne(userId: number, id: number) {
  return and(eq(preferences.id, id), eq(preferences.userId, userId))
}

function unknownPreference(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no on-call preference ${id} with this user`)
}
