import type { EventType, Priority } from '../event.ts'
import type { Payload } from './payload.ts'
import { type ToolEvent, Unreadable } from './tool.ts'

const TYPES: Record<string, EventType> = {
  ALERT: 'ALERT',
  ACCEPT: 'ACCEPT',
  ACCEPTED: 'ACCEPT',
  RESOLVE: 'RESOLVE',
  RESOLVED: 'RESOLVE',
  COMMENT: 'COMMENT',
}

/**
 * iLert's event, as many tools send it to their own address: `{eventType, summary, details, alertKey, priority, …}`. More
 * tolerant than the Event API: a tool's user can't mend what the tool sends.
 */
export function readIlertEvent(body: Payload): ToolEvent {
  // What says something but not what kind of thing is a problem until it says otherwise.
  const type = ilertEventType(body.firstText('eventType', 'event_type') ?? (body.text('summary') && 'ALERT'))
  return {
    type,
    key: body.firstText('alertKey', 'incidentKey', 'alert_key'),
    summary: body.text('summary') ?? (type === 'ALERT' ? 'An event without a summary' : ''),
    details: body.firstText('details', 'message', 'description'),
    priority: priorityOf(body),
    ...severityOf(body),
    links: body.list('links').map((link) => ({ href: link.text('href'), text: link.text('text') })),
    images: body
      .list('images')
      .map((image) => ({ src: image.text('src'), href: image.text('href'), alt: image.text('alt') })),
    labels: { ...body.texts('labels'), routingKey: body.text('routingKey') },
    comments: body.list('comments').flatMap((comment) => {
      const content = comment.text('content')
      return content ? [{ creator: comment.text('creator') ?? 'Unknown', content }] : []
    }),
    payload: withoutKey(body),
  }
}

/** By iLert's word in either case. Throws `Unreadable` where it is none. */
export function ilertEventType(sent: string | null): EventType {
  const word = sent?.toUpperCase() ?? ''
  if (Object.hasOwn(TYPES, word)) return TYPES[word] as EventType
  throw new Unreadable('`eventType` must be ALERT, ACCEPT, RESOLVE or COMMENT.', 'eventType')
}

/** Some tools write a severity there. */
function priorityOf(body: Payload): Priority | null {
  const sent = body.text('priority')?.toUpperCase()
  return sent === 'HIGH' || sent === 'LOW' ? sent : null
}

function severityOf(body: Payload): Pick<ToolEvent, 'severity' | 'severityLevel'> {
  const sent = body.text('severity')
  return sent !== null && /^[1-5]$/.test(sent) ? { severityLevel: Number(sent) } : { severity: sent }
}

/** The integration key is a secret, and an incident is read by many. */
function withoutKey(body: Payload): Record<string, unknown> {
  const { apiKey: _a, integrationKey: _b, api_key: _c, ...rest } = body.value as Record<string, unknown>
  return rest
}
