import { eq, sql } from 'drizzle-orm'
import {
  type AlertSourceConfig,
  ANY_MAIL,
  type GroupingMode,
  NO_PROCESSING,
  type PriorityRule,
} from '../alert-sources/config.ts'
import type { Priority } from '../alert-sources/event.ts'
import { toolOfType } from '../alert-sources/tools/index.ts'
import type { Env } from '../env.ts'
import type { ResponsePlan } from '../incidents/model.ts'
import { LIMITS } from '../limits.ts'
import type { SupportHours } from '../support-hours/model.ts'
import { database } from './database.ts'
import { durationMs } from './duration.ts'
import { maintenanceOf, selectMaintenanceOf } from './maintenance-windows.ts'
import { policiesOfSources } from './policy-use.ts'
import { compilePlan, selectPeople, targetsOf } from './response-plan.ts'
import { currentRevision } from './revision.ts'
import { plannedSchedules, selectPlannedSchedules } from './schedules/planned-schedules.ts'
import { alertSources, escalationPolicies } from './schema.ts'
import { selectSupportHoursOf } from './support-hours.ts'

type StoredSource = typeof alertSources.$inferSelect

const GROUPING: Record<StoredSource['incidentCreation'], GroupingMode> = {
  ONE_INCIDENT_PER_EMAIL: 'every-event',
  ONE_INCIDENT_PER_EMAIL_SUBJECT: 'by-summary',
  ONE_PENDING_INCIDENT_ALLOWED: 'one-pending',
  ONE_OPEN_INCIDENT_ALLOWED: 'one-open',
  ONE_INCIDENT_GROUPED_PER_WINDOW: 'time-window',
}

/**
 * What an alert source's object must know, from one transaction; null when there is no such source.
 *
 * @param from who is on call, and what is in maintenance, is known from then on
 */
export async function loadAlertSourceConfig(
  env: Env,
  sourceId: number,
  from = Date.now(),
): Promise<AlertSourceConfig | null> {
  const db = database(env)
  const id = sql`${sourceId}`
  const policyIds = policiesOfSources(id)
  // One select a table: D1 answers a batch with objects, in which columns of the same name in a join would be one.
  const [[source], policies, people, [revision], [hours], maintenance, ...scheduled] = await db.batch([
    db.select().from(alertSources).where(eq(alertSources.id, sourceId)),
    db.select().from(escalationPolicies).where(sql`${escalationPolicies.id} in (${policyIds})`),
    selectPeople(db, policyIds),
    db.select({ at: currentRevision }).from(sql`(select 1)`),
    selectSupportHoursOf(db, id),
    selectMaintenanceOf(db, id, from),
    ...selectPlannedSchedules(db, targetsOf(policyIds, 'schedule'), from),
  ])
  if (!source) return null
  const schedules = plannedSchedules(scheduled, from)
  const plans = new Map(policies.map((policy) => [policy.id, compilePlan(policy, people, schedules)]))
  const plan = plans.get(source.escalationPolicyId)
  if (!plan) return null
  plans.delete(source.escalationPolicyId)
  return {
    sourceId,
    name: source.name,
    shortName: source.shortName,
    active: source.active,
    grouping: GROUPING[source.incidentCreation],
    groupingWindowMs: source.groupingWindow ? durationMs(source.groupingWindow) : 0,
    priority: priorityRuleOf(source, hours),
    raiseAtSupportHours: source.autoRaise,
    autoResolveAfterMs: source.autoResolutionTimeout ? durationMs(source.autoResolutionTimeout) : null,
    resolveDelayMs: source.resolveDelay ? durationMs(source.resolveDelay) : 0,
    eventsPerMinute: source.eventsPerMinute ?? LIMITS.eventsPerMinute,
    maxOpenIncidents: source.maxOpenIncidents ?? LIMITS.openIncidentsPerSource,
    maintenance: maintenanceOf(maintenance),
    processing: { templates: source.templates ?? NO_PROCESSING.templates, rules: source.rules },
    mail: source.mail ?? ANY_MAIL,
    sms: source.smsNumber
      ? { number: source.smsNumber, keyword: source.smsKeyword || null, allowed: source.smsAllowed }
      : null,
    heartbeat: source.heartbeat,
    signing: signingOf(source),
    keyGeneration: source.keyGeneration,
    previousKeyValidUntil: source.previousKeyValidUntil?.getTime() ?? null,
    plan,
    plans: Object.fromEntries<ResponsePlan>(plans),
    revision: revision?.at ?? 0,
  }
}

/** A secret whose tool is not known any more lets nothing in. */
function signingOf({ integrationType, signingSecret }: StoredSource): AlertSourceConfig['signing'] {
  return signingSecret === null ? null : { tool: toolOfType(integrationType)?.id ?? '', secret: signingSecret }
}

function priorityRuleOf({ priorityRule }: StoredSource, hours: Parameters<typeof ruleBy>[0] | undefined): PriorityRule {
  switch (priorityRule) {
    case 'HIGH':
    case 'LOW':
      return { type: 'fixed', priority: priorityRule }
    // The API refuses these without support hours; should they be missing all the same, too loud is better than too quiet.
    case 'HIGH_DURING_SUPPORT_HOURS':
      return hours ? ruleBy(hours, 'HIGH') : { type: 'fixed', priority: 'HIGH' }
    case 'LOW_DURING_SUPPORT_HOURS':
      return hours ? ruleBy(hours, 'LOW') : { type: 'fixed', priority: 'HIGH' }
  }
}

function ruleBy({ id, name, timezone, supportDays, exceptions }: SupportHours, during: Priority): PriorityRule {
  return { type: 'by-support-hours', during, hours: { id, name, timezone, supportDays, exceptions } }
}
