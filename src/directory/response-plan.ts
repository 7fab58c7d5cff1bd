import { eq, or, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import type { Person, ResponsePlan } from '../incidents/model.ts'
import { type Database, database } from './database.ts'
import { isFallbackContact } from './fallback-contacts.ts'
import { escalationPolicies, users } from './schema.ts'

const MINUTE_MS = 60_000

type StoredPolicy = typeof escalationPolicies.$inferSelect

/** Everybody a plan can name: the people of the given policies' levels, and the fallback contacts. */
export function selectPeople(db: Database, policyIds: ReturnType<typeof sql>) {
  return db
    .select({ userId: users.id, name: users.name, fallback: sql<number>`${isFallbackContact()}` })
    .from(users)
    .where(
      or(
        isFallbackContact(),
        sql`${users.id} in (
          select target.value ->> 'id'
          from escalation_policies p, json_each(p.levels) level, json_each(level.value, '$.targets') target
          where p.id in (${policyIds}) and target.value ->> 'type' = 'user')`,
      ),
    )
    .orderBy(users.id)
}

/** A policy with the people it names, as incidents take it along. Targets that are gone are left out. */
export function compilePlan(policy: StoredPolicy, people: (Person & { fallback: number })[]): ResponsePlan {
  const byId = new Map(people.map(({ userId, name }) => [userId, { userId, name }]))
  return {
    policyId: policy.id,
    policyName: policy.name,
    initialDelayMs: policy.delayMinutes * MINUTE_MS,
    passes: policy.repeating ? policy.frequency : 1,
    levels: policy.levels.map(({ timeoutMinutes, targets }) => ({
      timeoutMs: timeoutMinutes * MINUTE_MS,
      targets: targets.flatMap(({ type, id }) => {
        const person = byId.get(id)
        return person ? [{ type, ...person }] : []
      }),
    })),
    fallback: fallbackOf(people),
  }
}

/** The plan of a policy; null when there is no such policy. */
export async function loadResponsePlan(env: Env, policyId: number): Promise<ResponsePlan | null> {
  const db = database(env)
  const [[policy], people] = await db.batch([
    db.select().from(escalationPolicies).where(eq(escalationPolicies.id, policyId)),
    selectPeople(db, sql`${policyId}`),
  ])
  return policy ? compilePlan(policy, people) : null
}

/** Pages these people alone, once, and escalates to nobody. */
export async function planFor(env: Env, people: Person[]): Promise<ResponsePlan> {
  const db = database(env)
  return {
    policyId: null,
    policyName: people.map(({ name }) => name).join(', '),
    initialDelayMs: 0,
    passes: 1,
    levels: [{ timeoutMs: null, targets: people.map((person) => ({ type: 'user', ...person })) }],
    fallback: fallbackOf(await selectPeople(db, sql`select null`)),
  }
}

function fallbackOf(people: (Person & { fallback: number })[]): Person[] {
  return people.filter(({ fallback }) => fallback).map(({ userId, name }) => ({ userId, name }))
}
