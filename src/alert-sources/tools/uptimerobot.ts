import type { EventType } from '../event.ts'
import { presentLabels, presentLinks } from './event-parts.ts'
import { Payload } from './payload.ts'
import { renderedJson } from './rendered-json.ts'
import { type Tool, type ToolEvent, type ToolRequest, Unreadable } from './tool.ts'

/** Variables as UptimeRobot lists them beside the form of its webhooks. */
const TEMPLATE = {
  monitorID: '*monitorID*',
  monitorURL: '*monitorURL*',
  monitorFriendlyName: '*monitorFriendlyName*',
  alertType: '*alertType*',
  alertTypeFriendlyName: '*alertTypeFriendlyName*',
  alertDetails: '*alertDetails*',
  alertDuration: '*alertDuration*',
  alertDateTime: '*alertDateTime*',
  sslExpiryDate: '*sslExpiryDate*',
  sslExpiryDaysLeft: '*sslExpiryDaysLeft*',
}

export const uptimeRobot: Tool = {
  id: 'uptimerobot',
  otherIds: ['uptime-robot'],
  name: 'UptimeRobot',
  category: 'uptime',
  keywords: ['uptime', 'ssl', 'ping'],
  resolves: true,
  // All of it may be in the query.
  acceptsGet: true,
  about: 'Monitors of UptimeRobot that go down and come back, and certificates that are about to expire.',
  setup: ({ url }) => [
    {
      text: 'In UptimeRobot open **Integrations & API → Webhook → Add**. As the URL to notify enter this one with the question mark at its end; UptimeRobot appends what happened as its query.',
      snippet: { language: 'text', code: `${url}?` },
    },
    {
      text: 'Or enter the address without the question mark, paste this as the **POST value** and tick **Send as JSON**.',
      snippet: { language: 'json', code: JSON.stringify(TEMPLATE, null, 2) },
    },
    { text: 'Enable notifications for **up and down events**, and assign the integration to your monitors.' },
  ],
  read: (request) => ({ events: [readEvent(fieldsOf(request))] }),
  sample: {
    body: '',
    query: {
      monitorID: '784350743',
      monitorURL: 'https://shop.example.com/',
      monitorFriendlyName: 'Shop',
      alertType: '1',
      alertTypeFriendlyName: 'Down',
      alertDetails: 'HTTP 502 - Bad Gateway',
      alertDateTime: '1767607200',
    },
  },
}

/** From the query, a form or JSON, whichever the customer chose; a variable that has no value arrives as `*itsName*`. */
function fieldsOf(request: ToolRequest): Payload {
  const body = /^\s*\{/.test(request.body) ? renderedJson(request) : request.form()
  const fields = Object.entries({ ...request.query.texts(), ...body.texts() })
  return new Payload(Object.fromEntries(fields.filter(([, value]) => !/^\*\w+\*$/.test(value))))
}

function readEvent(fields: Payload): ToolEvent {
  const type = typeOf(fields)
  const url = fields.text('monitorURL')
  const id = fields.text('monitorID')
  const name = fields.text('monitorFriendlyName') ?? url ?? 'A monitor'
  const details = fields.text('alertDetails')
  return {
    type,
    key: id ?? url ?? fields.text('monitorFriendlyName'),
    summary: summaryOf(fields, type, name),
    details,
    severity: type === 'ALERT' ? fields.text('alertTypeFriendlyName') : null,
    links: presentLinks({
      UptimeRobot: id && /^\d+$/.test(id) ? `https://dashboard.uptimerobot.com/monitors/${id}` : null,
      [name]: url,
    }),
    labels: presentLabels({ monitor: name, url }),
    payload: fields.value,
  }
}

/** 1: down, 2: up, 3: a certificate or domain expires, which never says that it was renewed. */
function typeOf(fields: Payload): EventType {
  const word = fields.text('alertTypeFriendlyName')?.toLowerCase()
  const type = fields.text('alertType')
  if (type === null && !word)
    throw new Unreadable(
      'alertType is missing. End the address with a question mark, or send the POST value as JSON.',
      'alertType',
    )
  return type === '2' || (type === null && word === 'up') ? 'RESOLVE' : 'ALERT'
}

function summaryOf(fields: Payload, type: EventType, name: string): string {
  if (type === 'RESOLVE') return `${name} is up`
  const what = fields.text('alertType') === '3' ? (fields.text('alertTypeFriendlyName') ?? 'expiry') : 'is down'
  const details = fields.text('alertDetails')
  return `${name}${what === 'is down' ? '' : ':'} ${what}${details ? `: ${details}` : ''}`
}
