import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

/** Graylog's words for its priorities, with the level each means to us. */
const PRIORITIES = new Map([
  [1, ['low', 4]],
  [2, ['normal', 3]],
  [3, ['high', 2]],
  [4, ['critical', 1]],
] as const)

/** Graylog's HTTP notification (its manual: Alerts, Notifications, HTTP): the event, its definition and a backlog. */
export const graylog: Tool = {
  id: 'graylog',
  name: 'Graylog',
  category: 'logs',
  keywords: ['gelf', 'syslog', 'event definition'],
  resolves: false,
  about: 'Event definitions of Graylog, by its HTTP notification. Graylog never says that a problem is over.',
  setup: ({ url }) => [
    {
      text: 'Under **Alerts**, **Notifications**, create an **HTTP Notification** with this URL. If Graylog restricts its addresses, allow it under **System**, **Configurations**, **URL Allowlist**.',
      snippet: { language: 'text', code: url, caption: 'URL' },
    },
    {
      text: 'Add the notification to an event definition. What its **Event Key** tells apart becomes separate incidents.',
    },
    { text: 'Set **Resolve by itself** at the alert source, or answer the incident by hand.' },
  ],
  read: (request) => ({ events: [readEvent(request.json())] }),
  sample: {
    body: JSON.stringify({
      event_definition_id: '671a28a03696bb3801a7a9f1',
      event_definition_type: 'aggregation-v1',
      event_definition_title: 'Many failed sign-ins',
      event_definition_description: 'More than 10 within a minute',
      event: {
        id: '01JB11TNPRN9F643SPPEKJTX1A',
        timestamp: '2026-01-15T09:30:00.000Z',
        message: 'Many failed sign-ins: jane - count()=12.0',
        key_tuple: ['jane'],
        key: 'jane',
        priority: 3,
        alert: true,
        fields: { username: 'jane' },
      },
      backlog: [],
    }),
  },
}

function readEvent(payload: Payload): ToolEvent {
  const event = payload.at('event')
  const title = payload.text('event_definition_title')
  const message = event.text('message')
  if (!title && !message)
    throw new Unreadable(
      'event_definition_title is missing: this is not what Graylog’s HTTP notification sends.',
      'event_definition_title',
    )
  const priority = PRIORITIES.get(event.number('priority') as 1)
  return {
    type: 'ALERT',
    key: [payload.text('event_definition_id') ?? title, keyOf(event)].filter(Boolean).join('/') || null,
    // Graylog begins the message with the title.
    summary: message && title && !message.startsWith(title) ? `${title}: ${message}` : (message ?? title ?? ''),
    details: payload.text('event_definition_description'),
    severity: priority?.[0] ?? null,
    severityLevel: priority?.[1] ?? null,
    labels: { ...event.texts('group_by_fields'), ...event.texts('fields') },
  }
}

function keyOf(event: Payload): string | null {
  const parts = event.list('key_tuple').map((part) => part.text() ?? '')
  const groups = Object.values(event.texts('group_by_fields'))
  return (parts.join('/') || event.text('key')) ?? (groups.join('/') || null)
}
