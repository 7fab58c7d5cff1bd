import { readAlert, readAlertmanager } from './alertmanager-alerts.ts'
import { paragraphs } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { isHmacSha256 } from './signatures.ts'
import { type Reading, type Tool, type ToolEvent, type ToolRequest, Unreadable } from './tool.ts'

/** What Grafana raises in place of a rule that has no data or fails: the rule's own name is the label `rulename`. */
const STAND_INS: Record<string, string> = { DatasourceNoData: 'no data', DatasourceError: 'query error' }
/** Of a rule that watches very many series, as many as a reader looks at. */
const VALUES = 20

const SIGNATURE_HEADER = 'X-Grafana-Alerting-Signature'
const TIMESTAMP_HEADER = 'X-Grafana-Alerting-Timestamp'

const SAMPLE = {
  receiver: 'Tocsin',
  status: 'firing',
  version: '1',
  orgId: 1,
  groupKey: '{}:{alertname="High memory usage"}',
  truncatedAlerts: 0,
  title: '[FIRING:1] High memory usage (Infrastructure)',
  state: 'alerting',
  externalURL: 'https://grafana.example.com/',
  alerts: [
    {
      status: 'firing',
      labels: {
        alertname: 'High memory usage',
        grafana_folder: 'Infrastructure',
        instance: 'web-1',
        severity: 'warning',
      },
      annotations: { summary: 'Memory of web-1 is above 90 percent' },
      startsAt: '2026-01-05T10:00:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://grafana.example.com/alerting/grafana/abc/view?orgId=1',
      fingerprint: 'e6349a25f5ef0e9e',
      silenceURL: 'https://grafana.example.com/alerting/silence/new?alertmanager=grafana',
      dashboardURL: '',
      panelURL: '',
      values: { A: 93.4, C: 1 },
      valueString: "[ var='A' labels={instance=web-1} value=93.4 ]",
    },
  ],
}

/** Grafana's alerting: the unified one, and up to version 8 the one of dashboards' panels. */
export const grafana: Tool = {
  id: 'grafana',
  otherIds: ['grafana-legacy'],
  name: 'Grafana',
  category: 'metrics',
  keywords: ['grafana', 'dashboard', 'alerting', 'contact point'],
  resolves: true,
  about: 'Each alert instance of Grafana becomes an incident of its own; those of Grafana 8 and older too.',
  setup: ({ url }) => [
    {
      text: 'In Grafana, open **Alerting → Contact points → Add contact point**, choose **Webhook** and paste this address. Leave **Disable resolved message** off.',
      snippet: { language: 'text', caption: 'URL', code: url },
    },
    {
      text: 'Or provision the contact point from a file.',
      snippet: {
        language: 'yaml',
        caption: 'provisioning/alerting/tocsin.yaml',
        code: `apiVersion: 1
contactPoints:
  - orgId: 1
    name: Tocsin
    receivers:
      - uid: tocsin
        type: webhook
        disableResolveMessage: false
        settings:
          url: ${url}
          httpMethod: POST`,
      },
    },
    {
      text: 'Or with Terraform.',
      snippet: {
        language: 'hcl',
        caption: 'tocsin.tf',
        code: `resource "grafana_contact_point" "tocsin" {
  name = "Tocsin"

  webhook {
    url                     = "${url}"
    http_method             = "POST"
    disable_resolve_message = false
  }
}

resource "grafana_notification_policy" "default" {
  contact_point = grafana_contact_point.tocsin.name
  group_by      = ["grafana_folder", "alertname"]
}`,
      },
    },
    {
      text: `Grafana can sign its requests: set a secret under **HMAC signature**, and the same one as this source's signing secret. Leave the header's name as it is; if you set a timestamp header, name it \`${TIMESTAMP_HEADER}\`.`,
    },
    {
      text: 'Send a **Test** from the contact point: it opens an incident that Grafana never resolves, so resolve it by hand.',
    },
  ],
  read(request) {
    const body = request.json()
    if (body.text('ruleId') || body.text('ruleName')) return readLegacy(body)
    if (body.isList()) return readAlertmanager(request)
    return readUnified(body, request)
  },
  signature: {
    secretName: 'HMAC secret',
    async verify(request, secret) {
      const signature = request.header(SIGNATURE_HEADER)
      const timestamp = request.header(TIMESTAMP_HEADER)
      return isHmacSha256(signature, timestamp ? `${timestamp}:${request.body}` : request.body, secret)
    },
  },
  sample: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(SAMPLE) },
}

