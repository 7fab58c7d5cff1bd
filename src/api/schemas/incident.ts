import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { id, instant, paging, priority, queryList, reference, userReference } from './common.ts'

const incidentStatus = z.enum(['PENDING', 'ACCEPTED', 'RESOLVED']).meta({ id: 'IncidentStatus' })

const eventLink = z.object({ href: z.string(), text: z.string().optional() }).meta({ id: 'EventLink' })
const eventImage = z
  .object({ src: z.string(), href: z.string().optional(), alt: z.string().optional() })
  .meta({ id: 'EventImage' })

/** A row of a list; from the read model, so it may lag the incident by a moment. */
export const incidentSummary = z
  .object({
    id,
    reference: z.string().meta({ description: 'What people say: PROM-42' }),
    summary: z.string(),
    status: incidentStatus,
    priority,
    severity: z.int().min(1).max(5).nullable(),
    incidentKey: z.string().nullable(),
    reportTime: instant,
    acceptedOn: instant.nullable(),
    resolvedOn: instant.nullable(),
    alertSource: reference,
    escalationPolicy: reference.nullable(),
    assignedTo: userReference.nullable().meta({ description: 'Who accepted it, or whom it was assigned to' }),
    nextEscalation: instant.nullable(),
    eventCount: z.int().min(1),
    incidentUrl: z.string(),
  })
  .meta({ id: 'IncidentSummary' })
export type IncidentSummary = z.infer<typeof incidentSummary>

/** Somebody who was asked for attention. */
export const responder = z
  .object({
    user: userReference,
    status: z.enum(['PENDING', 'ACCEPTED', 'WITHDRAWN']).meta({
      description:
        'PENDING: being paged now. WITHDRAWN: the page ended because somebody else answered, or it escalated on',
    }),
    pagedAt: instant,
    unreachable: z.boolean().meta({ description: 'Every channel of theirs failed for good' }),
  })
  .meta({ id: 'IncidentResponder' })

/** Whom a level reaches. */
const levelMember = userReference
  .extend({
    schedule: reference.optional().meta({ description: 'That puts them on call; none: the level names them' }),
  })
  .meta({ id: 'IncidentLevelMember' })

const escalationStep = z
  .object({
    level: z.int().min(1),
    escalationTimeout: z.number().nullable().meta({ description: 'Minutes; null: nothing comes after it' }),
    users: z.array(levelMember).meta({
      description: 'Who was paged at the present level, who will be at those to come, who would be now at others',
    }),
    schedules: z.array(reference).meta({ description: 'Whoever is on call there when the level is paged' }),
    current: z.boolean(),
  })
  .meta({ id: 'IncidentEscalationStep' })

