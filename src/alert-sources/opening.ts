import type { Opening, ResponsePlan } from '../incidents/model.ts'
import { log } from '../log.ts'
import type { SupportHours } from '../support-hours/model.ts'
import { isDuring, nextStart } from '../support-hours/support-hours.ts'
import type { AlertSourceConfig } from './config.ts'
import type { InboundEvent, Priority } from './event.ts'

/** What templates and rules chose for the incident, beside what they made of the event. */
export interface Chosen {
  priority: Priority | null
  escalationPolicyId: number | null
}

const NOTHING_CHOSEN: Chosen = { priority: null, escalationPolicyId: null }

/** All that is needed to open the incident of an event, but for its number. */
export function openingOf(
  event: InboundEvent,
  config: AlertSourceConfig,
  openedAt: number,
  chosen: Chosen = NOTHING_CHOSEN,
): Omit<Opening, 'id' | 'reference'> {
  const { key, summary, details, severity, links, images, labels, customDetails, comments } = event
  const priority = chosen.priority ?? effectivePriority(event, config, openedAt)
  return {
    ...{ key, summary, details, severity, links, images, labels, customDetails, comments },
    source: { id: config.sourceId, name: config.name },
    priority,
    raiseAt: priority === 'LOW' ? raiseAt(config, openedAt) : null,
    plan: planOf(config, chosen.escalationPolicyId),
    maintenance: config.maintenance,
    autoResolveAfterMs: config.autoResolveAfterMs,
    resolveDelayMs: config.resolveDelayMs,
    tellEveryStatus: config.grouping === 'one-pending',
    openedAt,
    openedBy: null,
  }
}

/** An event's own priority counts only where the source's is HIGH, whatever the hour. */
export function effectivePriority(
  event: Pick<InboundEvent, 'priority'>,
  { priority: rule }: Pick<AlertSourceConfig, 'priority'>,
  at: number,
): Priority {
  if (rule.type === 'fixed') return rule.priority === 'HIGH' ? (event.priority ?? 'HIGH') : 'LOW'
  if (isSupported(rule.hours, at)) return rule.during
  return rule.during === 'HIGH' ? 'LOW' : 'HIGH'
}

/** When an incident that is LOW at night becomes HIGH. */
function raiseAt({ priority: rule, raiseAtSupportHours }: AlertSourceConfig, at: number): number | null {
  if (!raiseAtSupportHours || rule.type !== 'by-support-hours' || rule.during !== 'HIGH') return null
  try {
    return nextStart(rule.hours, at)
  } catch {
    return null
  }
}

/** Hours in a zone that this runtime does not know must not keep an incident from being opened. */
function isSupported(hours: SupportHours, at: number): boolean {
  try {
    return isDuring(hours, at)
  } catch (error) {
    log.error('support hours not understood, taken for now', { supportHoursId: hours.id, error })
    return true
  }
}

/** A policy that a rule names and that is gone since leaves the source's own. */
function planOf({ plan, plans }: AlertSourceConfig, chosen: number | null): ResponsePlan {
  return (chosen === null ? undefined : plans[chosen]) ?? plan
}
