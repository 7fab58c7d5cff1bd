import type { EventType } from '../event.ts'
import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import type { Reading, Tool } from './tool.ts'

export const pingdom: Tool = {
  id: 'pingdom',
  name: 'Pingdom',
  category: 'uptime',
  keywords: ['solarwinds', 'uptime', 'transaction check'],
  resolves: true,
  about: 'Uptime and transaction checks of Pingdom that fail, and their recovery.',
  setup: ({ url }) => [
    {
      text: 'In Pingdom open **Settings → Integrations → Add integration**, choose **Webhook** and enter this URL.',
      snippet: { language: 'text', code: url },
    },
    { text: 'Open each check that shall report here and tick the integration under **Connect integrations**.' },
    {
      text: 'A check whose **importance** is low asks for an incident of low priority, where the alert source lets events choose.',
    },
  ],
  read: (request) => readCheck(request.json()),
  sample: {
    body: JSON.stringify({
      check_id: 803318,
      check_name: 'Shop',
      check_type: 'HTTP',
      check_params: { url: '/', encryption: true, hostname: 'shop.example.com', full_url: 'https://shop.example.com/' },
      tags: ['shop'],
      previous_state: 'UP',
      current_state: 'DOWN',
      importance_level: 'HIGH',
      state_changed_timestamp: 1767607200,
      state_changed_utc_time: '2026-01-05T10:00:00',
      description: 'HTTP Error 503',
      long_description: 'HTTP Server Error 503 Service Unavailable',
      first_probe: { ip: '192.0.2.1', ipv6: '', location: 'Strasbourg 5, France' },
      second_probe: { ip: '192.0.2.2', ipv6: '', location: 'Stockholm 2, Sweden' },
      version: 1,
    }),
  },
}

/** UP and DOWN are said of uptime checks, SUCCESS and FAILING of transaction checks: "Webhooks" of Pingdom's documentation. */
const TYPES = new Map<string, EventType>([
  ['DOWN', 'ALERT'],
  ['FAILING', 'ALERT'],
  ['UP', 'RESOLVE'],
  ['SUCCESS', 'RESOLVE'],
])

function readCheck(payload: Payload): Reading {
  const state = payload.required('current_state').toUpperCase()
  const type = TYPES.get(state)
  if (!type) return { events: [], ignored: `Pingdom: a check is ${state}, neither up nor down` }
  const id = payload.required('check_id')
  const name = payload.text('check_name') ?? `Check ${id}`
  const description = payload.firstText('description', 'long_description')
  const importance = payload.text('importance_level')
  return {
    events: [
      {
        type,
        key: id,
        summary: type === 'RESOLVE' ? `${name} is up` : `${name} is down${description ? `: ${description}` : ''}`,
        details: paragraphs(payload.text('long_description'), payload.text('custom_message')),
        severity: importance,
        priority: importance?.toUpperCase() === 'LOW' ? 'LOW' : null,
        links: presentLinks({
          Pingdom: `https://my.pingdom.com/reports/uptime#check=${encodeURIComponent(id.toWellFormed())}`,
          [name]: payload.text('check_params', 'full_url'),
        }),
        labels: presentLabels({
          check: name,
          type: payload.text('check_type'),
          host: payload.text('check_params', 'hostname'),
          probe: payload.text('first_probe', 'location'),
          tags: payload
            .list('tags')
            .flatMap((tag) => tag.text() ?? [])
            .join(', '),
        }),
        payload: payload.value,
      },
    ],
  }
}