/** One incident whole, from the object that owns it. */
export const incident = incidentSummary
  .extend({
    details: z.string().nullable(),
    links: z.array(eventLink),
    images: z.array(eventImage),
    labels: z.record(z.string(), z.string()),
    customDetails: z.record(z.string(), z.unknown()).nullable(),
    responders: z.array(responder),
    escalationRules: z.array(escalationStep),
    escalationPass: z.int().min(0),
    escalationPasses: z.int().min(1),
    escalationEnded: z.boolean(),
    nextEscalationUsers: z.array(levelMember).meta({ description: 'Who is paged at nextEscalation' }),
    nextEscalationRuleIndex: z.int().nullable().meta({ description: 'Index into escalationRules; null: none' }),
    snoozedUntil: instant.nullable(),
    resolvesOn: instant
      .nullable()
      .meta({ description: 'The source says it is over: then, unless it comes back before' }),
    heldUntil: instant.nullable().meta({ description: 'Something was due in maintenance and is put off until then' }),
    heldBy: z.string().nullable().meta({ description: 'The name of the maintenance window that holds it' }),
    raisesOn: instant.nullable().meta({ description: 'LOW until then; then HIGH, beginning anew at level 1' }),
    autoResolveOn: instant.nullable(),
    acceptedBy: z.string().nullable(),
    resolvedBy: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Incident' })
export type Incident = z.infer<typeof incident>

/** One line of the timeline. `text` is for people; `type` and `vars` are for programs. */
export const logEntry = z
  .object({
    id: z.int(),
    timestamp: instant,
    type: z.string(),
    text: z.string(),
    filterTypes: z.array(z.enum(['NOTIFICATIONS', 'ALERT_SOURCE_EVENTS', 'INCIDENT_UPDATES'])),
    vars: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'LogEntry' })
export type LogEntry = z.infer<typeof logEntry>

/** Lists take repeated or comma-separated values for states and sources: `?states=PENDING&states=ACCEPTED`. */
export const incidentFilter = paging.extend({
  states: queryList(incidentStatus),
  sources: queryList(z.coerce.number().int().positive()),
  policies: queryList(z.coerce.number().int().positive()),
  responders: queryList(z.coerce.number().int().positive()),
  priority: priority.optional(),
  query: z.string().trim().max(200).optional().meta({ description: 'Part of the summary, the reference or the key' }),
  from: instant.optional(),
  until: instant.optional(),
  sort: z
    .enum(['time', 'state'])
    .optional()
    .meta({ description: 'time (as is): newest report first. state: PENDING, then ACCEPTED, then RESOLVED' }),
})

/** Reports a problem by hand, at an alert source. */
export const manualIncident = z
  .object({
    summary: z.string().trim().min(1, 'must not be empty').max(LIMITS.summaryCharacters),
    details: z.string().max(LIMITS.detailsCharacters).nullish(),
    alertSource: z.object({ id }),
    priority: priority.nullish(),
    severity: z.int().min(1).max(5).nullish(),
    responders: z
      .array(z.object({ user: z.object({ id }) }))
      .max(LIMITS.targetsPerLevel)
      .optional()
      .meta({ description: 'Naming responders pages only them, with no further escalation' }),
  })
  .meta({ id: 'ManualIncident' })

export const escalateRequest = z
  .object({
    level: z
      .int()
      .min(1)
      .max(LIMITS.levelsPerPolicy)
      .nullish()
      .meta({ description: '1 for the first level; none: the next' }),
  })
  .meta({ id: 'EscalateRequest' })
export const commentRequest = z
  .object({ content: z.string().trim().min(1, 'must not be empty').max(LIMITS.commentCharacters) })
  .meta({ id: 'CommentRequest' })
export const snoozeRequest = z
  .object({
    minutes: z
      .number()
      .positive()
      .max(7 * 24 * 60),
  })
  .meta({ id: 'SnoozeRequest' })
export const responderRequest = z.object({ user: z.object({ id }) }).meta({ id: 'ResponderRequest' })
export const bulkRequest = z.object({ ids: z.array(id).min(1).max(LIMITS.bulkIncidents) }).meta({ id: 'BulkRequest' })
export const incidentOpened = z
  .object({ id, reference: z.string(), incidentUrl: z.string() })
  .meta({ id: 'IncidentOpened' })

export const incidentParam = z.object({
  incident: z.string().max(40).meta({ description: 'The id, or the reference such as PROM-42' }),
})

export const assignQuery = z.object({
  'user-id': z.coerce.number().int().positive().optional(),
  'policy-id': z.coerce.number().int().positive().optional(),
  'schedule-id': z.coerce.number().int().positive().optional(),
  user: z.coerce.number().int().positive().optional().meta({ description: 'The same as user-id' }),
  policy: z.coerce.number().int().positive().optional().meta({ description: 'The same as policy-id' }),
  schedule: z.coerce.number().int().positive().optional().meta({ description: 'The same as schedule-id' }),
})

export const timelineQuery = paging.extend({ order: z.enum(['asc', 'desc']).default('desc') })

export const bulkResult = z
  .object({ results: z.array(z.object({ id, success: z.boolean(), message: z.string() })) })
  .meta({ id: 'BulkResult' })
