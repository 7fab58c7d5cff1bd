import type { EventType } from '../event.ts'
import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import { Payload } from './payload.ts'
import type { Reading, Tool, ToolRequest } from './tool.ts'

export const site24x7: Tool = {
  id: 'site24x7',
  name: 'Site24x7',
  category: 'uptime',
  keywords: ['manageengine', 'zoho', 'uptime'],
  resolves: true,
  acceptsGet: true,
  about: 'Monitors of Site24x7 that are down, critical or in trouble, until they are up again.',
  setup: ({ url }) => [
    {
      text: 'In Site24x7 open **Admin → Third-Party Integrations → Webhooks** and enter this hook URL with the method **POST**.',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Tick **Post as JSON** and **Send incident parameters**. Trigger it on *down*, *critical*, *trouble* **and up**, and choose your monitors.',
    },
  ],
  read: (request) => readMonitor(fieldsOf(request)),
  sample: {
    body: JSON.stringify({
      MONITOR_DASHBOARD_LINK: 'https://www.site24x7.com/app/client#/home/monitors/123456000000025001/Summary',
      MONITORTYPE: 'URL',
      STATUS: 'DOWN',
      MONITORNAME: 'Shop',
      FAILED_LOCATIONS: 'Manchester-UK,Edinburgh-UK',
      INCIDENT_REASON: 'Internal Server Error',
      MONITORURL: 'https://shop.example.com/',
      MONITOR_GROUPNAME: 'Web',
      INCIDENT_TIME: 'January 5, 2026 10:00 AM UTC',
      INCIDENT_TIME_ISO: '2026-01-05T10:00:00+0000',
      RCA_LINK: 'https://www.site24x7.com/rca.do?id=example',
    }),
  },
}

/** Without "Post as JSON" the same parameters come as a form, or in the query. */
function fieldsOf(request: ToolRequest): Payload {
  const body = /^\s*\{/.test(request.body) ? request.json() : request.form()
  return new Payload({ ...request.query.texts(), ...body.texts() })
}

const TYPES = new Map<string, EventType>([
  ['DOWN', 'ALERT'],
  ['CRITICAL', 'ALERT'],
  ['TROUBLE', 'ALERT'],
  ['UP', 'RESOLVE'],
])

function readMonitor(fields: Payload): Reading {
  const status = fields.required('STATUS').toUpperCase()
  const type = TYPES.get(status)
  if (!type) return { events: [], ignored: `Site24x7: a monitor is ${status}, neither up nor down` }
  const name = fields.required('MONITORNAME')
  const reason = fields.text('INCIDENT_REASON')
  return {
    events: [
      {
        type,
        key: name,
        summary: `${name} is ${status === 'TROUBLE' ? 'in trouble' : status.toLowerCase()}${reason ? `: ${reason}` : ''}`,
        details: paragraphs(
          fields.text('INCIDENT_DETAILS'),
          fields.text('FAILED_LOCATIONS') && `Failed from ${fields.text('FAILED_LOCATIONS')}`,
        ),
        severity: type === 'RESOLVE' ? null : status,
        links: presentLinks({
          Site24x7: fields.text('MONITOR_DASHBOARD_LINK'),
          'Root cause analysis': fields.text('RCA_LINK'),
          [name]: fields.text('MONITORURL'),
        }),
        labels: presentLabels({
          monitor: name,
          type: fields.text('MONITORTYPE'),
          group: fields.text('MONITOR_GROUPNAME'),
        }),
        payload: fields.value,
      },
    ],
  }
}
