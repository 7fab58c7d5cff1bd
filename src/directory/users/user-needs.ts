import { asc, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { database } from '../database.ts'
import { chosenFallbackIds } from '../fallback-contacts.ts'
import { schedulesOfUser } from '../schedules/schedule-users.ts'
import { escalationPolicies, schedules } from '../schema.ts'

/** Where a user is needed from now on: who is named there can't just go. */
export interface UserNeeds {
  escalationPolicies: { id: number; name: string }[]
  /** By a layer, or by a shift or an override that is not over. */
  schedules: { id: number; name: string; type: 'RECURRING' | 'STATIC' }[]
  /** Chosen to be paged when no level has anybody. That alone keeps nobody: others are left, or the administrators are. */
  fallbackContact: boolean
}

export async function loadNeeds(env: Env, userId: number, now: number): Promise<UserNeeds> {
  const db = database(env)
  const [policies, inSchedules, [fallback]] = await db.batch([
    db
      .select({ id: escalationPolicies.id, name: escalationPolicies.name })
      .from(escalationPolicies)
      .where(sql`${escalationPolicies.id} in (${policiesOfUser(userId)})`)
      .orderBy(asc(escalationPolicies.id)),
    db
      .select({ id: schedules.id, name: schedules.name, type: schedules.type })
      .from(schedules)
      .where(sql`${schedules.id} in (${schedulesOfUser(userId, now)})`)
      .orderBy(asc(schedules.id)),
    db.select({ isOne: sql<number>`${userId} in (${chosenFallbackIds})` }).from(sql`(select 1)`),
  ])
  return { escalationPolicies: policies, schedules: inSchedules, fallbackContact: Boolean(fallback?.isOne) }
}

/** The policies and schedules in words, such as `the escalation policy Web and the schedules Primary, Backup`; empty: none. */
export function needsInWords({ escalationPolicies: policies, schedules: inSchedules }: UserNeeds): string {
  return [
    named('the escalation policy', 'the escalation policies', policies),
    named('the schedule', 'the schedules', inSchedules),
  ]
    .filter(Boolean)
    .join(' and ')
}

/** True where no policy and no schedule needs the user. */
export function isNeededNowhere(userId: number, now: number) {
  return sql`(not exists (${policiesOfUser(userId)}) and not exists (${schedulesOfUser(userId, now)}))`
}

/** Selects, as `id`, the policies with a level that names this user. */
export function policiesOfUser(userId: number) {
  return sql`select p.id from escalation_policies p where ${namesUser(userId)}`
}

/** A condition on the policy `p`. */
export function namesUser(userId: number) {
  return sql`exists (
    select 1 from json_each(p.levels) level, json_each(level.value, '$.targets') target
    where target.value ->> 'type' = 'user' and target.value ->> 'id' = ${userId})`
}

function named(one: string, several: string, things: { name: string }[]): string {
  if (things.length === 0) return ''
  return `${things.length === 1 ? one : several} ${things.map(({ name }) => name).join(', ')}`
}
