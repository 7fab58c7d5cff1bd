import type { EventType } from '../event.ts'
import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

const RESOLVED = new Set([
  'resolve',
  'resolved',
  'ok',
  'recovered',
  'recovery',
  'closed',
  'close',
  'up',
  'healthy',
  'inactive',
  'normal',
  'success',
  'cleared',
  'clear',
])
const ACCEPTED = new Set(['accept', 'accepted', 'ack', 'acknowledge', 'acknowledged'])

/** Any tool that can send JSON: its usual names are understood, and templates and rules do the rest. */
export const genericJson: Tool = {
  id: 'json',
  otherIds: ['webhook', 'generic'],
  name: 'Generic JSON webhook',
  category: 'other',
  keywords: ['webhook', 'http', 'custom', 'script'],
  resolves: true,
  about: 'Any tool that can post JSON. Templates and rules say what its fields mean.',
  setup: ({ url }) => [
    {
      text: 'Let the tool post JSON here. `summary`, `status`, `key`, `severity`, `details` and `url` are understood as they are, under their usual other names too.',
      snippet: {
        language: 'shell',
        code: `curl -X POST '${url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"summary": "Disk full on web-1", "status": "firing", "key": "web-1/disk", "severity": "critical"}'`,
      },
    },
    { text: 'When the problem is over, send the same `key` with `"status": "resolved"`.' },
    {
      text: 'If the tool’s fields have other names, send one event and open **Templates and rules**: the last payloads are there to try them on.',
    },
  ],
  read(request) {
    const payload = request.json()
    const items = payload.isList() ? payload.list() : [payload]
    if (items.length === 0) return { events: [], ignored: 'the list is empty' }
    const odd = items.findIndex((item) => !item.isObject())
    if (odd >= 0) throw new Unreadable(`The list must hold objects; number ${odd + 1} is none.`)
    return { events: items.map(readOne) }
  },
  sample: { body: '{"summary":"Disk full on web-1","status":"firing","key":"web-1/disk","severity":"critical"}' },
}

function readOne(payload: Payload): ToolEvent {
  const type = typeOf(payload)
  const url = payload.firstText('url', 'link', 'href', 'web_url')
  return {
    type,
    key: payload.firstText('key', 'incidentKey', 'alertKey', 'dedup_key', 'dedupKey', 'fingerprint', 'alias', 'id'),
    summary:
      payload.firstText('summary', 'title', 'message', 'name', 'subject', 'text', 'description') ??
      (type === 'ALERT' ? 'An event without a summary' : ''),
    details: payload.firstText('details', 'description', 'body', 'message', 'text'),
    severity: payload.firstText('severity', 'level', 'priority', 'criticality'),
    links: url ? [{ href: url }] : [],
    labels: payload.texts('labels'),
    payload: payload.value,
  }
}

/** Tools call it many names, and mean other things by some of them: the first that says something counts. */
function typeOf(payload: Payload): EventType {
  if (payload.at('firing').value === false) return 'RESOLVE'
  for (const name of ['eventType', 'event_type', 'event_action', 'status', 'state', 'action']) {
    const word = payload.text(name)?.toLowerCase() ?? ''
    if (RESOLVED.has(word)) return 'RESOLVE'
    if (ACCEPTED.has(word)) return 'ACCEPT'
  }
  return 'ALERT'
}
