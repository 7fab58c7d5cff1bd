import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { isHmacSha256 } from './signatures.ts'
import { type Reading, type Tool, type ToolEvent, Unreadable } from './tool.ts'

export const sentry: Tool = {
  id: 'sentry',
  name: 'Sentry',
  category: 'errors',
  keywords: ['exception', 'crash', 'error tracking', 'glitchtip'],
  resolves: true,
  about: 'Issues and metric alerts of Sentry. An issue that is resolved or archived there is resolved here.',
  setup: ({ url }) => [
    {
      text: 'In Sentry open **Settings → Developer Settings → Create New Integration → Internal Integration**. Enter this webhook URL and switch **Alert Rule Action** on.',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Give the integration **Issue & Event: Read** and tick the webhook **issue**, so that an issue that is resolved in Sentry is resolved here too.',
    },
    {
      text: 'Copy the integration’s **Client Secret** into the signing secret of this alert source. From then on only what Sentry signed is taken.',
    },
    {
      text: 'In your alert rules choose the action **Send a notification via an integration** and this integration. The webhook *issue* alone already reports each new issue.',
    },
  ],
  read(request) {
    const payload = request.json()
    return readResource(request.header('sentry-hook-resource') ?? resourceOf(payload), payload)
  },
  signature: {
    secretName: 'Client Secret',
    verify: (request, secret) => isHmacSha256(request.header('sentry-hook-signature'), request.body, secret),
  },
  sample: {
    headers: { 'sentry-hook-resource': 'issue' },
    body: JSON.stringify({
      action: 'created',
      actor: { type: 'application', id: 'sentry', name: 'Sentry' },
      data: {
        issue: {
          id: '1635244907',
          shortId: 'SHOP-2',
          title: "TypeError: Cannot read properties of undefined (reading 'total')",
          culprit: 'checkout in total',
          level: 'error',
          status: 'unresolved',
          platform: 'node',
          project: { id: '1000001', name: 'Shop', slug: 'shop', platform: 'node' },
          web_url: 'https://example.sentry.io/issues/1635244907/',
        },
      },
      installation: { uuid: '65027794-169a-4042-80d0-808ece377141' },
    }),
  },
}

/** Resources: "Webhooks" of Sentry's integration platform documentation. */
function readResource(resource: string | null, payload: Payload): Reading {
  switch (resource) {
    case 'metric_alert':
      return { events: [readMetricAlert(payload)] }
    case 'event_alert':
      return { events: [readIssueAlert(payload)] }
    case 'issue':
      return readIssue(payload)
    case 'plugin':
      return { events: [readPlugin(payload)] }
    case null:
      throw new Unreadable('This is no webhook of Sentry: neither Sentry-Hook-Resource nor the body says what it is.')
    default:
      return { events: [], ignored: `Sentry: webhooks of ${resource} are no alerts` }
  }
}

/** Where a proxy took the header away. The legacy plugin never had one. */
function resourceOf(payload: Payload): string | null {
  if (payload.at('data', 'metric_alert').isObject()) return 'metric_alert'
  if (payload.at('data', 'event').isObject()) return 'event_alert'
  if (payload.at('data', 'issue').isObject()) return 'issue'
  return payload.at('event').isObject() && payload.text('id') ? 'plugin' : null
}

function readMetricAlert(payload: Payload): ToolEvent {
  const alert = payload.at('data', 'metric_alert')
  const action = payload.required('action').toLowerCase()
  const rule = alert.at('alert_rule')
  return {
    type: action === 'resolved' ? 'RESOLVE' : 'ALERT',
    // The incident's id; the rule's would do too, but a rule may have one open for each project.
    key: alert.text('id') ?? rule.required('id'),
    summary: payload.text('data', 'description_title') ?? rule.text('name') ?? 'A metric alert of Sentry',
    // Sentry sends the line break as the two characters \n.
    details: payload.text('data', 'description_text')?.replaceAll('\\n', '\n') ?? null,
    severity: action === 'resolved' ? null : action,
    links: presentLinks({ Sentry: payload.text('data', 'web_url') }),
    labels: presentLabels({
      rule: rule.text('name'),
      environment: rule.text('environment'),
      project: alert.text('projects', 0),
    }),
    payload: payload.value,
  }
}

/** An alert rule on issues never says that it is over; the webhook on issues does, and its key is the same. */
function readIssueAlert(payload: Payload): ToolEvent {
  const event = payload.at('data', 'event')
  return {
    type: 'ALERT',
    key: event.text('issue_id') ?? event.text('event_id'),
    summary: titleOf(event),
    details: paragraphs(event.text('culprit'), event.text('message')),
    severity: event.text('level'),
    links: presentLinks({ Sentry: event.firstText('web_url', 'url') }),
    labels: {
      ...tagsOf(event),
      ...presentLabels({ rule: payload.text('data', 'triggered_rule'), platform: event.text('platform') }),
    },
    payload: payload.value,
  }
}

function readIssue(payload: Payload): Reading {
  const issue = payload.at('data', 'issue')
  const action = payload.required('action').toLowerCase()
  const over = action === 'resolved' || action === 'archived' || action === 'ignored'
  if (!over && action !== 'created' && action !== 'unresolved')
    return { events: [], ignored: `Sentry: an issue was ${action}` }
  return {
    events: [
      {
        type: over ? 'RESOLVE' : 'ALERT',
        key: issue.required('id'),
        summary: titleOf(issue),
        details: paragraphs(issue.text('culprit'), issue.text('metadata', 'value')),
        severity: issue.text('level'),
        links: presentLinks({ Sentry: issue.firstText('web_url', 'permalink') }),
        labels: presentLabels({
          project: issue.text('project', 'slug'),
          platform: issue.text('platform'),
          issue: issue.text('shortId'),
          priority: issue.text('priority'),
        }),
        payload: payload.value,
      },
    ],
  }
}

/** The legacy WebHooks plugin: not signed, and it never says that an issue is over. */
function readPlugin(payload: Payload): ToolEvent {
  const event = payload.at('event')
  return {
    type: 'ALERT',
    key: payload.required('id'),
    summary: event.text('title') ?? payload.firstText('message', 'culprit') ?? titleOf(event),
    details: paragraphs(payload.text('culprit'), payload.text('message')),
    severity: payload.text('level'),
    links: presentLinks({ Sentry: payload.text('url') }),
    labels: {
      ...tagsOf(event),
      ...presentLabels({
        project: payload.firstText('project_slug', 'project'),
        rule: payload.text('triggering_rules', 0),
      }),
    },
    payload: payload.value,
  }
}

function titleOf(item: Payload): string {
  return item.firstText('title', 'message', 'culprit') ?? 'An issue of Sentry without a title'
}

/** Of the tags those that say where; a browser or a runtime does not help anybody to route an alert. */
const TAGS = new Set(['environment', 'release', 'server_name', 'transaction', 'service'])

function tagsOf(event: Payload): Record<string, string> {
  return Object.fromEntries(
    event.list('tags').flatMap((tag): [string, string][] => {
      const name = tag.text(0)
      const value = tag.text(1)
      return name && value && TAGS.has(name) ? [[name, value]] : []
    }),
  )
}
