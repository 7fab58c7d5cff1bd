import { asc, eq, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { change } from './change.ts'
import { anyOf, database } from './database.ts'
import { chosenFallbackIds } from './fallback-contacts.ts'
import { Refusal } from './refusal.ts'
import { settings, users } from './schema.ts'

/** What is the same for the whole deployment. */
export interface Settings {
  organisation: string | null
  /** Who is paged when no level of a policy has anybody. Empty: the administrators. */
  fallbackContacts: { id: number; firstName: string; lastName: string }[]
}

export async function loadSettings(env: Env): Promise<Settings> {
  const db = database(env)
  const [organisation, fallbackContacts] = await db.batch([
    db.select({ value: settings.value }).from(settings).where(eq(settings.key, 'organisation')),
    db
      .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
      .from(users)
      .where(sql`${users.id} in (${chosenFallbackIds})`)
      .orderBy(asc(users.id)),
  ])
  const name = organisation[0]?.value
  return { organisation: typeof name === 'string' && name ? name : null, fallbackContacts }
}

export async function saveSettings(
  env: Env,
  { organisation, fallbackIds }: { organisation: string | null; fallbackIds: number[] },
): Promise<void> {
  const db = database(env)
  const known = await db
    .select({ id: users.id })
    .from(users)
    .where(sql`${users.id} in ${anyOf(fallbackIds)}`)
  const knownIds = new Set(known.map(({ id }) => id))
  const unknown = fallbackIds.findIndex((id) => !knownIds.has(id))
  if (unknown >= 0)
    throw new Refusal('BAD_REQUEST', `There is no user ${fallbackIds[unknown]}`, `fallbackContacts[${unknown}].id`)
  await change(
    env,
    [saveSetting(env, 'organisation', organisation ?? ''), saveSetting(env, 'fallbackContacts', fallbackIds)],
    [{ object: 'alert-source', ids: sql`select id from alert_sources` }],
  )
}

export function saveSetting(env: Env, key: 'organisation' | 'fallbackContacts', value: string | number[]) {
  return database(env)
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value`, updatedAt: new Date() } })
}
