import type { Payload } from './payload.ts'
import { type Tool, Unreadable } from './tool.ts'
import { parseJson } from './tool-request.ts'

/** Severities that end an alert; REMOVED: Netdata no longer watches it. */
const OVER = new Set(['clear', 'resolved', 'removed'])

/** Of a body that is no JSON, as many lines as are looked at: a notification has fifteen. */
const LINES = 100

/** Netdata's agent, by its ilert method (`alarm-notify.sh`). */
export const netdata: Tool = {
  id: 'netdata',
  name: 'Netdata',
  category: 'infrastructure',
  keywords: ['netdata', 'agent', 'metrics', 'health'],
  resolves: true,
  about: 'Alerts of Netdata’s agents and parents, resolved when they clear.',
  setup: ({ url, origin, key }) => [
    {
      text: 'On the agent or parent that sends notifications, edit `health_alarm_notify.conf`.',
      snippet: {
        language: 'ini',
        caption: 'cd /etc/netdata && sudo ./edit-config health_alarm_notify.conf',
        code: `SEND_ILERT="YES"\nILERT_ALERT_SOURCE_URL="${url}"`,
      },
    },
    {
      text: 'If your version refuses `ILERT_ALERT_SOURCE_URL`, it sends to the Event API instead.',
      snippet: {
        language: 'ini',
        caption: 'health_alarm_notify.conf',
        code: `SEND_ILERT="YES"\nILERT_API_URL="${origin}/api"\nILERT_INTEGRATION_KEY="${key}"`,
      },
    },
    {
      text: 'Send a test of all three states.',
      snippet: {
        language: 'shell',
        code: "sudo su -s /bin/bash netdata -c '/usr/libexec/netdata/plugins.d/alarm-notify.sh test'",
      },
    },
  ],
  read(request) {
    const body = tolerantJson(request.body)
    const severity = body.required('severity')
    const host = body.text('host')
    const chart = body.text('chart')
    const alert = body.required('alert')
    const over = OVER.has(severity.toLowerCase())
    return {
      events: [
        {
          type: over ? 'RESOLVE' : 'ALERT',
          key: body.text('alarm_id') ?? [host, chart, alert].filter((part) => part !== null).join('/'),
          summary: [host && `${host}:`, alert, body.text('message'), body.text('value') && `(${body.text('value')})`]
            .filter((part) => part)
            .join(' '),
          details: [body.text('info'), chart && `Chart: ${chart}`, body.text('src')].filter((line) => line).join('\n'),
          severity,
          links: [{ href: body.text('alert_url'), text: 'Netdata' }],
          labels: { host, chart, alert },
          payload: body.value,
        },
      ],
    }
  },
  sample: {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      alert: 'disk_space_usage',
      alert_url: 'https://app.netdata.cloud/',
      alarm_id: 1693478123,
      chart: 'disk_space._',
      host: 'node1',
      info: 'disk / space utilization',
      message: 'is critical',
      severity: 'CRITICAL',
      value: '98.2%',
    }),
  },
}

/**
 * The shell script writes the severity without quotes, and quotes in texts without escapes: the body says that it is JSON
 * and is none. It writes one field a line, so the lines can be read where the whole can't.
 */
function tolerantJson(text: string): Payload {
  try {
    return parseJson(text)
  } catch (error) {
    const fields = text.split('\n', LINES).flatMap((line) => fieldOf(line) ?? [])
    if (!(error instanceof Unreadable) || fields.length < 2) throw error
    return parseJson(JSON.stringify(Object.fromEntries(fields)))
  }
}

/** `"name" : "value",` with or without the value's quotes. */
function fieldOf(line: string): [string, string][] | null {
  const colon = line.indexOf(':')
  const name = /^"(\w+)"$/.exec(line.slice(0, Math.max(colon, 0)).trim())?.[1]
  if (!name) return null
  const value = line
    .slice(colon + 1)
    .trim()
    .replace(/,$/, '')
    .trimEnd()
  return [[name, value.replace(/^"(.*)"$/, '$1')]]
}
