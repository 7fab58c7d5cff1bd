import { type SQL, sql } from 'drizzle-orm'
import type { Affected } from './change.ts'

/** Which source pages by which policy: as its own, or where one of its rules says so. For `from`: (source_id, policy_id). */
export const policyUse: SQL = sql`(
  select id as source_id, escalation_policy_id as policy_id from alert_sources
  union select s.id, rule.value ->> 'escalationPolicyId' from alert_sources s, json_each(s.rules) rule
  where rule.value ->> 'escalationPolicyId' is not null)`

/** Selects, as `id`, the policies that these sources page by. */
export function policiesOfSources(sourceIds: SQL): SQL {
  return sql`select policy_id as id from ${policyUse} where source_id in (${sourceIds})`
}

/** The alert sources that must hear of a change of these policies. */
export function sourcesPagingBy(policyIds: SQL): Affected {
  return {
    object: 'alert-source',
    ids: sql`select distinct source_id as id from ${policyUse} where policy_id in (${policyIds})`,
  }
}
