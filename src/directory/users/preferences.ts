import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import type { ChannelName } from '../../notifications/model.ts'
import { change } from '../change.ts'
import { database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { contacts, notificationPreferences as preferences } from '../schema.ts'
import { checkContact } from './contact-of-method.ts'
import { pagerOf } from './contacts.ts'

export interface PreferenceFields {
  method: ChannelName
  contactId: number | null
  delayMin: number
  type: 'HIGH_PRIORITY' | 'LOW_PRIORITY'
}

export async function listPreferences(env: Env, userId: number) {
  return selectPreferences(env)
    .where(eq(preferences.userId, userId))
    .orderBy(asc(preferences.type), asc(preferences.delayMin), asc(preferences.id))
}

export type StoredPreference = Awaited<ReturnType<typeof listPreferences>>[number]

export async function findPreference(env: Env, userId: number, id: number): Promise<StoredPreference> {
  const [preference] = await selectPreferences(env).where(theOne(userId, id))
  if (!preference) throw unknownPreference(id)
  return preference
}

export async function createPreference(env: Env, userId: number, fields: PreferenceFields): Promise<StoredPreference> {
  await checkContact(env, userId, fields)
  // Counted inside the insert, so that two at once can't both be the last one: the column refuses the null.
  const withinLimit = sql<number>`(select ${userId} where
    (select count(*) from notification_preferences where user_id = ${userId}) < ${LIMITS.preferencesPerUser})`
  try {
    const insert = database(env)
      .insert(preferences)
      .values({ ...fields, userId: withinLimit })
      .returning({ id: preferences.id })
    const [[created]] = await change(env, [insert], [pagerOf(userId)])
    return await findPreference(env, userId, created?.id ?? 0)
  } catch (error) {
    if (!violates(error, 'NOT NULL', 'notification_preferences.user_id')) throw error
    throw new Refusal(
      'LIMIT_EXCEEDED',
      `A user has at most ${LIMITS.preferencesPerUser} notification preferences (preferencesPerUser): delete one first`,
    )
  }
}

export async function updatePreference(
  env: Env,
  userId: number,
  id: number,
  fields: PreferenceFields,
): Promise<StoredPreference> {
  await checkContact(env, userId, fields)
  const update = database(env)
    .update(preferences)
    .set(fields)
    .where(theOne(userId, id))
    .returning({ id: preferences.id })
  const [[updated]] = await change(env, [update], [pagerOf(userId)])
  if (!updated) throw unknownPreference(id)
  return findPreference(env, userId, id)
}

export async function deletePreference(env: Env, userId: number, id: number): Promise<void> {
  const deletion = database(env).delete(preferences).where(theOne(userId, id)).returning({ id: preferences.id })
  const [[deleted]] = await change(env, [deletion], [pagerOf(userId)])
  if (!deleted) throw unknownPreference(id)
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
  return new Refusal('NOT_FOUND', `There is no notification preference ${id} with this user`)
}
