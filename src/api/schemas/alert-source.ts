import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { id, instant, name, reference } from './common.ts'
import { eventRule, eventTemplates } from './event-processing.ts'

/** iLert's v1 names. Grouping by incident key always applies first, whatever the mode. */
export const incidentCreation = z
  .enum([
    'ONE_INCIDENT_PER_EMAIL',
    'ONE_INCIDENT_PER_EMAIL_SUBJECT',
    'ONE_PENDING_INCIDENT_ALLOWED',
    'ONE_OPEN_INCIDENT_ALLOWED',
    'ONE_INCIDENT_GROUPED_PER_WINDOW',
  ])
  .meta({ id: 'IncidentCreation' })

/** A tool's, or API, EMAIL, SMS, HEARTBEAT; `GET /integration-types` lists them, and the server refuses any other. */
export const integrationType = z
  .string()
  .trim()
  .toUpperCase()
  .max(40)
  .meta({ id: 'IntegrationType', examples: ['API', 'PROMETHEUS'] })

export const priorityRule = z
  .enum(['HIGH', 'LOW', 'HIGH_DURING_SUPPORT_HOURS', 'LOW_DURING_SUPPORT_HOURS'])
  .meta({ id: 'IncidentPriorityRule' })

/** ISO-8601 durations of minutes to days, such as PT30M, PT4H or P1D. */
export const duration = z
  .string()
  .regex(/^P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?$/, 'must be an ISO-8601 duration such as PT30M, PT4H or P1D')

const operator = z.enum(['AND', 'OR'])
const mailField = z.enum(['EMAIL_FROM', 'EMAIL_SUBJECT', 'EMAIL_BODY'])
const pattern = z.string().trim().min(1, 'must not be empty').max(LIMITS.patternCharacters)

export const mailPredicate = z
  .object({
    field: mailField,
    criteria: z.enum([
      'CONTAINS_ANY_WORDS',
      'CONTAINS_NOT_WORDS',
      'CONTAINS_STRING',
      'CONTAINS_NOT_STRING',
      'IS_STRING',
      'IS_NOT_STRING',
      'MATCHES_REGEX',
      'MATCHES_NOT_REGEX',
    ]),
    value: pattern,
  })
  .meta({ id: 'EmailPredicate' })

export const mailKeyExtractor = z
  .object({
    field: mailField,
    criteria: z.enum(['ALL_TEXT_BEFORE', 'ALL_TEXT_AFTER', 'MATCHES_REGEX']),
    value: pattern,
  })
  .meta({
    id: 'ResolveKeyExtractor',
    description: 'Where in a mail its incident key is. MATCHES_REGEX: the first group',
  })

const phoneNumber = z
  .string()
  .transform((text) => text.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an international number such as +4915112345678'))

export const smsInput = z
  .object({
    number: phoneNumber.meta({ description: 'The number that people write to' }),
    keyword: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9]{2,20}$/, 'must be 2 to 20 letters and digits')
      .nullish()
      .meta({ description: 'The first word that names this source where several share the number' }),
    allowedNumbers: z
      .array(phoneNumber)
      .max(LIMITS.smsAllowedPerSource)
      .default([])
      .meta({ description: 'Only these may write; empty: anybody' }),
  })
  .meta({ id: 'SmsInput' })

/** Seconds of an interval or grace: 25 s to 31 days. */
const seconds = z
  .int()
  .min(25, 'must be at least 25 seconds')
  .max(2_678_400, 'must be at most 31 days (2678400 seconds)')

export const heartbeatInput = z
  .object({
    intervalSec: seconds.nullish().meta({ description: 'A ping is expected so often. Or `cron`' }),
    cron: z
      .string()
      .trim()
      .max(100)
      .nullish()
      .meta({ description: 'Five fields: a ping is expected at these times', examples: ['0 2 * * *'] }),
    timezone: z.string().max(60).nullish().meta({ description: 'IANA zone of `cron`; UTC when absent' }),
    graceSec: seconds.default(60).meta({ description: 'How much later is still in time' }),
    summary: z
      .string()
      .trim()
      .max(LIMITS.summaryCharacters)
      .nullish()
      .meta({ description: 'Of the incident of a missing ping' }),
  })
  .meta({ id: 'HeartbeatInput' })

export const alertSourceInput = z
  .object({
    name,
    shortName: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z][A-Z0-9]{1,9}$/, 'must be 2 to 10 letters and digits, beginning with a letter')
      .optional()
      .meta({ description: 'Begins the references of its incidents: PROM in PROM-42. Made from the name when absent' }),
    integrationType: integrationType.default('API'),
    escalationPolicy: reference,
    active: z.boolean().default(true),
    incidentCreation: incidentCreation.default('ONE_INCIDENT_PER_EMAIL'),
    incidentGroupingWindow: duration.nullish(),
    autoResolutionTimeout: duration
      .nullish()
      .meta({ description: 'Resolves by itself when no event came for this long' }),
    incidentPriorityRule: priorityRule.default('HIGH'),
    supportHours: reference.nullish().meta({ description: 'For the priority rules that name support hours' }),
    autoRaiseIncidents: z
      .boolean()
      .default(false)
      .meta({ description: 'Pending LOW incidents become HIGH when the support hours begin' }),
    resolveDelay: duration
      .nullish()
      .meta({ description: 'A RESOLVE takes effect only if no ALERT of the same key follows for so long' }),
    eventsPerMinute: z.int().min(1).max(LIMITS.eventsPerMinute).nullish(),
    maxOpenIncidents: z
      .int()
      .min(1)
      .max(LIMITS.openIncidentsPerSource)
      .nullish()
      .meta({ description: 'Further events are collected into one incident that says so' }),
    templates: eventTemplates.nullish(),
    rules: z.array(eventRule).max(LIMITS.rulesPerSource).default([]),
    emailPredicates: z.array(mailPredicate).max(LIMITS.predicatesPerSource).default([]),
    filterOperator: operator.default('AND'),
    emailResolvePredicates: z.array(mailPredicate).max(LIMITS.predicatesPerSource).default([]),
    resolveFilterOperator: operator.default('AND'),
    resolveKeyExtractor: mailKeyExtractor.nullish(),
    sms: smsInput.nullish(),
    heartbeat: heartbeatInput.nullish(),
    signingSecret: z.string().trim().max(500).nullish().meta({
      description:
        'With which the tool signs; requests without a valid signature are refused then. Never returned. Absent: as it was; empty: none',
    }),
  })
  .meta({ id: 'AlertSourceInput' })
export type AlertSourceInput = z.infer<typeof alertSourceInput>

const { signingSecret: _neverReturned, ...returned } = alertSourceInput.shape

export const alertSource = z
  .object({
    ...returned,
    id,
    shortName: z.string(),
    escalationPolicy: z.object({ id, name: z.string() }),
    supportHours: z.object({ id, name: z.string() }).nullable(),
    hasSigningSecret: z.boolean(),
    integrationKey: z.string(),
    integrationUrl: z.string().meta({ description: 'Where its tool sends events; of a mail source its address' }),
    previousKeyValidUntil: instant
      .nullable()
      .meta({ description: 'Until then the key before a rotation is taken too' }),
    status: z.enum(['PENDING', 'ALL_ACCEPTED', 'ALL_RESOLVED', 'IN_MAINTENANCE', 'DISABLED']),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'AlertSource' })
export type AlertSource = z.infer<typeof alertSource>

export const rotateKeyRequest = z
  .object({
    overlap: duration
      .default('P1D')
      .meta({ description: 'How long the old key is still taken; PT0M revokes it at once' }),
  })
  .meta({ id: 'RotateKeyRequest' })
