import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import type { PagerProfile, PreferenceStep } from '../notifications/model.ts'
import { database } from './database.ts'
import { currentRevision } from './revision.ts'
import { contacts, notificationPreferences, users } from './schema.ts'

const MINUTE_MS = 60_000

/** What a user's Pager must know, from one transaction; null when there is no such user. */
export async function loadPagerProfile(env: Env, userId: number): Promise<PagerProfile | null> {
  const db = database(env)
  const [[user], preferences] = await db.batch([
    db
      .select({ name: users.name, email: users.email, language: users.language, revision: currentRevision })
      .from(users)
      .where(eq(users.id, userId)),
    db
      .select({
        type: notificationPreferences.type,
        channel: notificationPreferences.method,
        delayMin: notificationPreferences.delayMin,
        target: contacts.target,
      })
      .from(notificationPreferences)
      .leftJoin(contacts, eq(contacts.id, notificationPreferences.contactId))
      // A contact that must not be written to is no step; without any step left, the fallback below speaks.
      .where(
        and(eq(notificationPreferences.userId, userId), or(eq(contacts.status, 'OK'), sql`${contacts.id} is null`)),
      )
      .orderBy(asc(notificationPreferences.delayMin), asc(notificationPreferences.id)),
  ])
  if (!user) return null
  const { name, email, language, revision } = user
  const stepsOf = (type: 'HIGH_PRIORITY' | 'LOW_PRIORITY'): PreferenceStep[] => {
    const steps = preferences
      .filter((preference) => preference.type === type)
      .map(({ channel, target, delayMin }) => ({ channel, target: target ?? '', delayMs: delayMin * MINUTE_MS }))
    // Nobody is silently unreachable: without a rule it is their own address, at once.
    return steps.length > 0 ? steps : [{ channel: 'EMAIL', target: email, delayMs: 0 }]
  }
  return { userId, name, language, steps: { HIGH: stepsOf('HIGH_PRIORITY'), LOW: stepsOf('LOW_PRIORITY') }, revision }
}
