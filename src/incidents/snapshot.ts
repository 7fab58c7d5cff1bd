import type { Priority } from '../alert-sources/event.ts'
import { nextLevel } from './escalation.ts'
import { escalatesAt } from './hold.ts'
import { nextDeadline } from './lifecycle.ts'
import type { IncidentState, IncidentStatus } from './model.ts'

/** An incident as the read model keeps it. A newer `version` replaces an older one, in whatever order they come. */
export interface IncidentSnapshot {
  id: number
  reference: string
  version: number
  status: IncidentStatus
  priority: Priority
  severity: number | null
  summary: string
  incidentKey: string | null
  sourceId: number
  sourceName: string
  policyId: number | null
  policyName: string | null
  assignedToId: number | null
  assignedToName: string | null
  responderIds: number[]
  eventCount: number
  reportedAt: number
  acceptedAt: number | null
  resolvedAt: number | null
  nextEscalationAt: number | null
  nextDeadlineAt: number | null
}

export function snapshot(state: IncidentState): IncidentSnapshot {
  const dueAt = escalatesAt(state)
  return {
    id: state.id,
    reference: state.reference,
    version: state.version,
    status: state.status,
    priority: state.priority,
    severity: state.severity,
    summary: state.summary,
    incidentKey: state.key,
    sourceId: state.source.id,
    sourceName: state.source.name,
    policyId: state.plan.policyId,
    policyName: state.plan.policyName,
    assignedToId: state.assignedTo?.userId ?? null,
    assignedToName: state.assignedTo?.name ?? null,
    responderIds: state.responders.filter((responder) => responder.status !== 'WITHDRAWN').map(({ userId }) => userId),
    eventCount: state.eventCount,
    reportedAt: state.openedAt,
    acceptedAt: state.acceptedAt,
    resolvedAt: state.resolvedAt,
    // After the last level only the escalation ends: nobody is paged at that time.
    nextEscalationAt: dueAt !== null && nextLevel(state, dueAt) ? dueAt : null,
    nextDeadlineAt: nextDeadline(state),
  }
}
