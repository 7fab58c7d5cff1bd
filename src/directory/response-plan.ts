import { eq, or, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import type { Level, Person, PlannedSchedule, ResponsePlan } from '../incidents/model.ts'
import { type Database, database } from './database.ts'
import { isFallbackContact } from './fallback-contacts.ts'
import { plannedSchedules, selectPlannedSchedules } from './schedules/planned-schedules.ts'
import { escalationPolicies, type StoredTarget, users } from './schema.ts'

const MINUTE_MS = 60_000

type StoredPolicy = typeof escalationPolicies.$inferSelect

/** Everybody a plan names itself: the people of the given policies' levels, and the fallback contacts. */
export function selectPeople(db: Database, policyIds: SQL) {
  return db
    .select({ userId: users.id, name: users.name, fallback: sql<number>`${isFallbackContact()}` })
    .from(users)
    .where(or(isFallbackContact(), sql`${users.id} in (${targetsOf(policyIds, 'user')})`))
    .orderBy(users.id)
}

/** Selects, as `id`, what the levels of these policies name. */
export function targetsOf(policyIds: SQL, type: StoredTarget['type']): SQL {
  return sql`
    select target.value ->> 'id' as id
    from escalation_policies p, json_each(p.levels) level, json_each(level.value, '$.targets') target
    where p.id in (${policyIds}) and target.value ->> 'type' = ${type}`
}

/**
 * A policy with the people and schedules it names, as incidents take it along; `read` may hold those of other policies too.
 * Targets that are gone are left out.
 */
export function compilePlan(
  policy: StoredPolicy,
  people: (Person & { fallback: number })[],
  read: PlannedSchedule[],
): ResponsePlan {
  const targets = policy.levels.flatMap((level) => level.targets)
  const schedules = read.filter(({ id }) => targets.some((target) => target.type === 'schedule' && target.id === id))
  return {
    policyId: policy.id,
    policyName: policy.name,
    initialDelayMs: policy.delayMinutes * MINUTE_MS,
    passes: policy.repeating ? policy.frequency : 1,
    levels: policy.levels.map(({ timeoutMinutes, targets }) => ({
      timeoutMs: timeoutMinutes * MINUTE_MS,
      targets: compileTargets(targets, people, schedules),
    })),
    ...(schedules.length > 0 ? { schedules } : {}),
    fallback: fallbackOf(people),
  }
}

/**
 * The plan of a policy; null when there is no such policy.
 *
 * @param from who is on call is known from then on
 */
export async function loadResponsePlan(env: Env, policyId: number, from = Date.now()): Promise<ResponsePlan | null> {
  const db = database(env)
  const [[policy], people, ...scheduled] = await db.batch([
    db.select().from(escalationPolicies).where(eq(escalationPolicies.id, policyId)),
    selectPeople(db, sql`${policyId}`),
    ...selectPlannedSchedules(db, targetsOf(sql`${policyId}`, 'schedule'), from),
  ])
  return policy ? compilePlan(policy, people, plannedSchedules(scheduled, from)) : null
}

/** Pages these people alone, once, and escalates to nobody. */
export async function planFor(env: Env, people: Person[]): Promise<ResponsePlan> {
  const targets = people.map((person) => ({ type: 'user' as const, ...person }))
  const fallback = fallbackOf(await selectPeople(database(env), sql`select null`))
  return onceFor(people.map(({ name }) => name).join(', '), targets, fallback)
}

/** Pages whoever is on call for a schedule, once; null when there is no such schedule. */
export async function planForSchedule(env: Env, scheduleId: number): Promise<ResponsePlan | null> {
  const db = database(env)
  const now = Date.now()
  const [people, ...scheduled] = await db.batch([
    selectPeople(db, sql`select null`),
    ...selectPlannedSchedules(db, sql`${scheduleId}`, now),
  ])
  const schedules = plannedSchedules(scheduled, now)
  const [schedule] = schedules
  if (!schedule) return null
  const target = { type: 'schedule' as const, scheduleId, name: schedule.name }
  return { ...onceFor(schedule.name, [target], fallbackOf(people)), schedules }
}

function onceFor(policyName: string, targets: Level['targets'], fallback: Person[]): ResponsePlan {
  return { policyId: null, policyName, initialDelayMs: 0, passes: 1, levels: [{ timeoutMs: null, targets }], fallback }
}

function compileTargets(targets: StoredTarget[], people: Person[], schedules: PlannedSchedule[]): Level['targets'] {
  return targets.flatMap(({ type, id }): Level['targets'] => {
    if (type === 'schedule') {
      const schedule = schedules.find((candidate) => candidate.id === id)
      return schedule ? [{ type, scheduleId: id, name: schedule.name }] : []
    }
    const person = people.find(({ userId }) => userId === id)
    return person ? [{ type, userId: id, name: person.name }] : []
  })
}

function fallbackOf(people: (Person & { fallback: number })[]): Person[] {
  return people.filter(({ fallback }) => fallback).map(({ userId, name }) => ({ userId, name }))
}
