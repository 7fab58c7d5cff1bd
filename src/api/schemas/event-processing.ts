import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { reference } from './common.ts'

/** Templates and rules of an alert source, and trying them on a payload before they are saved. */

const template = z.string().max(LIMITS.templateCharacters).nullish().meta({
  description: 'Liquid over `event`, `payload` and `source`; what it renders, if anything, takes the field’s place',
})

export const eventTemplates = z
  .object({
    summary: template,
    details: template,
    incidentKey: template,
    priority: template,
    severity: template,
    links: z
      .array(
        z.object({ href: z.string().max(LIMITS.templateCharacters), text: z.string().max(LIMITS.templateCharacters) }),
      )
      .max(LIMITS.linkTemplatesPerSource)
      .default([]),
  })
  .meta({ id: 'EventTemplates' })
export type EventTemplatesInput = z.infer<typeof eventTemplates>

export const eventRule = z
  .object({
    name: z.string().trim().min(1, 'must not be empty').max(100),
    condition: z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(LIMITS.ruleCharacters)
      .meta({ description: 'CEL, true or false', examples: ['event.labels.team == "db" && event.severity <= 2'] }),
    action: z.enum(['CONTINUE', 'ACCEPT', 'DROP']).default('CONTINUE'),
    priority: z.enum(['HIGH', 'LOW']).nullish(),
    severity: z.int().min(1).max(5).nullish(),
    escalationPolicy: reference.nullish(),
    labels: z.record(z.string().min(1).max(LIMITS.labelCharacters), z.string().max(LIMITS.labelCharacters)).default({}),
    suppress: z
      .object({ events: z.int().min(2).max(1000), minutes: z.int().min(1).max(1440) })
      .nullish()
      .meta({ description: 'Held back until so many events came within so many minutes' }),
  })
  .meta({ id: 'EventRule' })
export type EventRuleInput = z.infer<typeof eventRule>

/** A request as it would come in; the log's `request` has this shape. */
export const rawRequest = z
  .object({
    via: z.string().max(60).meta({ description: 'The tool whose reader is used, such as prometheus' }),
    method: z.string().max(10).default('POST'),
    headers: z.record(z.string().max(200), z.string().max(4000)).default({}),
    query: z.record(z.string().max(200), z.string().max(4000)).default({}),
    body: z.string().max(200_000),
  })
  .meta({ id: 'RawRequest' })

export const tryProcessingRequest = z
  .object({
    request: rawRequest,
    templates: eventTemplates.nullish(),
    rules: z.array(eventRule).max(LIMITS.rulesPerSource).default([]),
  })
  .meta({ id: 'TryProcessingRequest' })

export const triedEvent = z.object({
  eventType: z.enum(['ALERT', 'ACCEPT', 'RESOLVE', 'COMMENT']),
  incidentKey: z.string().nullable(),
  summary: z.string(),
  details: z.string().nullable(),
  priority: z.enum(['HIGH', 'LOW']).nullable(),
  severity: z.int().nullable(),
  links: z.array(z.object({ href: z.string(), text: z.string().optional() })),
  labels: z.record(z.string(), z.string()),
  escalationPolicy: z.object({ id: z.int(), name: z.string() }).nullable(),
  droppedBy: z.string().nullable(),
  suppressedBy: z.string().nullable(),
  steps: z.array(
    z.object({
      kind: z.enum(['template', 'rule']),
      name: z.string(),
      outcome: z.enum(['applied', 'not-applied', 'failed']),
      message: z.string(),
    }),
  ),
})

/** What the reader, the templates and the rules make of a request. */
export const triedProcessing = z
  .object({
    events: z.array(triedEvent),
    more: z.int().meta({ description: 'Further events of the request, which were not tried' }),
    ignored: z.string().nullable().meta({ description: 'Why the request holds no event' }),
    problem: z.string().nullable().meta({ description: 'Why the request can’t be read' }),
  })
  .meta({ id: 'TriedProcessing' })
export type TriedProcessing = z.infer<typeof triedProcessing>
