import type { EventType } from '../event.ts'
import { paragraphs } from './event-parts.ts'
import { Payload } from './payload.ts'
import { type Reading, type Tool, type ToolRequest, Unreadable } from './tool.ts'
import { parseJson } from './tool-request.ts'

/** `heartbeat.status`. Pending and maintenance say nothing new. */
const STATES = new Map<string, EventType | null>([
  ['0', 'ALERT'],
  ['1', 'RESOLVE'],
  ['2', null],
  ['3', null],
])

const SAMPLE = {
  heartbeat: { monitorID: 7, status: 0, time: '2026-01-05 10:00:00.000', msg: 'timeout of 48000ms exceeded' },
  monitor: {
    id: 7,
    name: 'Shop API',
    pathName: 'Production / Shop API',
    url: 'https://shop.example.com/health',
    tags: [],
  },
  msg: '[Shop API] [🔴 Down] timeout of 48000ms exceeded',
}

/** Uptime Kuma's webhook: as JSON, as a form whose one field `data` is the JSON, or as a GET with the parts in the query. */
export const uptimeKuma: Tool = {
  id: 'uptime-kuma',
  otherIds: ['uptimekuma'],
  name: 'Uptime Kuma',
  category: 'uptime',
  keywords: ['uptime kuma', 'monitor', 'status page'],
  resolves: true,
  acceptsGet: true,
  about: 'Monitors that go down and come up again, and certificates that are about to expire.',
  setup: ({ url }) => [
    {
      text: 'In Uptime Kuma, open **Settings → Notifications → Setup Notification**, choose **Webhook** and paste this address as **Post URL**. Leave the request body at **Preset - application/json**.',
      snippet: { language: 'text', caption: 'Post URL', code: url },
    },
    {
      text: 'Press **Test**: it opens an incident that you resolve by hand. Then turn on **Apply on all existing monitors** and **Default enabled**, and save.',
    },
    {
      text: 'Uptime Kuma does not try again when it can’t reach us: set **Resend Notification if Down X times consecutively** at your monitors. A repeat joins the incident that is open. A tag `severity` at a monitor becomes the severity.',
    },
  ],
  read(request) {
    const { heartbeat, monitor, message } = parts(request)
    if (!heartbeat.isObject()) return readNotice(message)
    const status = heartbeat.text('status') ?? ''
    const type = STATES.get(status)
    if (type === undefined)
      throw new Unreadable('`heartbeat.status` must be 0 (down), 1 (up), 2 or 3.', 'heartbeat.status')
    if (type === null)
      return { events: [], ignored: `The monitor is ${status === '2' ? 'pending' : 'in maintenance'}.` }
    const name = monitor.text('pathName') ?? monitor.text('name') ?? `Monitor ${heartbeat.text('monitorID') ?? ''}`
    const said = heartbeat.text('msg')
    const tags = Object.fromEntries(
      monitor.list('tags').flatMap((tag): [string, string][] => {
        const label = tag.text('name')
        return label ? [[label, tag.text('value') ?? '']] : []
      }),
    )
    return {
      events: [
        {
          type,
          key: monitor.text('id') ?? heartbeat.text('monitorID'),
          summary: `${name} is ${type === 'ALERT' ? 'down' : 'up'}${said ? `: ${said}` : ''}`,
          details: paragraphs(monitor.text('description'), message),
          severity: tags.severity || null,
          links: [{ href: monitor.text('url'), text: 'Monitored address' }],
          labels: { ...tags, monitor: monitor.text('name'), type: monitor.text('type') },
          payload: { heartbeat: heartbeat.value, monitor: monitor.value ?? null, msg: message },
        },
      ],
    }
  },
  sample: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(SAMPLE) },
}

interface Parts {
  heartbeat: Payload
  monitor: Payload
  message: string | null
}

function parts(request: ToolRequest): Parts {
  const data = request.form().text('data')
  if (data || request.body.trim()) {
    const body = data ? parseJson(data) : request.json()
    return { heartbeat: body.at('heartbeat'), monitor: body.at('monitor'), message: body.text('msg') }
  }
  const { query } = request
  return {
    heartbeat: nested(query.text('heartbeat')),
    monitor: nested(query.text('monitor')),
    message: query.text('msg'),
  }
}

/** Of a query: the JSON of an object, or the word `null`. */
function nested(text: string | null): Payload {
  return text === null || text === 'null' ? new Payload(undefined) : parseJson(text)
}

/** Without a heartbeat: the test button, or a certificate or domain that expires; these never say that they are over. */
function readNotice(message: string | null): Reading {
  if (!message)
    throw new Unreadable(
      'Neither `heartbeat` nor `msg` is there. With a body of your own, use a generic JSON source.',
      'msg',
    )
  const isTest = /\bTesting$/.test(message)
  return { events: [{ type: 'ALERT', key: isTest ? null : message, summary: message }] }
}
