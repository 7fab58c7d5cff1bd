import type { EventType } from '../event.ts'
import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import type { Reading, Tool } from './tool.ts'

export const betterStack: Tool = {
  id: 'better-stack',
  otherIds: ['betterstack', 'better-uptime', 'betteruptime'],
  name: 'Better Stack',
  category: 'uptime',
  keywords: ['better uptime', 'uptime', 'heartbeat'],
  resolves: true,
  about: 'Incidents of Better Stack (Better Uptime): started, acknowledged and resolved there, they are so here.',
  setup: ({ url }) => [
    {
      text: 'In Better Stack open **Uptime → Integrations → Exporting data → Outgoing webhooks**, choose **Incident** and enter this webhook URL.',
      snippet: { language: 'text', code: url },
    },
    { text: 'Let it be sent when an incident is **started, acknowledged and resolved**.' },
  ],
  read: (request) => readIncident(request.json()),
  sample: {
    body: JSON.stringify({
      event: 'started',
      data: {
        id: '25',
        type: 'incident',
        attributes: {
          name: 'Shop',
          url: 'https://shop.example.com',
          http_method: 'get',
          cause: 'Status 503',
          started_at: '2026-01-05T10:00:00.000Z',
          acknowledged_at: null,
          resolved_at: null,
          response_content: null,
          response_url: null,
          screenshot_url: null,
        },
        relationships: { monitor: { data: { id: '4', type: 'monitor' } } },
      },
    }),
  },
}

/** "Outgoing webhooks" and, for the attributes, "Incidents API: response attributes" of Better Stack's documentation. */
function readIncident(payload: Payload): Reading {
  const data = payload.at('data')
  const kind = payload.required('data', 'type')
  if (kind !== 'incident') return { events: [], ignored: `Better Stack: a webhook about a ${kind} is no alert` }
  const id = payload.required('data', 'id')
  const incident = data.at('attributes')
  const name = incident.text('name') ?? incident.text('url') ?? `Incident ${id}`
  const cause = incident.text('cause')
  const screenshot = incident.text('screenshot_url')
  return {
    events: [
      {
        type: typeOf(payload),
        key: id,
        summary: cause ? `${name}: ${cause}` : name,
        details: paragraphs(incident.text('response_content')),
        links: presentLinks({
          // Team 0 stands for whichever team the reader is in.
          'Better Stack': /^\d+$/.test(id) ? `https://uptime.betterstack.com/team/0/incidents/${id}` : null,
          [name]: incident.text('url'),
          Response: incident.text('response_url'),
        }),
        images: screenshot ? [{ src: screenshot, alt: 'Screenshot' }] : [],
        labels: presentLabels({
          monitor: data.text('relationships', 'monitor', 'data', 'id'),
          heartbeat: data.text('relationships', 'heartbeat', 'data', 'id'),
          team: incident.text('team_name'),
        }),
        payload: payload.value,
      },
    ],
  }
}

/** `event` says it; where it is not sent, or is one that came later, the incident's own dates do. */
function typeOf(payload: Payload): EventType {
  const incident = payload.at('data', 'attributes')
  switch (payload.text('event')?.toLowerCase()) {
    case 'started':
      return 'ALERT'
    case 'acknowledged':
      return 'ACCEPT'
    case 'resolved':
      return 'RESOLVE'
    default:
      if (incident.text('resolved_at')) return 'RESOLVE'
      return incident.text('acknowledged_at') ? 'ACCEPT' : 'ALERT'
  }
}
