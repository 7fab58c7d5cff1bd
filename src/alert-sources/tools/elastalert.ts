import type { Payload } from './payload.ts'
import { type Tool, type ToolRequest, Unreadable } from './tool.ts'

/**
 * ElastAlert 2's alerter "HTTP POST 2" (its manual: alerts, HTTP POST 2) posts the matched document as it is. What it does
 * not hold, the rule's name and what the matches have in common, comes from the rule's payload or the address.
 */
export const elastalert: Tool = {
  id: 'elastalert',
  otherIds: ['elastalert2'],
  name: 'ElastAlert 2',
  category: 'logs',
  keywords: ['elasticsearch', 'opensearch', 'yelp', 'http_post2'],
  resolves: false,
  about: 'Rules over Elasticsearch or OpenSearch. A match opens an incident; ElastAlert never says that it is over.',
  setup: ({ url }) => [
    {
      text: 'Add this to the rule. Matches with the same `alert_key` belong to one incident; without it, all of a rule do.',
      snippet: {
        language: 'yaml',
        code: `alert:
  - post2
http_post2_url: "${url}"
http_post2_all_values: true
http_post2_payload:
  rule_name: "Checkout errors"
  alert_key: "{{ service.name }}"
  severity: "critical"`,
      },
    },
    {
      text: 'ElastAlert does not report the end of a problem: set **Resolve by itself** at the alert source, or answer the incident by hand.',
    },
  ],
  read: (request) => ({ events: [readMatch(request, request.json())] }),
  sample: {
    body: JSON.stringify({
      '@timestamp': '2026-01-15T09:30:00.000Z',
      message: 'Could not reach the payment provider',
      level: 'ERROR',
      num_hits: 57,
      num_matches: 1,
      service: { name: 'checkout' },
      rule_name: 'Checkout errors',
      alert_key: 'checkout',
    }),
  },
}

function readMatch({ query }: ToolRequest, payload: Payload) {
  if (!payload.isObject()) throw new Unreadable('The body must be one JSON object: the match.')
  const rule = payload.text('rule_name')
  const message =
    payload.firstText('alert_text', 'summary', 'message') ??
    payload.text('error', 'message') ??
    payload.text('event', 'original')
  const host = payload.text('host', 'name') ?? payload.firstText('host', 'hostname')
  return {
    type: 'ALERT' as const,
    key: query.text('key') ?? payload.firstText('alert_key', 'rule_name'),
    summary: [rule, message].filter(Boolean).join(': ') || 'A match of ElastAlert',
    details: message,
    severity: payload.firstText('severity', 'priority', 'level') ?? payload.text('log', 'level'),
    labels: { rule, host },
    payload: payload.value,
  }
}
