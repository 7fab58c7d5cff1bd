import type { Payload } from './payload.ts'
import { isSecret } from './signatures.ts'
import { type Reading, type Tool, Unreadable } from './tool.ts'

/** Cloudflare's docs, Notifications, "Webhook payload schema". What says how things stand differs by `alert_type`. */
const STATES = ['new_health_status', 'new_health', 'new_status', 'incident_status', 'status', 'state']
/** What an alert without a correlation id is about. */
const SUBJECTS = ['health_check_id', 'tunnel_id', 'pool_id', 'incident_id', 'attack_id', 'certificate_id', 'zone_tag']

export const cloudflare: Tool = {
  id: 'cloudflare',
  name: 'Cloudflare Notifications',
  category: 'cloud',
  keywords: ['cdn', 'dns', 'ddos', 'tunnel', 'workers', 'health check', 'load balancing'],
  resolves: true,
  about: 'Cloudflare’s own notifications, such as an unhealthy origin or an attack. Those with an end resolve.',
  setup: ({ url }) => [
    {
      text: 'Under **Notifications**, **Destinations**, create a **Webhook** with this URL. A secret entered there is sent with each notification; enter the same one at this alert source.',
      snippet: { language: 'text', code: url, caption: 'URL' },
    },
    {
      text: 'Add a notification for each type of alert that should open incidents, with the webhook as its destination.',
    },
  ],
  read: (request) => readNotification(request.json()),
  signature: {
    secretName: 'Secret',
    // Not a signature: the secret itself comes with each request.
    verify: (request, secret) => isSecret(request.header('cf-webhook-auth'), secret),
  },
  sample: {
    body: JSON.stringify({
      name: 'Origin unhealthy',
      text: 'The health check shop-origin is unhealthy.',
      data: { health_check_id: '023e105f4ecef8ad', health_check_name: 'shop-origin', new_status: 'Unhealthy' },
      ts: 1768469400,
      policy_id: '749b911ea5d04344a58e45edd099b328',
      policy_name: 'Origin unhealthy',
      alert_type: 'health_check_status_notification',
      alert_correlation_id: '000eaa907ed24e78946d3a93adb2ae57',
      alert_event: 'ALERT_STATE_EVENT_START',
    }),
  },
}

function readNotification(payload: Payload): Reading {
  const text = payload.text('text')
  const name = payload.firstText('policy_name', 'name')
  const type = payload.text('alert_type')
  const data = payload.at('data')
  if (!text && !name && !type)
    throw new Unreadable('text is missing: this is not what Cloudflare’s notifications send.', 'text')
  if (!name && !type && !data.isObject()) return { events: [], ignored: 'Cloudflare’s test of the webhook.' }
  const over = isOver(payload.text('alert_event'), data.firstText(...STATES) ?? data.text('episode', 'status'))
  const subject = data.firstText(...SUBJECTS)
  return {
    events: [
      {
        type: over ? 'RESOLVE' : 'ALERT',
        key:
          payload.text('alert_correlation_id') ??
          ([type ?? payload.text('policy_id'), subject].filter(Boolean).join('/') || null),
        summary: text ?? name ?? type ?? '',
        details: data.firstText('reason', 'message'),
        severity: data.firstText('severity', 'alert_priority_level', 'incident_impact'),
        links: [{ href: data.firstText('dashboard_link', 'rule_link'), text: 'Cloudflare' }],
        labels: { type, policy: name, zone: data.text('zone_name') },
      },
    ],
  }
}

/** `ALERT_STATE_EVENT_END`, `Healthy`, `TUNNEL_STATUS_TYPE_HEALTHY`, `INCIDENT_STATUS_RESOLVED` and the like. */
function isOver(event: string | null, state: string | null): boolean {
  if (event && /_(END|RESOLVED)$/i.test(event)) return true
  return state !== null && /^(.*_)?(healthy|resolved|ok)$/i.test(state)
}
