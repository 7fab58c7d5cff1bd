import { isWebAddress, type LooseEvent } from '../bounded-event.ts'
import type { EventType } from '../event.ts'
import type { Payload } from '../tools/payload.ts'
import { severityLevel } from '../tools/severity.ts'
import { Unreadable } from '../tools/tool.ts'
import { parseJson } from '../tools/tool-request.ts'

/**
 * The bodies of PagerDuty's Events API, versions 1 and 2 and its change events, after
 * https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ and the bodies that real clients send. What
 * PagerDuty refuses is refused, except for what is only too long: it is cut, for an alert must not be lost over its length.
 */

export interface PagerDutyEvent {
  /** As sent; '' where it is missing. */
  routingKey: string
  /** As sent, or a new one for a trigger that has none: the sender may resolve by it. */
  dedupKey: string
  event: LooseEvent
}

export interface PagerDutyChange {
  routingKey: string
  summary: string
}

/** `unrecognized`: not even an object. Otherwise what is wrong with its fields, in words that name them. */
export type NotUnderstood = { unrecognized: string } | { errors: string[] }

const ACTIONS = new Map<string, EventType>([
  ['trigger', 'ALERT'],
  ['acknowledge', 'ACCEPT'],
  ['resolve', 'RESOLVE'],
])
const SEVERITIES = ['critical', 'error', 'warning', 'info']
const KEY_CHARACTERS = 32

/**
 * A body of `/v2/enqueue`. Whether the routing key is a good one is not asked here, only whether it could be.
 *
 * @param newKey of a trigger that has none
 */
export function readEventV2(text: string, newKey: string): PagerDutyEvent | NotUnderstood {
  return read(text, (body) => {
    const type = ACTIONS.get(body.text('event_action')?.toLowerCase() ?? '')
    const payload = body.at('payload')
    const dedupKey = body.text('dedup_key')
    const severity = payload.text('severity')
    const errors = [
      ...(type ? [] : ["'event_action' must be one of 'trigger', 'acknowledge' or 'resolve'"]),
      ...(type === 'ALERT' ? errorsOfPayload(payload) : []),
      ...(type && type !== 'ALERT' && !dedupKey
        ? ["'dedup_key' is missing or blank: it says which alert is meant"]
        : []),
    ]
    if (!type || errors.length > 0) return { errors }
    const key = dedupKey ?? newKey
    const details = payload.at('custom_details')
    return {
      routingKey: body.text('routing_key') ?? '',
      dedupKey: key,
      event: {
        type,
        key,
        summary: payload.text('summary') ?? '',
        details: details.text(),
        severity: severityLevel(severity),
        links: [...body.list('links').flatMap(linkOf), ...clientLink(body)],
        images: body.list('images').flatMap(imageOf),
        labels: labelsOf({
          severity,
          source: payload.text('source'),
          component: payload.text('component'),
          group: payload.text('group'),
          class: payload.text('class'),
          timestamp: timestampOf(payload.text('timestamp')),
          client: body.text('client'),
        }),
        customDetails: detailsOf(details),
      },
    }
  })
}

/** A body of `/generic/2010-04-15/create_event.json`. Some clients add the fields of version 2, empty. */
export function readEventV1(text: string, newKey: string): PagerDutyEvent | NotUnderstood {
  return read(text, (body) => {
    const type = ACTIONS.get(body.text('event_type')?.toLowerCase() ?? '')
    const incidentKey = body.text('incident_key')
    const description = body.text('description')
    const errors = [
      ...(type ? [] : ["'event_type' must be one of 'trigger', 'acknowledge' or 'resolve'"]),
      ...(type === 'ALERT' && !description ? ["'description' is missing or blank"] : []),
      ...(type && type !== 'ALERT' && !incidentKey
        ? ["'incident_key' is missing or blank: it says which incident is meant"]
        : []),
    ]
    if (!type || errors.length > 0) return { errors }
    const key = incidentKey ?? newKey
    const details = body.at('details')
    const contexts = body.list('contexts')
    return {
      routingKey: body.text('service_key') ?? '',
      dedupKey: key,
      event: {
        type,
        key,
        summary: description ?? '',
        details: details.text(),
        links: [...contexts.filter(isOfType('link')).flatMap(linkOf), ...clientLink(body)],
        images: contexts.filter(isOfType('image')).flatMap(imageOf),
        labels: labelsOf({ client: body.text('client') }),
        customDetails: detailsOf(details),
      },
    }
  })
}

/** A body of `/v2/change/enqueue`. */
export function readChange(text: string): PagerDutyChange | NotUnderstood {
  return read(text, (body) => {
    const summary = body.text('payload', 'summary')
    if (!summary) return { errors: ["'payload.summary' is missing or blank"] }
    return { routingKey: body.text('routing_key') ?? '', summary }
  })
}

/** What is wrong with a key by its looks alone; null: nothing. `name`: the field that it came in. */
export function errorOfKey(key: string, name: 'routing_key' | 'service_key'): string | null {
  if (!key) return `'${name}' is missing or blank`
  return key.length === KEY_CHARACTERS
    ? null
    : `Length of '${name}' is incorrect (should be ${KEY_CHARACTERS} characters)`
}

function read<T>(text: string, readBody: (body: Payload) => T | { errors: string[] }): T | NotUnderstood {
  try {
    const body = parseJson(text)
    return body.isObject() ? readBody(body) : { unrecognized: 'JSON parse error: the body must be an object' }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { unrecognized: `JSON parse error: ${error.message}` }
  }
}

function errorsOfPayload(payload: Payload): string[] {
  if (!payload.isObject())
    return ["'payload' is missing: a trigger needs 'payload.summary', 'payload.source' and 'payload.severity'"]
  const severity = payload.text('severity')?.toLowerCase()
  return [
    ...['summary', 'source', 'severity']
      .filter((name) => !payload.text(name))
      .map((name) => `'payload.${name}' is missing or blank`),
    ...(severity && !SEVERITIES.includes(severity)
      ? ["'payload.severity' is invalid (must be one of the following: 'critical', 'error', 'warning' or 'info')"]
      : []),
  ]
}

function linkOf(link: Payload): { href: string; text: string | null }[] {
  const href = link.text('href')
  return href ? [{ href, text: link.text('text') }] : []
}

/** Only over HTTPS, as PagerDuty has it: the page that shows them is served so. */
function imageOf(image: Payload): { src: string; href: string | null; alt: string | null }[] {
  const src = image.text('src')
  if (!src || !/^https:/i.test(src)) return []
  const href = image.text('href')
  return [{ src, href: href && isWebAddress(href) ? href : null, alt: image.text('alt') }]
}

function clientLink(body: Payload): { href: string; text: string | null }[] {
  const href = body.text('client_url')
  return href ? [{ href, text: body.text('client') }] : []
}

function isOfType(type: string): (context: Payload) => boolean {
  return (context) => context.text('type') === type
}

function labelsOf(labels: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter((label): label is [string, string] => label[1] !== null))
}

function detailsOf(details: Payload): Record<string, unknown> | null {
  if (details.isObject()) return details.value as Record<string, unknown>
  return details.isList() ? { items: details.value } : null
}

/** ISO 8601 in UTC. PagerDuty's own examples have an offset without its colon, and some clients send none: UTC, then. */
function timestampOf(text: string | null): string | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?:Z|([+-]\d\d):?(\d\d))?$/i.exec(text ?? '')
  if (!match) return null
  const [, local, hours, minutes] = match
  const instant = Date.parse(hours ? `${local}${hours}:${minutes}` : `${local}Z`)
  return Number.isNaN(instant) ? null : new Date(instant).toISOString()
}
