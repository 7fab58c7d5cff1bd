import type { ResponsePlan } from '../incidents/model.ts'
import type { MaintenanceWindow } from '../maintenance/model.ts'
import type { SupportHours } from '../support-hours/model.ts'
import type { MailSettings } from './email/mail.ts'
import type { Priority } from './event.ts'
import type { HeartbeatSettings } from './heartbeats/heartbeat.ts'
import type { Processing } from './processing/model.ts'
import type { SmsSettings } from './sms/sms.ts'

/** How a source turns events into incidents, apart from their keys (a key always groups first). */
export type GroupingMode = 'every-event' | 'by-summary' | 'one-pending' | 'one-open' | 'time-window'

/** Which priority an incident gets. */
export type PriorityRule =
  | { type: 'fixed'; priority: Priority }
  /** One priority during the support hours and the other outside. */
  | { type: 'by-support-hours'; during: Priority; hours: SupportHours }

/** What an alert source's object knows of itself, so that it can open incidents without D1. */
export interface AlertSourceConfig {
  sourceId: number
  name: string
  /** Begins its incidents' references. */
  shortName: string
  active: boolean
  grouping: GroupingMode
  /** For 'time-window'. */
  groupingWindowMs: number
  /** An event's own priority counts only where this is fixed and HIGH. */
  priority: PriorityRule
  /** Incidents that are LOW and unanswered become HIGH when the support hours begin. */
  raiseAtSupportHours: boolean
  autoResolveAfterMs: number | null
  /** A RESOLVE takes effect only if no ALERT of the same key follows for so long; 0: at once. */
  resolveDelayMs: number
  /** Events a minute above which the source answers 429. */
  eventsPerMinute: number
  /** Open incidents above which further events are collected into one. */
  maxOpenIncidents: number
  maintenance: MaintenanceWindow[]
  processing: Processing
  mail: MailSettings
  sms: SmsSettings | null
  heartbeat: HeartbeatSettings | null
  /** Only what the tool signed with the secret is taken then; the secret is encrypted for `signing-secret`. */
  signing: { tool: string; secret: string } | null
  /** The generation that the present integration key carries. */
  keyGeneration: number
  /** Until then the generation before it is taken too. */
  previousKeyValidUntil: number | null
  plan: ResponsePlan
  /** The other policies that rules choose, by their id. */
  plans: Record<number, ResponsePlan>
  /** Grows with each publication; an older one is ignored. */
  revision: number
}

/** A source that takes every mail, each subject one problem. */
export const ANY_MAIL: MailSettings = {
  predicates: [],
  operator: 'AND',
  resolvePredicates: [],
  resolveOperator: 'AND',
  keyExtractor: null,
}

/** Events are taken as they come. */
export const NO_PROCESSING: Processing = {
  templates: { summary: null, details: null, incidentKey: null, priority: null, severity: null, links: [] },
  rules: [],
}
