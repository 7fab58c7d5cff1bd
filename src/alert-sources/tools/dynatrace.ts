import type { EventType } from '../event.ts'
import { presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { renderedJson } from './rendered-json.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

/**
 * Dynatrace sends what the customer's template says. Placeholders as in "Webhook integration" of its documentation; those
 * without quotation marks are JSON already.
 */
const TEMPLATE = `{
  "State": "{State}",
  "PID": "{PID}",
  "ProblemID": "{ProblemID}",
  "ProblemTitle": "{ProblemTitle}",
  "ProblemSeverity": "{ProblemSeverity}",
  "ProblemImpact": "{ProblemImpact}",
  "ProblemURL": "{ProblemURL}",
  "ProblemDetailsText": "{ProblemDetailsText}",
  "ImpactedEntity": "{ImpactedEntity}",
  "ImpactedEntities": {ImpactedEntities},
  "Tags": "{Tags}"
}`

export const dynatrace: Tool = {
  id: 'dynatrace',
  name: 'Dynatrace',
  category: 'metrics',
  keywords: ['apm', 'davis', 'problem notification'],
  resolves: true,
  about: 'Problems that Dynatrace detects, until it closes them or merges them into another.',
  setup: ({ url }) => [
    {
      text: 'In Dynatrace open **Settings → Integration → Problem notifications → Add notification**, choose **Custom integration** and enter this webhook URL.',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Switch **Call webhook if problem is closed** on, and paste this as the **custom payload**.',
      snippet: { language: 'json', code: TEMPLATE },
    },
    { text: 'Choose the alerting profile whose problems shall come here, and **Send test notification**.' },
  ],
  read: (request) => ({ events: [readProblem(renderedJson(request))] }),
  sample: {
    body: JSON.stringify({
      State: 'OPEN',
      PID: '-1234567890123456789_1767607200000V2',
      ProblemID: 'P-2601123',
      ProblemTitle: 'Failure rate increase',
      ProblemSeverity: 'ERROR',
      ProblemImpact: 'SERVICE',
      ProblemURL:
        'https://abc12345.live.dynatrace.com/#problems/problemdetails;pid=-1234567890123456789_1767607200000V2',
      ProblemDetailsText: 'OPEN Problem P-2601123 in environment shop\nThe failure rate of checkout increased to 12 %.',
      ImpactedEntity: 'Failure rate increase on Web request service checkout',
      ImpactedEntities: [{ type: 'SERVICE', name: 'checkout', entity: 'SERVICE-ABCDEF1234567890' }],
      Tags: 'production, team:shop',
    }),
  },
}

function readProblem(payload: Payload): ToolEvent {
  const type = typeOf(field(payload, 'State', 'ProblemStatus'))
  const id = field(payload, 'ProblemID')
  const severity = field(payload, 'ProblemSeverity')
  const title = field(payload, 'ProblemTitle') ?? 'A problem of Dynatrace without a title'
  const entity = payload.text('ImpactedEntities', 0, 'name') ?? field(payload, 'ImpactedEntityNames')
  return {
    type,
    // The number people see may be used anew; the PID is the problem's alone.
    key: field(payload, 'PID') ?? id,
    summary: entity ? `${title} on ${entity}` : title,
    details: field(payload, 'ProblemDetailsText', 'ProblemDetailsMarkdown', 'ImpactedEntity'),
    severity,
    // The other words are known to `severity.ts`; of a custom alert nobody knows how bad it is.
    severityLevel: severity?.toUpperCase() === 'RESOURCE_CONTENTION' ? 3 : null,
    links: presentLinks({ Dynatrace: field(payload, 'ProblemURL', 'Problem URL') }),
    labels: {
      ...tagsOf(field(payload, 'Tags')),
      ...presentLabels({ problem: id, impact: field(payload, 'ProblemImpact'), entity }),
    },
    payload: payload.value,
  }
}

/** MERGED: the problem goes on as another one, which was told of too. */
function typeOf(state: string | null): EventType {
  switch (state?.toUpperCase()) {
    case 'RESOLVED':
    case 'CLOSED':
    case 'MERGED':
      return 'RESOLVE'
    case 'OPEN':
      return 'ALERT'
    default:
      throw new Unreadable(
        'State must be OPEN, RESOLVED or MERGED. Paste the custom payload that Tocsin shows.',
        'State',
      )
  }
}

function tagsOf(tags: string | null): Record<string, string> {
  return Object.fromEntries(
    (tags ?? '').split(',').flatMap((tag): [string, string][] => {
      const at = tag.indexOf(':')
      const name = tag.slice(0, at).trim()
      const value = tag.slice(at + 1).trim()
      return at > 0 && name && value ? [[name, value]] : []
    }),
  )
}

/** A placeholder that Dynatrace does not know stays as it is. */
function field(payload: Payload, ...names: string[]): string | null {
  for (const name of names) {
    const text = payload.text(name)
    if (text !== null && !/^\{\w+\}$/.test(text)) return text
  }
  return null
}
