import { sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { anyOf, database } from './database.ts'
import { escalationPolicies } from './schema.ts'

/** By id; those that don't exist are not among them. */
export async function policyNames(env: Env, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const found = await database(env)
    .select({ id: escalationPolicies.id, name: escalationPolicies.name })
    .from(escalationPolicies)
    .where(sql`${escalationPolicies.id} in ${anyOf(ids)}`)
  return new Map(found.map(({ id, name }) => [id, name]))
}
