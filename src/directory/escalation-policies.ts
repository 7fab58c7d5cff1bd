import { asc, eq, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { type Affected, change } from './change.ts'
import { anyOf, database, violates } from './database.ts'
import { Refusal } from './refusal.ts'
import { alertSources, escalationPolicies, type StoredLevel, users } from './schema.ts'

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
  await checkTargets(env, fields.levels, (level) => `escalationRules[${level}].`)
  const [[created]] = await change(env, [database(env).insert(escalationPolicies).values(fields).returning()], [])
  return findPolicy(env, created?.id ?? 0)
}

export async function updatePolicy(env: Env, id: number, fields: PolicyFields): Promise<StoredPolicy> {
  await checkTargets(env, fields.levels, (level) => `escalationRules[${level}].`)
  const update = database(env).update(escalationPolicies).set(fields).where(eq(escalationPolicies.id, id)).returning()
  const [[updated]] = await change(env, [update], [sourcesOf(id)])
  if (!updated) throw unknownPolicy(id)
  return findPolicy(env, id)
}

/** Replaces one level (`index` counts from 0), whatever else changes in the policy at the same time. */
export async function updateLevel(env: Env, id: number, index: number, level: StoredLevel): Promise<StoredPolicy> {
  const policy = await findPolicy(env, id)
  if (!policy.levels[index]) {
    throw new Refusal('NOT_FOUND', `The escalation policy ${policy.name} has ${policy.levels.length} levels`)
  }
  await checkTargets(env, [level], () => '')
  const levels = sql<StoredLevel[]>`json_replace(levels, ${`$[${index}]`}, json(${JSON.stringify(level)}))`
  const update = database(env).update(escalationPolicies).set({ levels }).where(eq(escalationPolicies.id, id))
  await change(env, [update], [sourcesOf(id)])
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

function sourcesOf(policyId: number): Affected {
  return { object: 'alert-source', ids: sql`select id from alert_sources where escalation_policy_id = ${policyId}` }
}

async function checkTargets(env: Env, levels: StoredLevel[], path: (level: number) => string): Promise<void> {
  const ids = levels.flatMap(({ targets }) => targets.map(({ id }) => id))
  const rows = await database(env)
    .select({ id: users.id })
    .from(users)
    .where(sql`${users.id} in ${anyOf(ids)}`)
  const known = new Set(rows.map(({ id }) => id))
  for (const [level, { targets }] of levels.entries()) {
    const unknown = targets.findIndex(({ id }) => !known.has(id))
    if (unknown < 0) continue
    throw new Refusal('BAD_REQUEST', `There is no user ${targets[unknown]?.id}`, `${path(level)}users[${unknown}].id`)
  }
}

async function withNames(env: Env, policies: PolicyRow[]): Promise<StoredPolicy[]> {
  const db = database(env)
  const userIds = policies.flatMap(({ levels }) => levels.flatMap(({ targets }) => targets.map(({ id }) => id)))
  const policyIds = policies.map(({ id }) => id)
  const [people, sources] = await db.batch([
    db
      .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
      .from(users)
      .where(sql`${users.id} in ${anyOf(userIds)}`),
    db
      .select({ id: alertSources.id, name: alertSources.name, policyId: alertSources.escalationPolicyId })
      .from(alertSources)
      .where(sql`${alertSources.escalationPolicyId} in ${anyOf(policyIds)}`)
      .orderBy(asc(alertSources.id)),
  ])
  const byId = new Map(people.map((person) => [person.id, person]))
  return policies.map((policy) => ({
    ...policy,
    users: byId,
    alertSources: sources.filter(({ policyId }) => policyId === policy.id).map(({ id, name }) => ({ id, name })),
  }))
}

function unknownPolicy(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no escalation policy ${id}`)
}
