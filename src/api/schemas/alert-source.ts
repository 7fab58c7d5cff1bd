import * as z from 'zod'
import { id, instant, name, reference } from './common.ts'

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

export const integrationType = z.enum(['API']).meta({ id: 'IntegrationType' })

export const priorityRule = z.enum(['HIGH', 'LOW']).meta({ id: 'IncidentPriorityRule' })

/** ISO-8601 durations of minutes to days, such as PT30M, PT4H or P1D. */
export const duration = z
  .string()
  .regex(/^P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?$/, 'must be an ISO-8601 duration such as PT30M, PT4H or P1D')

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
  })
  .meta({ id: 'AlertSourceInput' })
export type AlertSourceInput = z.infer<typeof alertSourceInput>

export const alertSource = z
  .object({
    ...alertSourceInput.shape,
    id,
    shortName: z.string(),
    escalationPolicy: z.object({ id, name: z.string() }),
    integrationKey: z.string(),
    integrationUrl: z.string(),
    previousKeyValidUntil: instant
      .nullable()
      .meta({ description: 'Until then the key before a rotation is taken too' }),
    status: z.enum(['PENDING', 'ALL_ACCEPTED', 'ALL_RESOLVED', 'DISABLED']),
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

/** An event that opened nothing and belonged to nothing, and why. */
export const droppedEvent = z
  .object({
    id: z.int(),
    timestamp: instant,
    reason: z.string(),
    eventType: z.enum(['ALERT', 'ACCEPT', 'RESOLVE', 'COMMENT']),
    incidentKey: z.string().nullable(),
    summary: z.string(),
  })
  .meta({ id: 'DroppedEvent' })
export type DroppedEvent = z.infer<typeof droppedEvent>
