import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

/**
 * Kibana's rules have no body of their own: what its webhook connector sends is a template of ours, over the variables of
 * the manual's page "Rule action variables". The short template of that manual, which hands over whole objects
 * (`{"alert": {{{alert}}}, …}`), is understood too.
 */
const TEMPLATE = `{
  "alert": {
    "id": "{{alert.id}}",
    "uuid": "{{alert.uuid}}",
    "actionGroup": "{{alert.actionGroup}}",
    "actionGroupName": "{{alert.actionGroupName}}",
    "flapping": "{{alert.flapping}}"
  },
  "rule": {
    "id": "{{rule.id}}",
    "name": "{{rule.name}}",
    "type": "{{rule.type}}",
    "spaceId": "{{rule.spaceId}}",
    "tags": "{{rule.tags}}",
    "url": "{{rule.url}}"
  },
  "context": {
    "reason": "{{context.reason}}",
    "message": "{{context.message}}",
    "severity": "{{context.rule.severity}}",
    "alertDetailsUrl": "{{context.alertDetailsUrl}}",
    "viewInAppUrl": "{{context.viewInAppUrl}}"
  },
  "date": "{{date}}"
}`

export const elasticsearch: Tool = {
  id: 'elasticsearch',
  otherIds: ['kibana', 'elastic'],
  name: 'Elasticsearch and Kibana',
  category: 'logs',
  keywords: ['elastic', 'elk', 'observability', 'siem', 'security', 'detection', 'opensearch'],
  resolves: true,
  about:
    'Rules of Kibana, for Observability, Security and the stack itself. An alert that recovers resolves its incident.',
  setup: ({ url }) => [
    {
      text: 'In Kibana, create a **Webhook** connector with the method POST, no authentication, and the header `Content-Type: application/json`.',
      snippet: { language: 'text', code: url, caption: 'URL' },
    },
    {
      text: 'Add the connector as an action of a rule, for each alert and on status changes, with this body.',
      snippet: { language: 'json', code: TEMPLATE, caption: 'Body' },
    },
    {
      text: 'Add the same action once more and let it run when the alert is **Recovered**: without it, the rule never says that the problem is over.',
    },
  ],
  read: (request) => ({ events: [readAlert(request.json())] }),
  sample: {
    body: JSON.stringify({
      alert: { id: 'web-1', uuid: '5a2f7c10-2b6e-4f57-9d0a-3c1d8e4b9f21', actionGroup: 'threshold.fired' },
      rule: { id: '1f0c9a44', name: 'CPU above 90 %', tags: 'prod,web', url: 'https://kibana.example.com/app/rules/1' },
      context: { reason: 'CPU is at 97 % on web-1. Alert when above 90 %.', severity: '' },
      date: '2026-01-15T09:30:00.000Z',
    }),
  },
}

function readAlert(payload: Payload): ToolEvent {
  const alert = payload.at('alert')
  const rule = payload.at('rule')
  const context = payload.at('context')
  const name = rule.text('name') ?? context.text('rule', 'name')
  const id = alert.text('uuid') ?? joined(rule.text('id'), alert.text('id'))
  if (!name && !id)
    throw new Unreadable('rule.name is missing: give the connector’s action the body of the set-up steps.', 'rule.name')
  const recovered = isRecovered(alert, context)
  const reason = context.text('reason') ?? context.text('message') ?? context.text('title')
  return {
    type: recovered ? 'RESOLVE' : 'ALERT',
    key: id,
    summary: [name ?? id, recovered ? null : reason].filter(Boolean).join(': '),
    details: reason,
    severity:
      context.text('rule', 'severity') ??
      context.text('severity') ??
      context.text('alerts', 0, 'kibana.alert.severity') ??
      payload.text('severity'),
    links: [
      { href: context.text('alertDetailsUrl'), text: 'Alert' },
      { href: context.text('viewInAppUrl') ?? context.text('results_link'), text: 'View in Kibana' },
      { href: rule.text('url'), text: 'Rule' },
    ],
    labels: {
      rule: name,
      alert: alert.text('id'),
      space: rule.text('spaceId'),
      tags: rule.text('tags') ?? tagsOf(rule),
    },
  }
}

/** The group that an alert falls back to is `recovered` with nearly all rule types; a few have one of their own name. */
function isRecovered(alert: Payload, context: Payload): boolean {
  const group = alert.text('actionGroup') ?? alert.text('actionGroupName')
  if (group) return /^(recovered|resolved|ok)$|recovered$/i.test(group)
  return /^(ok|recovered)$/i.test(context.text('alertState') ?? '')
}

function joined(...parts: (string | null)[]): string | null {
  return parts.filter(Boolean).join('/') || null
}

function tagsOf(rule: Payload): string {
  return rule
    .list('tags')
    .flatMap((tag) => tag.text() ?? [])
    .join(',')
}
