import { presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { renderedJson } from './rendered-json.ts'
import type { Tool, ToolEvent } from './tool.ts'

/**
 * Datadog sends what the customer's template says, so this is ours to give out. Variables as in "Webhooks" of Datadog's
 * documentation.
 */
const TEMPLATE = {
  alert_id: '$ALERT_ID',
  alert_cycle_key: '$ALERT_CYCLE_KEY',
  aggreg_key: '$AGGREG_KEY',
  transition: '$ALERT_TRANSITION',
  type: '$ALERT_TYPE',
  priority: '$ALERT_PRIORITY',
  title: '$EVENT_TITLE',
  alert_title: '$ALERT_TITLE',
  body: '$TEXT_ONLY_MSG',
  scope: '$ALERT_SCOPE',
  metric: '$ALERT_METRIC',
  query: '$ALERT_QUERY',
  tags: '$TAGS',
  host: '$HOSTNAME',
  date: '$DATE',
  last_updated: '$LAST_UPDATED',
  id: '$ID',
  link: '$LINK',
  snapshot: '$SNAPSHOT',
  org: '$ORG_ID',
}

export const datadog: Tool = {
  id: 'datadog',
  name: 'Datadog',
  category: 'metrics',
  keywords: ['monitor', 'apm', 'synthetics'],
  resolves: true,
  about: 'Monitors of Datadog open an incident for each group that triggers, and resolve it when the group recovers.',
  setup: ({ url }) => [
    {
      text: 'In Datadog open **Integrations → Webhooks → New** and name the webhook `tocsin`. As its URL enter:',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Replace the **Payload** by this one and leave **Encode as form** off. Datadog’s own payload names neither the alert nor its end, so with that one incidents stay open.',
      snippet: { language: 'json', code: JSON.stringify(TEMPLATE, null, 2), caption: 'Payload' },
    },
    {
      text: 'Mention the webhook in the message of each monitor that shall report here, outside of any `{{#is_alert}}` block, so that the recovery is sent too.',
      snippet: { language: 'text', code: '@webhook-tocsin' },
    },
    {
      text: 'Or create the webhook with Terraform, and mention it in the same way.',
      snippet: {
        language: 'hcl',
        code: `resource "datadog_webhook" "tocsin" {
  name      = "tocsin"
  url       = "${url}"
  encode_as = "json"
  payload   = jsonencode({
${Object.entries(TEMPLATE)
  .map(([name, variable]) => `    ${name} = "${variable}"`)
  .join('\n')}
  })
}`,
      },
    },
  ],
  read: (request) => {
    const form = request.form()
    return { events: [readEvent(form.names().length > 0 ? form : renderedJson(request))] }
  },
  sample: {
    body: JSON.stringify({
      ...TEMPLATE,
      alert_id: '91234567',
      alert_cycle_key: '8123456789012345678',
      aggreg_key: '9bd4ac313a4d1e8fae2482df7b77628',
      transition: 'Triggered',
      type: 'error',
      priority: 'P1',
      title: '[P1] [Triggered] CPU load on host:web-1',
      alert_title: 'CPU load on host:web-1',
      body: 'CPU load is high.',
      scope: 'env:prod,host:web-1',
      metric: 'system.load.1',
      query: 'avg(last_5m):avg:system.load.1{env:prod} by {host} > 4',
      tags: 'env:prod, host:web-1, monitor, team:platform',
      host: 'web-1',
      date: '1767607460000',
      last_updated: '1767607460000',
      id: '7298765432109876543',
      link: 'https://app.datadoghq.com/event/event?id=7298765432109876543',
      snapshot: 'null',
      org: '123456',
    }),
  },
}

function readEvent(payload: Payload): ToolEvent {
  const title = field(payload, 'title', 'alert_title')
  const link = field(payload, 'link')
  const snapshot = field(payload, 'snapshot')
  return {
    type: isRecovered(field(payload, 'transition', 'alert_transition'), title) ? 'RESOLVE' : 'ALERT',
    key: keyOf(payload),
    summary: title ?? 'An event of Datadog without a title',
    details: field(payload, 'body')?.replaceAll('%%%', '') ?? null,
    severity: severityOf(payload),
    links: presentLinks({ Datadog: link }),
    images: snapshot ? [{ src: snapshot, alt: 'Snapshot', ...(link && { href: link }) }] : [],
    labels: labelsOf(payload),
    payload: payload.value,
  }
}

/** Without our template only the title says it: "[Recovered on {host:web-1}] CPU load". */
function isRecovered(transition: string | null, title: string | null): boolean {
  if (transition) return transition.toLowerCase() === 'recovered'
  return /^(\[P[1-5]\] ?)?\[Recovered\b/i.test(title ?? '')
}

/** The cycle key spans an alert from its trigger to its recovery; the alert's id alone would merge a monitor's groups. */
function keyOf(payload: Payload): string | null {
  const alert = field(payload, 'alert_id')
  const scope = field(payload, 'scope')
  return (
    field(payload, 'alert_cycle_key', 'aggreg_key') ??
    (alert && scope ? `${alert} ${scope}` : (alert ?? field(payload, 'id')))
  )
}

/** The priority is the monitor's, where it has one ("normal" is not one); the type says how bad this event is. */
function severityOf(payload: Payload): string | null {
  const priority = field(payload, 'priority', 'alert_priority')
  return priority && /^P[1-5]$/i.test(priority) ? priority : field(payload, 'type', 'alert_type')
}

function labelsOf(payload: Payload): Record<string, string> {
  const tags = (field(payload, 'tags') ?? '').split(',').flatMap((tag): [string, string][] => {
    const [, name, value] = /^\s*([^:\s][^:]*):(.+)$/.exec(tag) ?? []
    return name && value ? [[name.trim(), value.trim()]] : []
  })
  return {
    ...Object.fromEntries(tags),
    ...presentLabels({
      scope: field(payload, 'scope'),
      metric: field(payload, 'metric'),
      host: field(payload, 'host'),
    }),
  }
}

/** A variable that has no value for an event arrives as it stands in the template; a snapshot that is none as "null". */
function field(payload: Payload, ...names: string[]): string | null {
  for (const name of names) {
    const text = payload.text(name)
    if (text !== null && text !== 'null' && !/^\$\{?[A-Z][A-Z0-9_]*\}?$/.test(text)) return text
  }
  return null
}
