import type { EventType } from '../event.ts'
import { readIlertEvent } from './ilert-event.ts'
import type { Payload } from './payload.ts'
import { type Reading, type Tool, Unreadable } from './tool.ts'

/** A check's exit status. Everything above 2 is unknown. */
const STATES = ['OK', 'WARNING', 'CRITICAL']

const SAMPLE = {
  timestamp: 1767607200,
  entity: { metadata: { name: 'web-1', namespace: 'default', labels: { region: 'eu' } }, entity_class: 'agent' },
  check: {
    metadata: { name: 'check-http', namespace: 'default' },
    status: 2,
    state: 'failing',
    output: 'CRITICAL: connection refused\n',
    occurrences: 3,
    is_silenced: false,
  },
}

/** Sensu Go's event, Sensu Core's, and iLert's event as iLert's handler for Sensu sends it. */
export const sensu: Tool = {
  id: 'sensu',
  otherIds: ['sensu-go'],
  name: 'Sensu',
  category: 'infrastructure',
  keywords: ['sensu', 'sensu go', 'checks'],
  resolves: true,
  about: 'Failing checks of Sensu Go and Sensu Core, resolved when they pass.',
  setup: ({ url }) => [
    {
      text: 'Create a handler that posts each incident’s events here. `is_incident` lets recoveries through too.',
      snippet: {
        language: 'yaml',
        caption: 'tocsin.yml: sensuctl create -f tocsin.yml',
        code: `type: Handler
api_version: core/v2
metadata:
  name: tocsin
spec:
  type: pipe
  command: >-
    curl -fsS --max-time 30 --retry 3
    -H 'Content-Type: application/json' --data-binary @- '${url}'
  timeout: 60
  filters:
    - is_incident
    - not_silenced`,
      },
    },
    {
      text: 'Add the handler to your checks, and to `keepalive` so that agents that fall silent are reported.',
      snippet: { language: 'shell', code: 'sensuctl check set-handlers check-http tocsin' },
    },
  ],
  read(request) {
    const body = request.json()
    if (body.at('check').isObject()) return readCheck(body)
    if (body.text('eventType') || body.text('summary')) return { events: [readIlertEvent(body)] }
    if (body.at('metrics').isObject()) return { events: [], ignored: 'An event with metrics and no check.' }
    throw new Unreadable('`check` is missing: this is no event of Sensu.', 'check')
  },
  sample: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(SAMPLE) },
}

function readCheck(body: Payload): Reading {
  const check = body.at('check')
  const entity = body.at('entity')
  const client = body.at('client')
  const name = check.text('metadata', 'name') ?? check.required('name')
  const host = entity.text('metadata', 'name') ?? entity.text('name') ?? client.required('name')
  const status = check.number('status')
  if (status === null) throw new Unreadable('`check.status` must be a number.', 'check.status')
  const type: EventType = body.text('action') === 'resolve' || status === 0 ? 'RESOLVE' : 'ALERT'
  if (type === 'ALERT' && check.text('is_silenced') === 'true')
    return { events: [], ignored: `${host}/${name} is silenced in Sensu.` }
  const namespace = entity.text('metadata', 'namespace')
  const output = check.text('output')
  const state = STATES[status] ?? 'UNKNOWN'
  return {
    events: [
      {
        type,
        key: [namespace !== 'default' && namespace, host, name].filter(Boolean).join('/'),
        summary: `${host}/${name} is ${state}${output ? `: ${output.split('\n', 1)[0]}` : ''}`,
        details: output,
        severity: state,
        labels: {
          ...entity.texts('metadata', 'labels'),
          ...check.texts('metadata', 'labels'),
          host,
          check: name,
          namespace,
        },
        links: [{ href: check.text('metadata', 'annotations', 'runbook_url'), text: 'Runbook' }],
      },
    ],
  }
}
