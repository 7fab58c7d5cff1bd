import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

/**
 * The "Formatted Webhook" of Grafana OnCall (its manual: Inbound Webhook), which many tools speak: it is archived, and
 * those who used it have only an address to change.
 */
export const grafanaOncall: Tool = {
  id: 'grafana-oncall',
  otherIds: ['formatted-webhook', 'formatted_webhook'],
  name: 'Grafana OnCall format',
  category: 'other',
  keywords: ['oncall', 'amixr', 'formatted webhook', 'migration'],
  resolves: true,
  about: 'Tools that were made for Grafana OnCall’s formatted webhook, which only have to be given another address.',
  setup: ({ url }) => [
    {
      text: 'In each tool that reports to Grafana OnCall, replace the integration’s URL with this one. A `state` of `ok` with the same `alert_uid` resolves.',
      snippet: {
        language: 'shell',
        code: `curl -X POST '${url}' \\
  -H 'Content-Type: application/json' \\
  -d '{"alert_uid": "web-1/disk", "title": "Disk full on web-1", "state": "alerting", "message": "97 % used"}'`,
      },
    },
  ],
  read: (request) => ({ events: [readAlert(request.json())] }),
  sample: {
    body: JSON.stringify({
      alert_uid: '08d6891a-835c-e661-39fa-96b6a9e26552',
      title: 'The whole system is down',
      image_url: 'https://graphs.example.com/1.png',
      state: 'alerting',
      link_to_upstream_details: 'https://monitoring.example.com/1',
      message: 'No answer from any probe',
    }),
  },
}

function readAlert(payload: Payload): ToolEvent {
  const uid = payload.text('alert_uid')
  const title = payload.text('title')
  const message = payload.text('message')
  const state = payload.text('state')?.toLowerCase()
  if (!uid && !title && !message && !state)
    throw new Unreadable('Neither alert_uid nor title is there: this is not the format of Grafana OnCall.', 'title')
  return {
    type: state === 'ok' || state === 'resolved' ? 'RESOLVE' : 'ALERT',
    // Some send no uid, and titles that end in their state, such as Uptime Kuma.
    key: uid ?? title?.replace(/ is (down|up)$/i, '') ?? null,
    summary: title ?? message ?? uid ?? '',
    details: message,
    severity: payload.text('severity'),
    links: [{ href: payload.text('link_to_upstream_details'), text: 'Details' }],
    images: [{ src: payload.text('image_url') }],
  }
}
