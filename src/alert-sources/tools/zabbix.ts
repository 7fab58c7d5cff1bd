import type { EventType } from '../event.ts'
import { paragraphs } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { type Reading, type Tool, type ToolEvent, Unreadable } from './tool.ts'

/** Zabbix's own, from 0 (not classified) to 5 (disaster), as levels from 5 to 1. */
const LEVELS: Record<string, number> = { '1': 5, '2': 4, '3': 3, '4': 2, '5': 1 }

const SAMPLE = {
  'EVENT.ID': '48213',
  'EVENT.NAME': 'High CPU utilization (over 90% for 5m)',
  'EVENT.NSEVERITY': '4',
  'EVENT.SEVERITY': 'High',
  'EVENT.VALUE': '1',
  'EVENT.UPDATE.STATUS': '0',
  'EVENT.RECOVERY.VALUE': '{EVENT.RECOVERY.VALUE}',
  'EVENT.ACK.STATUS': 'No',
  'EVENT.OPDATA': 'Current utilization: 97.2 %',
  'EVENT.TAGS': 'component:cpu, scope:performance',
  'HOST.NAME': 'web-1',
  'HOST.IP': '192.0.2.21',
  'TRIGGER.ID': '23112',
  'ALERT.SUBJECT': 'Problem: High CPU utilization (over 90% for 5m)',
  'ALERT.MESSAGE': 'Problem started at 14:04:20\r\nHost: web-1\r\nSeverity: High\r\n',
  'ZABBIX.URL': 'https://zabbix.example.com',
}

/**
 * Zabbix sends what a media type's script builds: iLert's media type (all macros, flat), iLert's older alert script (the
 * same macros in an envelope), and Grafana OnCall's media type.
 */
export const zabbix: Tool = {
  id: 'zabbix',
  otherIds: ['zabbix-mt'],
  name: 'Zabbix',
  category: 'infrastructure',
  keywords: ['zabbix', 'media type', 'trigger', 'snmp'],
  resolves: true,
  expectsKeyErrors: true,
  about: 'Problems of Zabbix with their recoveries, acknowledgements and comments.',
  setup: ({ origin, key }) => [
    {
      text: 'In Zabbix, open **Alerts → Media types** and edit **iLert**, which every Zabbix since 5.0 has. If it is missing, import `media_ilert.yaml` from Zabbix’s sources. In its script, change the one line that names the server.',
      snippet: { language: 'text', caption: 'Script', code: `var ilertApiBaseURL = "${origin}";` },
    },
    {
      text: 'Enable the media type. Open **Administration → Macros** and set the global macro, so that incidents link to Zabbix.',
      snippet: { language: 'text', code: '{$ZABBIX.URL} → https://zabbix.example.com' },
    },
    {
      text: 'Create a user, such as `tocsin`, that may read the host groups. Under **Media**, add the type **iLert** with this key in **Send to**.',
      snippet: { language: 'text', caption: 'Send to', code: key },
    },
    {
      text: 'Open **Alerts → Actions → Trigger actions** and send to that user in **Operations**, **Recovery operations** and **Update operations**. Without the recovery, incidents stay open; without the update, acknowledging in Zabbix says nothing here.',
    },
    {
      text: 'Zabbix older than 5.0: the script `ilert-zabbix.py` works too. Set `api_endpoint` in it.',
      snippet: { language: 'text', caption: 'ilert-zabbix.py', code: `'api_endpoint': '${origin}',` },
    },
  ],
  read(request) {
    const body = request.json()
    if (body.text('alert_uid')) return { events: [readOnCall(body)] }
    if (body.at('payload').isObject()) return readMacros(macrosOf(body.at('payload')), body.text('event_type'))
    if (!body.names().includes('EVENT.ID'))
      throw new Unreadable('`EVENT.ID` is missing: send the macros of the iLert media type.', 'EVENT.ID')
    return readMacros(macrosOf(body), null)
  },
  sample: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(SAMPLE) },
}

type Macros = Record<string, string>

/** The macros that have a value. What Zabbix can't expand in an operation arrives as it was written. */
function macrosOf(payload: Payload): Macros {
  const entries = Object.entries(payload.texts()).filter(([, text]) => text !== '*UNKNOWN*' && !UNEXPANDED.test(text))
  return Object.fromEntries(entries.filter(([name]) => name !== '.ILERT.ALERT.SOURCE.KEY'))
}

/** Nothing but macros, such as `{EVENT.UPDATE.ACTION}`, `{$ZABBIX.URL}` or `{DATE} {TIME}`. */
const UNEXPANDED = /^(?:\{[^{}]*\}\s*)+$/

