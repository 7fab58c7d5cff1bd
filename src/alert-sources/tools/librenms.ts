import type { EventType } from '../event.ts'
import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, type ToolRequest, Unreadable } from './tool.ts'

/** LibreNMS' manual, Alerting, "Templates": `state` is 0 over, 1 new, 2 acknowledged, 3 worse, 4 better, 5 changed. */
const STATES = new Map<string, EventType>([
  ['0', 'RESOLVE'],
  ['1', 'ALERT'],
  ['2', 'ACCEPT'],
  ['3', 'ALERT'],
  ['4', 'ALERT'],
  ['5', 'ALERT'],
])
const EVENT_TYPES: EventType[] = ['ALERT', 'ACCEPT', 'RESOLVE', 'COMMENT']

/**
 * By LibreNMS' "API" transport. It escapes what it fills into options and nothing in a body, so the fields are options and
 * the body is the text of the alert alone. The JSON of its ilert transport, which knows one host only, is read too: for
 * those who lead that host here.
 */
export const librenms: Tool = {
  id: 'librenms',
  name: 'LibreNMS',
  category: 'infrastructure',
  keywords: ['snmp', 'network', 'observium'],
  resolves: true,
  about: 'Alert rules of LibreNMS. Recovery resolves, and an acknowledgement there accepts the incident.',
  setup: ({ url }) => [
    {
      text: 'Under **Alerts**, **Alert Transports**, create a transport of the type **API** with the method POST and this URL.',
      snippet: { language: 'text', code: url, caption: 'API URL' },
    },
    {
      text: 'Enter these options.',
      snippet: {
        language: 'ini',
        code: 'alert_id={{ $alert_id }}\nstate={{ $state }}\ntitle={{ $title }}\nseverity={{ $severity }}\nrule={{ $name }}\nhostname={{ $hostname }}',
        caption: 'Options',
      },
    },
    {
      text: 'The body is the text of the alert. Then choose the transport in the alert rules.',
      snippet: { language: 'text', code: '{{ $msg }}', caption: 'Body' },
    },
  ],
  read: (request) => ({ events: [readFields(request) ?? readIlertEvent(request.json())] }),
  sample: {
    body: 'Severity: critical\nRule: Device down\nFaults: #1 sysName = switch-3.example.com',
    headers: { 'content-type': 'text/plain' },
    query: {
      alert_id: '42',
      state: '1',
      title: 'Alert for device switch-3.example.com - Device down',
      severity: 'critical',
      rule: 'Device down',
      hostname: 'switch-3.example.com',
    },
  },
}

function readFields({ query, body }: ToolRequest): ToolEvent | null {
  const state = query.text('state')
  if (!state && !query.text('title')) return null
  const type = STATES.get(state ?? '')
  if (!type) throw new Unreadable('state is missing or not one of 0 to 5: check the transport’s options.', 'state')
  return {
    type,
    key: query.text('alert_id'),
    summary: query.text('title') ?? query.text('rule') ?? 'An alert of LibreNMS',
    details: body,
    severity: query.text('severity'),
    labels: { hostname: query.text('hostname'), rule: query.text('rule') },
    payload: query.value,
  }
}

function readIlertEvent(payload: Payload): ToolEvent {
  const type = EVENT_TYPES.find((name) => name === payload.text('eventType'))
  if (!type) throw new Unreadable('state is missing: enter the options of the set-up steps in the transport.', 'state')
  return {
    type,
    key: payload.text('alertKey'),
    summary: payload.text('summary') ?? 'An alert of LibreNMS',
    details: payload.text('details'),
    priority: payload.text('priority') === 'LOW' ? 'LOW' : payload.text('priority') === 'HIGH' ? 'HIGH' : null,
    links: payload.list('links').map((link) => ({ href: link.text('href'), text: link.text('text') })),
    images: payload
      .list('images')
      .map((image) => ({ src: image.text('src'), href: image.text('href'), alt: image.text('alt') })),
  }
}
