import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { type Reading, type Tool, Unreadable } from './tool.ts'

export const instana: Tool = {
  id: 'instana',
  name: 'IBM Instana',
  category: 'metrics',
  keywords: ['apm', 'ibm', 'instana'],
  resolves: true,
  about: 'Issues and incidents of Instana, until it closes them.',
  setup: ({ url }) => [
    {
      text: 'In Instana open **Settings → Global Settings → Events & Alerts → Alert Channels → Add Alert Channel → Generic Webhook** and enter this URL.',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Use the channel in an alert configuration on *issues* and *incidents*. Changes, and entities that go online or offline, are logged here and open nothing.',
    },
  ],
  read: (request) => readIssue(request.json()),
  sample: {
    body: JSON.stringify({
      issue: {
        id: '53650436-8e35-49a3-a610-56b442ae7620',
        type: 'issue',
        state: 'OPEN',
        start: 1767607200000,
        severity: 10,
        text: 'Garbage collection activity high (11 %)',
        suggestion: 'Tune the garbage collector, or allocate less.',
        link: 'https://example.instana.io/#/events;eventId=53650436-8e35-49a3-a610-56b442ae7620',
        zone: 'prod',
        fqdn: 'web-1.example.com',
        entity: 'jvm',
        entityLabel: 'Shop JVM',
        tags: 'production, shop',
        container: 'shop',
      },
    }),
  },
}

/** "Webhook alert channel" of Instana's documentation. A closed issue may carry nothing but its id, state and end. */
function readIssue(payload: Payload): Reading {
  const issue = payload.at('issue')
  if (!issue.isObject()) throw new Unreadable('issue is missing: this is no webhook of Instana', 'issue')
  const id = payload.required('issue', 'id')
  const state = issue.text('state')?.toUpperCase()
  if (state !== 'OPEN' && state !== 'CLOSED')
    return { events: [], ignored: `Instana: a ${issue.text('type') ?? 'change'} event is no problem` }
  const text = issue.text('text') ?? (state === 'OPEN' ? 'An issue of Instana without a text' : '')
  const where = issue.firstText('entityLabel', 'fqdn')
  return {
    events: [
      {
        type: state === 'OPEN' ? 'ALERT' : 'RESOLVE',
        key: id,
        summary: text && where ? `${text} on ${where}` : text,
        details: paragraphs(issue.text('description'), issue.text('suggestion')),
        severity: issue.text('severity'),
        severityLevel: levelOf(issue.number('severity')),
        links: presentLinks({ Instana: issue.text('link') }),
        labels: presentLabels({
          type: issue.text('type'),
          zone: issue.text('zone'),
          host: issue.text('fqdn'),
          entity: issue.text('entity'),
          container: issue.text('container'),
          tags: issue.text('tags'),
        }),
        payload: payload.value,
      },
    ],
  }
}

/** 5 is a warning and 10 critical; there are no others. */
function levelOf(severity: number | null): number | null {
  if (severity === null) return null
  return severity >= 10 ? 1 : 3
}
