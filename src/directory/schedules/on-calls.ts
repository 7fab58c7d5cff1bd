import { and, asc, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { Instant, Interval, Shift } from '../../on-call/model.ts'
import { DAY } from '../../on-call/wall-time.ts'
import { wholeShifts } from '../../on-call/whole-shifts.ts'
import { anyOf, database } from '../database.ts'
import { policyUse } from '../policy-use.ts'
import { escalationPolicies } from '../schema.ts'
import { loadSchedules, type StoredSchedule } from './schedules.ts'

/** Somebody whom a policy would page. */
export interface OnCall {
  userId: number
  policy: { id: number; name: string }
  /** Counted from 1. */
  level: number
  /** Null: the level names the user, who is always on call. */
  schedule: StoredSchedule | null
  /** Null: further away than anybody plans, or always. */
  start: Instant | null
  end: Instant | null
}

/** What is wanted; undefined: all. */
export interface OnCallFilter {
  policies: number[] | undefined
  levels: number[] | undefined
  schedules: number[] | undefined
  users: number[] | undefined
}

/** A shift that goes on for longer is as good as without an end. */
const NO_END = 366 * DAY

/** Who is on call at some time of an interval, by the policies that at least one alert source uses; by policy, level and time. */
export async function findOnCalls(env: Env, filter: OnCallFilter, interval: Interval): Promise<OnCall[]> {
  const db = database(env)
  const policies = await db
    .select({ id: escalationPolicies.id, name: escalationPolicies.name, levels: escalationPolicies.levels })
    .from(escalationPolicies)
    .where(
      and(
        sql`${escalationPolicies.id} in (select policy_id from ${policyUse})`,
        filter.policies && sql`${escalationPolicies.id} in ${anyOf(filter.policies)}`,
      ),
    )
    .orderBy(asc(escalationPolicies.id))
  const named = policies.flatMap(({ id, name, levels }) =>
    levels.flatMap(({ targets }, index) =>
      targets.map((target) => ({ target, policy: { id, name }, level: index + 1 })),
    ),
  )
  const wanted = named.filter(
    ({ target, level }) =>
      isWanted(filter.levels, level) &&
      (target.type === 'schedule' ? isWanted(filter.schedules, target.id) : !filter.schedules),
  )
  const shiftsOf = await shiftsOfSchedules(
    env,
    wanted.flatMap(({ target }) => (target.type === 'schedule' ? [target.id] : [])),
    interval,
  )
  return wanted
    .flatMap(({ target, policy, level }): OnCall[] => {
      if (target.type === 'user') return [{ userId: target.id, policy, level, schedule: null, start: null, end: null }]
      const found = shiftsOf.get(target.id)
      return (found?.shifts ?? []).map(({ userId, start, end }) => ({
        ...{ userId, policy, level, schedule: found?.schedule ?? null },
        start: interval.start - start > NO_END ? null : start,
        end: end - interval.end > NO_END ? null : end,
      }))
    })
    .filter(({ userId }) => isWanted(filter.users, userId))
}

/** Each once, though many levels name it. */
async function shiftsOfSchedules(env: Env, ids: number[], { start, end }: Interval) {
  const found = new Map<number, { schedule: StoredSchedule; shifts: Shift[] }>()
  if (ids.length === 0) return found
  for (const schedule of await loadSchedules(env, anyOf([...new Set(ids)]), start)) {
    found.set(schedule.row.id, { schedule, shifts: wholeShifts(schedule.compiled, start, end) })
  }
  return found
}

function isWanted(filter: number[] | undefined, id: number): boolean {
  return filter === undefined || filter.includes(id)
}