function readMacros(macros: Macros, eventType: string | null): Reading {
  const id = macros['EVENT.ID']
  if (!id)
    return {
      events: [],
      ignored: 'Zabbix expanded no `{EVENT.ID}`: this is the test of the media type, or no event of a trigger.',
    }
  const type = typeOf(macros, eventType)
  const name = macros['EVENT.NAME'] ?? macros['TRIGGER.NAME'] ?? macros['ALERT.SUBJECT'] ?? 'A problem without a name'
  const host = macros['HOST.NAME'] ?? macros['HOST.HOST']
  const comment = commentOf(macros)
  return {
    events: [
      {
        type,
        // What the media type looks the incident up by, to link to it from Zabbix.
        key: `zabbix-${id}`,
        summary: macros['.ILERT.INCIDENT.SUMMARY'] ?? (host && !name.includes(host) ? `${host}: ${name}` : name),
        details:
          macros['ALERT.MESSAGE']?.replaceAll('\r\n', '\n') ??
          paragraphs(macros['TRIGGER.DESCRIPTION'], macros['EVENT.OPDATA']),
        severity: macros['EVENT.NSEVERITY'] ?? macros['EVENT.SEVERITY'] ?? macros['TRIGGER.SEVERITY'] ?? null,
        severityLevel: LEVELS[macros['EVENT.NSEVERITY'] ?? ''] ?? null,
        links: linksOf(macros, id),
        labels: labelsOf(macros, host),
        comments: comment ? [comment] : [],
        payload: macros,
      },
    ],
  }
}

/** An update says what was done in words: "acknowledged and commented", "unacknowledged", "closed", "changed severity from …". */
function typeOf(macros: Macros, eventType: string | null): EventType {
  switch (eventType?.toLowerCase()) {
    case 'alert':
      return 'ALERT'
    case 'ack':
      return 'ACCEPT'
    case 'resolve':
      return 'RESOLVE'
  }
  const value = macros['EVENT.VALUE'] ?? macros['TRIGGER.VALUE']
  if (value === '0' || macros['EVENT.RECOVERY.VALUE'] === '0') return 'RESOLVE'
  if (macros['EVENT.UPDATE.STATUS'] !== '1') return 'ALERT'
  const action = macros['EVENT.UPDATE.ACTION']?.toLowerCase()
  if (!action) return macros['EVENT.ACK.STATUS']?.toLowerCase() === 'yes' ? 'ACCEPT' : 'COMMENT'
  if (/\bclosed\b/.test(action)) return 'RESOLVE'
  return /\backnowledged\b/.test(action) ? 'ACCEPT' : 'COMMENT'
}

function commentOf(macros: Macros): { creator: string; content: string } | null {
  if (macros['EVENT.UPDATE.STATUS'] !== '1') return null
  const content = macros['EVENT.UPDATE.MESSAGE'] ?? macros['EVENT.UPDATE.ACTION']
  return content ? { creator: macros['USER.FULLNAME'] ?? 'Zabbix', content } : null
}

function linksOf(macros: Macros, id: string): ToolEvent['links'] {
  const { 'ZABBIX.URL': zabbixUrl, 'TRIGGER.ID': triggerId, 'TRIGGER.URL': triggerUrl } = macros
  const query = new URLSearchParams({ ...(triggerId && { triggerid: triggerId }), eventid: id })
  return [
    { href: zabbixUrl ? `${zabbixUrl.replace(/\/$/, '')}/tr_events.php?${query}` : null, text: 'Zabbix' },
    { href: triggerUrl ?? null, text: 'Trigger' },
  ]
}

/** The tags of the event, and what names the host. */
function labelsOf(macros: Macros, host: string | undefined): ToolEvent['labels'] {
  const tags = (macros['EVENT.TAGS'] ?? '').split(', ').flatMap((tag): [string, string][] => {
    const [name, value = ''] = split(tag)
    return name && value ? [[name, value]] : []
  })
  return {
    ...Object.fromEntries(tags),
    host,
    address: macros['HOST.IP'],
    severity_name: macros['EVENT.SEVERITY'],
  }
}

function split(tag: string): string[] {
  const colon = tag.indexOf(':')
  return colon < 0 ? [tag] : [tag.slice(0, colon), tag.slice(colon + 1)]
}

/** Grafana OnCall's media type; `state` is worked out by its script from `{TRIGGER.STATUS}`. */
function readOnCall(body: Payload): ToolEvent {
  const title = body.text('title') ?? ''
  return {
    type: body.text('state')?.toLowerCase() === 'ok' ? 'RESOLVE' : 'ALERT',
    key: `zabbix-${body.required('alert_uid')}`,
    summary: title || 'A problem without a name',
    details: body.text('message'),
    links: [{ href: body.text('link_to_upstream_details'), text: 'Zabbix' }],
    images: [{ src: body.text('image_url') }],
  }
}
