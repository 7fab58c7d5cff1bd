import { asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { LIMITS } from '../limits.ts'
import { change } from './change.ts'
import { anyOf, database, violates } from './database.ts'
import { policyUse, sourcesPagingBy } from './policy-use.ts'
import { Refusal } from './refusal.ts'
import { alertSources, escalationPolicies, type StoredLevel, type StoredTarget, schedules, users } from './schema.ts'

export interface PolicyFields {
  name: string
  levels: StoredLevel[]
  repeating: boolean
  frequency: number
  delayMinutes: number
}

type PolicyRow = typeof escalationPolicies.$inferSelect

/** A policy with the names of what it names, and the sources that use it. */
export interface StoredPolicy extends PolicyRow {
  users: Map<number, { id: number; firstName: string; lastName: string }>
  schedules: Map<number, { id: number; name: string }>
  alertSources: { id: number; name: string }[]
}

export async function listPolicies(
  env: Env,
  page: { startIndex: number; maxResults: number },
): Promise<StoredPolicy[]> {
  const policies = database(env).select().from(escalationPolicies).orderBy(asc(escalationPolicies.id))
  return withNames(env, await policies.limit(page.maxResults).offset(page.startIndex))
}

export async function findPolicy(env: Env, id: number): Promise<StoredPolicy> {
  const rows = await database(env).select().from(escalationPolicies).where(eq(escalationPolicies.id, id))
  const [policy] = await withNames(env, rows)
  if (!policy) throw unknownPolicy(id)
  return policy
}

export async function createPolicy(env: Env, fields: PolicyFields): Promise<StoredPolicy> {
  checkSchedules(fields.levels, 'escalationRules')
  await checkTargets(env, fields.levels, (level) => `escalationRules[${level}].`)
  const insert = database(env)
    .insert(escalationPolicies)
    .values({ ...fields, name: ifAllExist(fields.levels, sql`${fields.name}`) })
    .returning()
  const [[created]] = await change(env, [insert], []).catch(refuseGone)
  return findPolicy(env, created?.id ?? 0)
}

export async function updatePolicy(env: Env, id: number, fields: PolicyFields): Promise<StoredPolicy> {
  checkSchedules(fields.levels, 'escalationRules')
  await checkTargets(env, fields.levels, (level) => `escalationRules[${level}].`)
  const update = database(env)
    .update(escalationPolicies)
    .set({ ...fields, name: ifAllExist(fields.levels, sql`${fields.name}`) })
    .where(eq(escalationPolicies.id, id))
    .returning()
  const [[updated]] = await change(env, [update], [sourcesPagingBy(sql`${id}`)]).catch(refuseGone)
  if (!updated) throw unknownPolicy(id)
  return findPolicy(env, id)
}

/** Replaces one level (`index` counts from 0), whatever else changes in the policy at the same time. */
export async function updateLevel(env: Env, id: number, index: number, level: StoredLevel): Promise<StoredPolicy> {
  const policy = await findPolicy(env, id)
  if (!policy.levels[index]) {
    throw new Refusal('NOT_FOUND', `The escalation policy ${policy.name} has ${policy.levels.length} levels`)
  }
  checkSchedules(policy.levels.with(index, level), 'schedules')
  await checkTargets(env, [level], () => '')
  const levels = sql<StoredLevel[]>`json_replace(levels, ${`$[${index}]`}, json(${JSON.stringify(level)}))`
  const update = database(env)
    .update(escalationPolicies)
    .set({ levels, name: ifAllExist([level], sql`name`) })
    .where(eq(escalationPolicies.id, id))
  await change(env, [update], [sourcesPagingBy(sql`${id}`)]).catch(refuseGone)
  return findPolicy(env, id)
}

/** Refused while sources use it. */
export async function deletePolicy(env: Env, id: number): Promise<void> {
  const { name, alertSources: inUse } = await findPolicy(env, id)
  try {
    if (inUse.length === 0)
      await change(env, [database(env).delete(escalationPolicies).where(eq(escalationPolicies.id, id))], [])
  } catch (error) {
    if (!violates(error, 'FOREIGN KEY')) throw error
    throw new Refusal('CONFLICT', `An alert source began to use the escalation policy ${name} just now`)
  }
  if (inUse.length > 0) {
    const names = inUse.map((source) => source.name).join(', ')
    throw new Refusal(
      'CONFLICT',
      `The escalation policy ${name} is used by alert sources: ${names}. Give them another one first`,
    )
  }
}

/** The name, or null where somebody or something was deleted since it was checked: the column refuses that. */
function ifAllExist(levels: StoredLevel[], name: SQL): SQL<string> {
  return sql<string>`(select ${name} where
    not exists (select 1 from json_each(${JSON.stringify(idsOf(levels, 'user'))}) where value not in (select id from users))
    and not exists (select 1 from json_each(${JSON.stringify(idsOf(levels, 'schedule'))}) where value not in (select id from schedules)))`
}

function refuseGone(error: unknown): never {
  if (!violates(error, 'NOT NULL', 'escalation_policies.name')) throw error
  throw new Refusal('CONFLICT', 'A user or a schedule that the levels name was deleted just now: choose again')
}

async function checkTargets(env: Env, levels: StoredLevel[], path: (level: number) => string): Promise<void> {
  const db = database(env)
  const [people, onCall] = await db.batch([
    db
      .select({ id: users.id })
      .from(users)
      .where(sql`${users.id} in ${anyOf(idsOf(levels, 'user'))}`),
    db
      .select({ id: schedules.id })
      .from(schedules)
      .where(sql`${schedules.id} in ${anyOf(idsOf(levels, 'schedule'))}`),
  ])
  const known = { user: new Set(people.map(({ id }) => id)), schedule: new Set(onCall.map(({ id }) => id)) }
  for (const [level, { targets }] of levels.entries()) {
    for (const type of ['user', 'schedule'] as const) {
      const ids = targets.filter((target) => target.type === type).map(({ id }) => id)
      const unknown = ids.findIndex((id) => !known[type].has(id))
      if (unknown < 0) continue
      throw new Refusal('BAD_REQUEST', `There is no ${type} ${ids[unknown]}`, `${path(level)}${type}s[${unknown}].id`)
    }
  }
}

function checkSchedules(levels: StoredLevel[], field: string): void {
  const most = LIMITS.schedulesPerPolicy
  if (new Set(idsOf(levels, 'schedule')).size <= most) return
  throw new Refusal('BAD_REQUEST', `A policy may name at most ${most} different schedules`, field)
}

function idsOf(levels: StoredLevel[], type: StoredTarget['type']): number[] {
  return levels.flatMap(({ targets }) => targets.filter((target) => target.type === type).map(({ id }) => id))
}

async function withNames(env: Env, policies: PolicyRow[]): Promise<StoredPolicy[]> {
  const db = database(env)
  const levels = policies.flatMap((policy) => policy.levels)
  const policyIds = policies.map(({ id }) => id)
  const [people, onCall, sources] = await db.batch([
    db
      .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
      .from(users)
      .where(sql`${users.id} in ${anyOf(idsOf(levels, 'user'))}`),
    db
      .select({ id: schedules.id, name: schedules.name })
      .from(schedules)
      .where(sql`${schedules.id} in ${anyOf(idsOf(levels, 'schedule'))}`),
    db
      .select({ id: alertSources.id, name: alertSources.name, policyId: sql<number>`policy_use.policy_id` })
      .from(alertSources)
      .innerJoin(sql`${policyUse} policy_use`, sql`policy_use.source_id = ${alertSources.id}`)
      .where(sql`policy_use.policy_id in ${anyOf(policyIds)}`)
      .orderBy(asc(alertSources.id)),
  ])
  const named = {
    users: new Map(people.map((person) => [person.id, person])),
    schedules: new Map(onCall.map((schedule) => [schedule.id, schedule])),
  }
  return policies.map((policy) => ({
    ...policy,
    ...named,
    alertSources: sources.filter(({ policyId }) => policyId === policy.id).map(({ id, name }) => ({ id, name })),
  }))
}

function unknownPolicy(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no escalation policy ${id}`)
}
