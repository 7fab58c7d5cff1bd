import { boundedEvent } from '../bounded-event.ts'
import type { InboundEvent } from '../event.ts'
import { severityLevel } from './severity.ts'
import type { ToolEvent, ToolRequest } from './tool.ts'

/** Characters that the whole request may take when each of several events gets it as its payload. */
const SHARED_CHARACTERS = 1024 * 1024
/** What tools put around words in a title. Not everything in angle brackets: `<none>` and `a < b` are text. */
const TAGS =
  /<\/?(?:a|b|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|small|span|strong|table|td|th|tr|u|ul)(?:\s[^<>]*)?\/?>/gi

/** What a tool's reader found, in the one form of all ways in. */
export function normalise(events: ToolEvent[], request: ToolRequest): Promise<InboundEvent[]> {
  const whole = sharedPayload(events, request)
  return Promise.all(
    events.map(({ severity, severityLevel: level, payload = whole, labels = {}, ...event }) =>
      boundedEvent({
        ...event,
        summary: event.summary.replace(TAGS, ' '),
        severity: level ?? severityLevel(severity),
        links: (event.links ?? []).flatMap(({ href, text }) => (href ? { href, text } : [])),
        images: (event.images ?? []).flatMap(({ src, href, alt }) => (src ? { src, href, alt } : [])),
        // First, so that it stays where there are more labels than an event keeps.
        labels: present({ severity, ...labels, ...(severity && { severity }) }),
        customDetails: detailsOf(payload),
      }),
    ),
  )
}

/** The whole request, read once, for the events whose reader names no part of it. */
function sharedPayload(events: ToolEvent[], request: ToolRequest): unknown {
  const count = events.filter(({ payload }) => payload === undefined).length
  // A body that claims thousands of events must not become thousands of copies of itself.
  if (count === 0 || (count > 1 && count * request.body.length > SHARED_CHARACTERS)) return null
  return wholePayload(request)
}

/** What the request says, whatever its form. */
function wholePayload(request: ToolRequest): unknown {
  try {
    return request.json().value
  } catch {
    const form = request.form()
    if (form.names().length > 0) return form.value
    return request.query.names().length > 0 ? request.query.value : null
  }
}

function detailsOf(payload: unknown): Record<string, unknown> | null {
  if (typeof payload !== 'object' || payload === null) return null
  return Array.isArray(payload) ? { items: payload } : (payload as Record<string, unknown>)
}

function present(labels: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter((label): label is [string, string] => Boolean(label[1])))
}
