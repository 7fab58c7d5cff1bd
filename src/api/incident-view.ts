import type { StoredIncident } from '../directory/incidents.ts'
import { schedulesToShow } from '../directory/schedules/fresh-schedules.ts'
import { nextLevel } from '../incidents/escalation.ts'
import { escalatesAt } from '../incidents/hold.ts'
import { membersOf, scheduleIdsOf, withSchedules } from '../incidents/level-members.ts'
import type { IncidentState, Level, LevelMember, Person } from '../incidents/model.ts'
import { outlook } from '../incidents/outlook.ts'
import { maintenanceAt } from '../maintenance/maintenance.ts'
import { incidentUrl, publicUrl } from '../public-url.ts'
import type { Context } from './context.ts'
import type { Incident, IncidentSummary } from './schemas/incident.ts'

const MINUTE_MS = 60_000

/** A row of the read model, as lists show it. `base` is where people open the dashboard. */
export function summaryOf(row: StoredIncident, base: string): IncidentSummary {
  const { id, reference, summary, status, priority, severity, incidentKey, eventCount } = row
  const assignee = row.assignedToId === null ? null : { userId: row.assignedToId, name: row.assignedToName ?? '' }
  return {
    ...{ id, reference, summary, status, priority, severity, incidentKey, eventCount },
    reportTime: row.reportedAt.toISOString(),
    acceptedOn: row.acceptedAt?.toISOString() ?? null,
    resolvedOn: row.resolvedAt?.toISOString() ?? null,
    alertSource: { id: row.sourceId, name: row.sourceName },
    escalationPolicy: row.policyId === null ? null : { id: row.policyId, name: row.policyName ?? '' },
    assignedTo: assignee && userReference(assignee),
    nextEscalation: row.nextEscalationAt?.toISOString() ?? null,
    incidentUrl: incidentUrl(base, reference),
  }
}

/**
 * An incident whole, from its object: it can be read and answered with the database failing. Who comes next is said by the
 * schedules of this moment where the database has them, because by those the next level will be paged.
 */
export async function presentIncident(c: Context, state: IncidentState): Promise<Incident> {
  const read = state.status === 'RESOLVED' ? [] : await schedulesToShow(c.env, scheduleIdsOf(state.plan))
  const current = { ...state, plan: withSchedules(state.plan, read) }
  return incidentOf(current, publicUrl(c.env, c.req.raw), Date.now())
}

/** As it stands at an instant, by the schedules that it knows. */
export function incidentOf(state: IncidentState, base: string, now: number): Incident {
  const { id, reference, summary, status, priority, severity, details, links, images, labels, customDetails } = state
  const { eventCount, plan, escalation, acceptedBy, resolvedBy, version } = state
  const { heldUntil = null, resolvingAt = null } = state
  const dueAt = escalatesAt(state)
  const next = dueAt === null ? null : nextLevel(state, Math.max(dueAt, now))
  const members = outlook(state, now)
  return {
    ...{ id, reference, summary, status, priority, severity, details, links, images, labels, customDetails },
    ...{ eventCount, acceptedBy, resolvedBy, version },
    incidentKey: state.key,
    reportTime: isoTime(state.openedAt),
    acceptedOn: isoTimeOrNull(state.acceptedAt),
    resolvedOn: isoTimeOrNull(state.resolvedAt),
    alertSource: state.source,
    escalationPolicy: plan.policyId === null ? null : { id: plan.policyId, name: plan.policyName },
    assignedTo: state.assignedTo && userReference(state.assignedTo),
    responders: state.responders.map((responder) => ({
      user: userReference(responder),
      status: responder.status,
      pagedAt: isoTime(responder.pagedAt),
      unreachable: responder.unreachable,
    })),
    escalationRules: plan.levels.map((level, index) => ({
      level: index + 1,
      escalationTimeout: level.timeoutMs === null ? null : level.timeoutMs / MINUTE_MS,
      users: (members[index] ?? []).map(memberReference),
      schedules: level.targets.flatMap((target) =>
        target.type === 'schedule' ? { id: target.scheduleId, name: target.name } : [],
      ),
      current: status === 'PENDING' && index === escalation.level,
    })),
    escalationPass: escalation.pass,
    escalationPasses: plan.passes,
    escalationEnded: escalation.ended,
    nextEscalation: next ? isoTimeOrNull(dueAt) : null,
    nextEscalationRuleIndex: next?.level ?? null,
    nextEscalationUsers:
      next && dueAt !== null
        ? membersOf(plan, plan.levels[next.level] as Level, Math.max(dueAt, now)).map(memberReference)
        : [],
    snoozedUntil: isoTimeOrNull(state.snoozedUntil),
    resolvesOn: isoTimeOrNull(resolvingAt),
    heldUntil: isoTimeOrNull(heldUntil),
    heldBy: heldUntil === null ? null : (maintenanceAt(state.maintenance ?? [], now)?.window.name ?? null),
    raisesOn: isoTimeOrNull(raisesAt(state)),
    autoResolveOn:
      status === 'RESOLVED' || state.autoResolveAfterMs === null
        ? null
        : isoTime(state.lastAlertAt + state.autoResolveAfterMs),
    incidentUrl: incidentUrl(base, reference),
  }
}

/** A raise that falls into a maintenance waits for its end, as a level does. */
function raisesAt({ status, priority, raiseAt = null, heldUntil = null }: IncidentState): number | null {
  if (status !== 'PENDING' || priority !== 'LOW' || raiseAt === null) return null
  return Math.max(raiseAt, heldUntil ?? raiseAt)
}

/** Incidents know a person by one name, so that they need no database: what stands after the first blank is the last name. */
export function userReference({ userId, name }: Person) {
  const [firstName, ...lastName] = name.split(' ')
  return { id: userId, firstName, lastName: lastName.join(' ') }
}

function memberReference(member: LevelMember) {
  return { ...userReference(member), ...(member.onCallFor ? { schedule: member.onCallFor } : {}) }
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}

function isoTimeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at)
}