function readUnified(body: Payload, request: ToolRequest): Reading {
  if (!body.at('alerts').isList())
    throw new Unreadable(
      '`alerts` is missing: this is not what Grafana’s webhook contact point sends. With a payload template of your own, use a generic JSON source.',
      'alerts',
    )
  const sent = body.list('alerts')
  if (sent.length === 0) return { events: [], ignored: 'The notification holds no alerts.' }
  const events = sent.filter((alert) => alert.isObject()).map((alert) => readInstance(alert, body, request.receivedAt))
  const named = events.filter(({ key }) => key !== null)
  if (named.length === 0) throw new Unreadable('No alert has `labels` or a `fingerprint`.', 'alerts.0.labels')
  return { events: named }
}

function readInstance(alert: Payload, body: Payload, receivedAt: number): ToolEvent {
  const event = readAlert(alert, body, receivedAt)
  return {
    ...event,
    summary: summaryOf(alert),
    details: paragraphs(event.details, valuesOf(alert)),
    links: [
      ...(event.links ?? [])
        // The folder that Grafana lives in; the links below lead to the alert itself.
        .filter(({ text }) => text !== 'Alertmanager')
        .map((link) => (link.text === 'Source' ? { ...link, text: 'Alert rule' } : link)),
      { href: alert.text('dashboardURL'), text: 'Dashboard' },
      { href: alert.text('panelURL'), text: 'Panel' },
      { href: alert.text('silenceURL'), text: 'Silence' },
    ],
    images: [{ src: alert.text('imageURL') }],
  }
}

/** The rule's name and what it says: in Grafana the summary alone often does not name the rule. */
function summaryOf(alert: Payload): string {
  const alertname = alert.text('labels', 'alertname') ?? 'An alert without a name'
  const standIn = Object.hasOwn(STAND_INS, alertname) ? STAND_INS[alertname] : undefined
  const rule = alert.text('labels', 'rulename')
  const name = standIn ? `${rule ?? alertname} (${standIn})` : alertname
  const said = alert.text('annotations', 'summary') ?? alert.text('annotations', 'title')
  if (!said) return name
  return said.includes(name) ? said : `${name}: ${said}`
}

function valuesOf(alert: Payload): string | null {
  const values = Object.entries(alert.texts('values')).slice(0, VALUES)
  if (values.length > 0) return values.map(([name, value]) => `${name} = ${value}`).join(', ')
  return alert.text('valueString')
}

/** A panel's alert of Grafana 8 and older: one rule, one key. */
function readLegacy(body: Payload): Reading {
  const state = body.text('state')?.toLowerCase() ?? ''
  const type = LEGACY_STATES.get(state)
  if (type === undefined)
    throw new Unreadable('`state` must be one of alerting, ok, no_data, paused and pending.', 'state')
  if (type === null) return { events: [], ignored: `The rule is ${state}: neither a problem nor its end.` }
  const name = body.text('ruleName') ?? body.text('title') ?? 'A rule without a name'
  const matches = body.list('evalMatches').slice(0, VALUES)
  const tags = body.texts('tags')
  return {
    events: [
      {
        type,
        key: body.text('ruleId') ?? name,
        summary: state === 'no_data' ? `${name}: no data` : name,
        details: paragraphs(
          body.text('message'),
          matches.map((match) => `${match.text('metric') ?? 'value'} = ${match.text('value') ?? 'null'}`).join('\n'),
        ),
        severity: tags.severity ?? null,
        links: [{ href: body.text('ruleUrl'), text: 'Panel' }],
        images: [{ src: body.text('imageUrl') }],
        labels: tags,
      },
    ],
  }
}

/** Null: says neither that something is wrong nor that it is over. */
const LEGACY_STATES = new Map<string, 'ALERT' | 'RESOLVE' | null>([
  ['alerting', 'ALERT'],
  ['no_data', 'ALERT'],
  ['ok', 'RESOLVE'],
  ['paused', null],
  ['pending', null],
  ['unknown', null],
])
