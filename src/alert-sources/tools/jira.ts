import type { Payload } from './payload.ts'
import { isHmacSha256 } from './signatures.ts'
import { type Reading, type Tool, type ToolEvent, Unreadable } from './tool.ts'

/** For issues without a status category, as Jira Server before 7 sends them, and for the status that was left. */
const DONE = /^(done|closed|resolved|cancelled|canceled|completed)$/i

/**
 * Atlassian's docs, "Webhooks" of the Jira platform. Jira Automation's web request with the body "Issue data" is the issue
 * alone and is read too.
 */
export const jira: Tool = {
  id: 'jira',
  name: 'Jira',
  category: 'development',
  keywords: ['atlassian', 'jsm', 'service management', 'issue', 'ticket'],
  resolves: true,
  about: 'Issues of Jira: a new one opens an incident, and when it is done, the incident is resolved.',
  setup: ({ url }) => [
    {
      text: 'As an administrator, open **System**, **WebHooks** and create one with this URL. Enter a secret, and the same one at this alert source.',
      snippet: { language: 'text', code: url, caption: 'URL' },
    },
    {
      text: 'Choose the events **created**, **updated** and **deleted** of issues, and a JQL filter for those that should page somebody.',
      snippet: { language: 'text', code: 'project = OPS AND issuetype = Incident', caption: 'JQL' },
    },
  ],
  read: (request) => readWebhook(request.json()),
  signature: {
    secretName: 'Secret',
    verify: (request, secret) => {
      const header = request.header('x-hub-signature')?.trim()
      return isHmacSha256(header?.replace(/^sha256=/i, ''), request.body, secret)
    },
  },
  sample: {
    body: JSON.stringify({
      webhookEvent: 'jira:issue_created',
      timestamp: 1768469400000,
      issue: {
        id: '10400',
        self: 'https://example.atlassian.net/rest/api/2/issue/10400',
        key: 'OPS-15',
        fields: {
          summary: 'Checkout is down',
          description: 'No order since 9:20',
          issuetype: { name: 'Incident' },
          priority: { name: 'Highest' },
          status: { name: 'Open', statusCategory: { key: 'new' } },
          project: { key: 'OPS', name: 'Operations' },
        },
      },
    }),
  },
}

function readWebhook(payload: Payload): Reading {
  const webhookEvent = payload.text('webhookEvent')
  const issue = payload.at('issue').isObject() ? payload.at('issue') : payload
  if (webhookEvent && !/^(jira:)?issue_/.test(webhookEvent))
    return { events: [], ignored: `The event ${webhookEvent.slice(0, 100)} changes nothing.` }
  if (!issue.text('key')) throw new Unreadable('issue.key is missing: this is not a webhook of Jira.', 'issue.key')
  const type = typeOf(webhookEvent?.replace(/^jira:/, '') ?? null, payload, issue)
  return type ? { events: [eventOf(issue, type)] } : { events: [], ignored: 'The issue is neither done nor reopened.' }
}

function typeOf(webhookEvent: string | null, payload: Payload, issue: Payload): 'ALERT' | 'RESOLVE' | null {
  if (webhookEvent === 'issue_deleted') return 'RESOLVE'
  const done = isDone(issue)
  if (webhookEvent !== 'issue_updated') return done ? 'RESOLVE' : 'ALERT'
  const changes = payload.list('changelog', 'items')
  const status = changes.find((change) => change.text('field') === 'status')
  const resolution = changes.find((change) => change.text('field') === 'resolution')
  if (done) return status || resolution || changes.length === 0 ? 'RESOLVE' : null
  // What moves between states that are all unfinished must not open a new incident.
  const reopened = DONE.test(status?.text('fromString') ?? '') || (resolution && !resolution.text('to'))
  return reopened ? 'ALERT' : null
}

function isDone(issue: Payload): boolean {
  const status = issue.at('fields', 'status')
  const category = status.text('statusCategory', 'key')
  if (category) return category === 'done'
  return DONE.test(status.text('name') ?? '') || issue.at('fields', 'resolution').isObject()
}

function eventOf(issue: Payload, type: 'ALERT' | 'RESOLVE'): ToolEvent {
  const key = issue.required('key')
  const fields = issue.at('fields')
  const link = browseAddress(issue.text('self'), key)
  return {
    type,
    key,
    summary: `${key}: ${fields.text('summary') ?? 'an issue without a summary'}`,
    details: fields.text('description'),
    severity: fields.text('priority', 'name'),
    links: [{ href: link, text: key }],
    labels: {
      project: fields.text('project', 'key'),
      issuetype: fields.text('issuetype', 'name'),
      status: fields.text('status', 'name'),
    },
  }
}

/** The issue's page, from its address in the REST API. */
function browseAddress(self: string | null, key: string): string | null {
  const end = self?.indexOf('/rest/') ?? -1
  return self && end > 0 ? `${self.slice(0, end)}/browse/${encodeURIComponent(key.toWellFormed())}` : null
}
