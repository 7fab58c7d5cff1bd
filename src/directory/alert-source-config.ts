import { eq, sql } from 'drizzle-orm'
import type { AlertSourceConfig, GroupingMode } from '../alert-sources/config.ts'
import type { Env } from '../env.ts'
import { database } from './database.ts'
import { durationMs } from './duration.ts'
import { compilePlan, selectPeople, targetsOf } from './response-plan.ts'
import { currentRevision } from './revision.ts'
import { plannedSchedules, selectPlannedSchedules } from './schedules/planned-schedules.ts'
import { alertSources, escalationPolicies } from './schema.ts'

type IncidentCreation = (typeof alertSources.$inferSelect)['incidentCreation']

const GROUPING: Record<IncidentCreation, GroupingMode> = {
  ONE_INCIDENT_PER_EMAIL: 'every-event',
  ONE_INCIDENT_PER_EMAIL_SUBJECT: 'by-summary',
  ONE_PENDING_INCIDENT_ALLOWED: 'one-pending',
  ONE_OPEN_INCIDENT_ALLOWED: 'one-open',
  ONE_INCIDENT_GROUPED_PER_WINDOW: 'time-window',
}

/**
 * What an alert source's object must know, from one transaction; null when there is no such source.
 *
 * @param from who is on call is known from then on
 */
export async function loadAlertSourceConfig(
  env: Env,
  sourceId: number,
  from = Date.now(),
): Promise<AlertSourceConfig | null> {
  const db = database(env)
  const policyId = sql`select escalation_policy_id from alert_sources where id = ${sourceId}`
  // One select a table: D1 answers a batch with objects, in which columns of the same name in a join would be one.
  const [[source], [policy], people, [revision], ...scheduled] = await db.batch([
    db.select().from(alertSources).where(eq(alertSources.id, sourceId)),
    db.select().from(escalationPolicies).where(sql`${escalationPolicies.id} in (${policyId})`),
    selectPeople(db, policyId),
    db.select({ at: currentRevision }).from(sql`(select 1)`),
    ...selectPlannedSchedules(db, targetsOf(policyId, 'schedule'), from),
  ])
  if (!source || !policy) return null
  return {
    sourceId,
    name: source.name,
    shortName: source.shortName,
    active: source.active,
    grouping: GROUPING[source.incidentCreation],
    groupingWindowMs: source.groupingWindow ? durationMs(source.groupingWindow) : 0,
    defaultPriority: source.priorityRule,
    autoResolveAfterMs: source.autoResolutionTimeout ? durationMs(source.autoResolutionTimeout) : null,
    keyGeneration: source.keyGeneration,
    previousKeyValidUntil: source.previousKeyValidUntil?.getTime() ?? null,
    plan: compilePlan(policy, people, plannedSchedules(scheduled, from)),
    revision: revision?.at ?? 0,
  }
}
