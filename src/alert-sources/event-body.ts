import * as z from 'zod'
import { LIMITS } from '../limits.ts'
import { cutText, isWebAddress } from './bounded-event.ts'
import { withoutMark } from './byte-order-mark.ts'
import type { InboundEvent } from './event.ts'

/**
 * The body of the Event API, old and new names together: `apiKey`/`integrationKey`, `incidentKey`/`alertKey`. Nulls
 * count as absent, because real clients send them, and so do fields that nothing here needs, such as `logs`.
 */

/** Text that is cut, not refused, where it is too long: a long message is no reason to lose an alert. */
const cut = (characters: number) => z.string().transform((text) => cutText(text, characters))
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null)
const key = z.string().max(LIMITS.keyCharacters, `must not be longer than ${LIMITS.keyCharacters} characters`)
const url = z.string().max(LIMITS.urlCharacters)
const caption = cut(LIMITS.labelCharacters)
const label = z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(cut(LIMITS.labelCharacters))
/** `JSON.parse` reads what is nested deeper; structured clone and `JSON.stringify`, which keep it, run out of stack. */
const DETAILS_LEVELS = 32

export const eventBody = z.object({
  apiKey: optional(z.string()),
  integrationKey: optional(z.string()),
  eventType: z.preprocess(
    (value) => (typeof value === 'string' ? value.toUpperCase() : value),
    z.enum(['ALERT', 'ACCEPT', 'RESOLVE', 'COMMENT'], 'must be ALERT, ACCEPT, RESOLVE or COMMENT'),
  ),
  summary: optional(cut(LIMITS.summaryCharacters)),
  details: optional(cut(LIMITS.detailsCharacters)),
  incidentKey: optional(key),
  alertKey: optional(key),
  priority: optional(z.enum(['HIGH', 'LOW'], 'must be HIGH or LOW')),
  severity: optional(z.int('must be a whole number from 1 to 5').min(1).max(5)),
  images: optional(
    z.array(z.object({ src: url, href: optional(url), alt: optional(caption) })).max(LIMITS.imagesPerEvent),
  ),
  links: optional(z.array(z.object({ href: url, text: optional(caption) })).max(LIMITS.linksPerEvent)),
  comments: optional(
    z
      .array(z.object({ creator: optional(cut(100)), content: cut(LIMITS.commentCharacters) }))
      .max(LIMITS.commentsPerEvent),
  ),
  labels: optional(
    z
      .record(z.string().max(LIMITS.labelCharacters), optional(label))
      .refine(
        (labels) => Object.keys(labels).length <= LIMITS.labelsPerEvent,
        `must not have more than ${LIMITS.labelsPerEvent} entries`,
      ),
  ),
  routingKey: optional(caption),
  customDetails: optional(
    z
      .record(z.string(), z.unknown())
      .refine((details) => isShallow(details), `must not be nested deeper than ${DETAILS_LEVELS} levels`),
  ),
})

export type ParsedEvent =
  | { event: InboundEvent; integrationKey: string }
  | { problem: { message: string; field?: string } }

/**
 * Reads one event; a problem names the field and says what it must be.
 *
 * @param keyOfAddress the integration key that the request's address or headers carry: the body needs none then
 */
export function parseEvent(text: string, keyOfAddress: string | null = null): ParsedEvent {
  let json: unknown
  try {
    json = JSON.parse(withoutMark(text))
  } catch {
    return { problem: { message: 'The body is not valid JSON.' } }
  }
  const parsed = eventBody.safeParse(json)
  if (!parsed.success) return { problem: firstIssue(parsed.error) }
  const { apiKey, integrationKey, incidentKey, alertKey, eventType, routingKey, labels, ...rest } = parsed.data
  const { images, links, comments } = rest
  const credential = keyOfAddress || integrationKey || apiKey
  if (!credential)
    return {
      problem: { message: 'integrationKey is missing: copy it from the alert source.', field: 'integrationKey' },
    }
  const summary = rest.summary?.trim()
  if (eventType === 'ALERT' && !summary) {
    return { problem: { message: 'summary must not be empty: it is what people read first.', field: 'summary' } }
  }
  return {
    integrationKey: credential,
    event: {
      ...rest,
      type: eventType,
      key: alertKey?.trim() || incidentKey?.trim() || null,
      summary: summary || eventType,
      images: (images ?? [])
        .filter(({ src, href }) => isWebAddress(src) && (!href || isWebAddress(href)))
        .map(({ src, href, alt }) => ({ src, ...(href && { href }), ...(alt && { alt }) })),
      links: (links ?? [])
        .filter(({ href }) => isWebAddress(href))
        .map(({ href, text }) => ({ href, ...(text && { text }) })),
      comments: (comments ?? []).map(({ creator, content }) => ({ creator: creator ?? 'the alert source', content })),
      // As a label, so that a rule can choose the escalation policy by it.
      labels: { ...textsOf(labels), ...(routingKey?.trim() && { routingKey: routingKey.trim() }) },
    },
  }
}

function textsOf(labels: Record<string, string | null> | null): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels ?? {}).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}

function isShallow(value: unknown, levels = DETAILS_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}

function firstIssue(error: z.ZodError): { message: string; field?: string } {
  const issue = error.issues[0]
  if (!issue || issue.path.length === 0) return { message: 'The body must be a JSON object.' }
  const field = issue.path.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path ? `${path}.${String(part)}` : String(part)),
    '',
  )
  return { message: `${field}: ${issue.message}`, field }
}
