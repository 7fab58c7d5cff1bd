import { presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { renderedJson } from './rendered-json.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

/**
 * AppDynamics sends what the customer's template says. Variables as in "Predefined templating variables" of its
 * documentation.
 */
const VARIABLES = {
  event_type: 'latestEvent.eventType',
  event_id: 'latestEvent.id',
  event_guid: 'latestEvent.guid',
  incident_id: 'latestEvent.incident.id',
  severity: 'latestEvent.severity',
  name: 'latestEvent.displayName',
  summary: 'latestEvent.summaryMessage',
  health_rule: 'latestEvent.healthRule.name',
  application: 'latestEvent.application.name',
  tier: 'latestEvent.tier.name',
  node: 'latestEvent.node.name',
  policy: 'policy.name',
  link: 'latestEvent.deepLink',
}

const TEMPLATE = Object.fromEntries(Object.entries(VARIABLES).map(([name, variable]) => [name, `\${${variable}}`]))

export const appDynamics: Tool = {
  id: 'appdynamics',
  name: 'AppDynamics',
  category: 'metrics',
  keywords: ['apm', 'cisco', 'splunk', 'health rule'],
  resolves: true,
  about: 'Violations of AppDynamics’ health rules, until they end, and other events of a policy.',
  setup: ({ url }) => [
    {
      text: 'In AppDynamics open **Alert & Respond → HTTP Request Templates → New**. Choose the method **POST** and enter this raw URL.',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Choose the MIME type `application/json` and paste this **payload**. Switch **One request per event** on, or only the last of several events arrives.',
      snippet: { language: 'json', code: JSON.stringify(TEMPLATE, null, 2) },
    },
    {
      text: 'Use the template in an action of a policy. Let the policy fire when a violation **starts, changes, ends and is canceled**, so that incidents are resolved too.',
    },
  ],
  read: (request) => ({ events: [readEvent(renderedJson(request))] }),
  sample: {
    body: JSON.stringify({
      ...TEMPLATE,
      event_type: 'POLICY_OPEN_CRITICAL',
      event_id: '5414207',
      event_guid: '0c5b7b3c-2b1a-4a59-8f53-0d6f2a1b7c11',
      incident_id: '65312',
      severity: 'ERROR',
      name: 'Health Rule Violation Started - Critical',
      summary: 'Average response time of checkout is above 2,000 ms.',
      health_rule: 'Response time of checkout',
      application: 'Shop',
      tier: 'web',
      node: 'web-1',
      policy: 'Tocsin',
      link: 'https://shop.saas.appdynamics.com/#location=APP_INCIDENT_DETAIL&incident=65312',
    }),
  },
}

function readEvent(payload: Payload): ToolEvent {
  const eventType = field(payload, 'event_type')
  if (!eventType) throw new Unreadable('event_type is missing. Paste the payload that Tocsin shows.', 'event_type')
  const rule = field(payload, 'health_rule', 'health_rule_name')
  const application = field(payload, 'application', 'app_name')
  const node = field(payload, 'node', 'node_name')
  const name = field(payload, 'name', 'event_name')
  const subject = rule ?? name ?? eventType
  const where = node ?? field(payload, 'tier', 'tier_name') ?? application
  return {
    type: isOver(eventType) ? 'RESOLVE' : 'ALERT',
    // An event's own id is another one at the end of the same violation.
    key:
      field(payload, 'incident_id') ??
      (rule ? [application, rule, where].join(' ') : field(payload, 'event_guid', 'event_id')),
    summary: where ? `${subject} on ${where}` : subject,
    details: field(payload, 'summary', 'event_message'),
    severity: severityOf(eventType, field(payload, 'severity')),
    links: presentLinks({ AppDynamics: field(payload, 'link', 'event_deep_link') }),
    labels: presentLabels({
      application,
      tier: field(payload, 'tier', 'tier_name'),
      node,
      health_rule: rule,
      policy: field(payload, 'policy'),
      event_type: eventType,
    }),
    payload: payload.value,
  }
}

/** `POLICY_CLOSE_CRITICAL`, `POLICY_CANCELED_WARNING`, `ANOMALY_CLOSE_WARNING`, `EUM_CLOUD_SYNTHETIC_HEALTHY_EVENT` … */
function isOver(eventType: string): boolean {
  return /_(CLOSE|CANCELED|HEALTHY)(_|$)/i.test(eventType)
}

/** AppDynamics says ERROR of a critical violation and WARN of a warning; the type says it in the better word. */
function severityOf(eventType: string, severity: string | null): string | null {
  return /_(CRITICAL|WARNING)$/i.exec(eventType)?.[1] ?? severity
}

/** A variable that has no value for an event arrives as it stands in the template. */
function field(payload: Payload, ...names: string[]): string | null {
  for (const name of names) {
    const text = payload.text(name)
    if (text !== null && !/^\$!?\{[\w.]+\}$/.test(text)) return text
  }
  return null
}
