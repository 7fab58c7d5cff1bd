import type { EventType } from '../event.ts'
import { Payload } from './payload.ts'
import { type Reading, type Tool, type ToolRequest, Unreadable } from './tool.ts'
import { parseJson } from './tool-request.ts'

/** PRTG's placeholders, each in a field of its name. The message comes last, for it is the one that may hold anything. */
const FIELDS = [
  'sensorid',
  'sensor',
  'device',
  'group',
  'probe',
  'host',
  'status',
  'laststatus',
  'priority',
  'lastvalue',
  'datetime',
  'linksensor',
  'message',
]

/** PRTG's "Execute HTTP Action", with the payload that we publish. */
export const prtg: Tool = {
  id: 'prtg',
  name: 'PRTG Network Monitor',
  category: 'infrastructure',
  keywords: ['prtg', 'paessler', 'snmp', 'network'],
  resolves: true,
  about: 'Sensors that go down or warn, resolved when PRTG says that it ended.',
  setup: ({ url }) => [
    {
      text: 'In PRTG, open **Setup → Account Settings → Notification Templates → Add Notification Template**, turn on **Execute HTTP Action**, choose **POST** and paste this address.',
      snippet: { language: 'text', caption: 'URL', code: url },
    },
    {
      text: 'Paste this as **Payload**, in one line: PRTG cuts it at a line break.',
      snippet: {
        language: 'json',
        caption: 'Payload',
        code: `{${FIELDS.map((name) => `"${name}":"%${name}"`).join(',')}}`,
      },
    },
    {
      text: 'At the **Root** group, open **Notification Triggers** and add a **State Trigger** for **Down** with this template, also for **When sensor leaves the state**, or incidents stay open. Let it repeat every five minutes: PRTG does not try again when it can’t reach us.',
    },
  ],
  read,
  sample: {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: JSON.stringify({
      sensorid: '2043',
      sensor: 'Ping',
      device: 'db-1',
      group: 'Databases',
      probe: 'Local Probe',
      host: '192.0.2.31',
      status: 'Down',
      laststatus: 'Up',
      priority: '4',
      lastvalue: '0 msec',
      datetime: '1/5/2026 10:00:00 AM',
      linksensor: 'https://prtg.example.com/sensor.htm?id=2043',
      message: 'Request timed out (ICMP error # 11010)',
    }),
  },
}

function read(request: ToolRequest): Reading {
  const body = payloadOf(request)
  // PRTG replaces nothing in the test of a template.
  if (FIELDS.some((name) => body.text(name) === `%${name}`))
    return { events: [], ignored: 'The test of a notification template: PRTG leaves its placeholders as they are.' }
  const status = body.required('status')
  const id = body.firstText('sensorid', 'sensorId')
  const sensor = body.firstText('sensor', 'name')
  const device = body.text('device')
  const place = [device, sensor].filter((part) => part !== null).join(' / ')
  if (!id && !place) throw new Unreadable('`sensorid` is missing.', 'sensorid')
  const type = typeOf(status)
  if (type === null) return { events: [], ignored: `The sensor is ${status.slice(0, 40)}: nobody watches it now.` }
  const message = body.firstText('message', 'lastmessage')
  return {
    events: [
      {
        type,
        key: id ?? place,
        summary: `${place || `Sensor ${id}`}: ${status}${message ? ` – ${message}` : ''}`,
        details: [message, body.text('lastvalue') && `Last value: ${body.text('lastvalue')}`]
          .filter((line) => line)
          .join('\n'),
        // Not by its stars: these say how important the sensor is, not how bad its state.
        severity: /^(down|warning|unusual)\b/i.exec(status)?.[0] ?? null,
        links: [{ href: body.text('linksensor'), text: 'Sensor' }],
        labels: {
          device,
          sensor,
          group: body.text('group'),
          probe: body.text('probe'),
          address: body.text('host'),
          priority: body.text('priority'),
        },
        payload: body.value,
      },
    ],
  }
}

/** PRTG's words: "Down", "Warning", "Unusual", "Down (Acknowledged)", "Down ended (now: Up)", "Up", "Paused (by user)". */
function typeOf(status: string): EventType | null {
  const word = status.toLowerCase()
  if (/\bended\b/.test(word) || /^up\b/.test(word)) return 'RESOLVE'
  if (word.includes('acknowledged')) return 'ACCEPT'
  return word.startsWith('paused') ? null : 'ALERT'
}

/** PRTG calls everything a form: JSON as it is, JSON that is encoded as a whole, or fields. */
function payloadOf(request: ToolRequest): Payload {
  const text = request.body.trim()
  if (text.startsWith('{')) return tolerantJson(text)
  if (/^%7b/i.test(text)) return tolerantJson(decoded(text))
  const form = request.form()
  if (form.names().length > 0) return form
  throw new Unreadable('The body must be the payload of this source’s set-up, in one line.')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new Unreadable('The body is not encoded as PRTG encodes it.')
  }
}

/** A message may hold quotes, which PRTG does not escape: then the fields are told apart by what stands between them. */
function tolerantJson(text: string): Payload {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const pairs = text
      .replace(/^\{\s*"/, '')
      .replace(/"\s*\}$/, '')
      .split('","', 2 * FIELDS.length)
    const fields = pairs.flatMap((pair): [string, string][] => {
      const [name, value] = [pair.slice(0, pair.indexOf('":"')), pair.slice(pair.indexOf('":"') + 3)]
      return FIELDS.includes(name) ? [[name, value]] : []
    })
    if (fields.length === 0) throw error
    return new Payload(Object.fromEntries(fields))
  }
}
