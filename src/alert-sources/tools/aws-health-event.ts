import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import type { Reading } from './tool.ts'

export function isAwsHealthEvent(event: Payload): boolean {
  return event.text('source') === 'aws.health' || event.text('detail-type')?.startsWith('AWS Health') === true
}

/**
 * Reads an event of AWS Health. An issue opens an incident until AWS closes it. What AWS plans or merely announces is no
 * alarm: it is kept in the source's log and opens nothing.
 *
 * `statusCode` came later; an event without one is taken for open even if it names an end, for that may lie ahead.
 */
export function readAwsHealthEvent(event: Payload): Reading {
  const detail = event.at('detail')
  const code = event.required('detail', 'eventTypeCode')
  const category = detail.text('eventTypeCategory')
  const status = detail.text('statusCode')?.toLowerCase()
  if (category && QUIET.has(category)) return { events: [], ignored: `AWS Health: ${category} ${code} is no alarm` }
  if (status === 'upcoming') return { events: [], ignored: `AWS Health: ${code} is yet to come` }
  const arn = detail.text('eventArn')
  const service = detail.text('service')
  const region = detail.text('eventRegion') ?? event.text('region')
  const entities = detail.list('affectedEntities').flatMap((entity) => entity.text('entityValue') ?? [])
  return {
    events: [
      {
        type: status === 'closed' ? 'RESOLVE' : 'ALERT',
        key: arn,
        summary: `${code}${service ? `: ${service}` : ''}${region ? ` in ${region}` : ''}`,
        details: paragraphs(
          descriptionOf(detail),
          entities.length > 0 ? `Affected: ${entities.slice(0, 50).join(', ')}` : null,
        ),
        links: presentLinks({ 'AWS Health': arn && healthLink(arn) }),
        labels: presentLabels({
          service,
          region,
          category,
          account: detail.text('affectedAccount') ?? event.text('account'),
        }),
        payload: event.value,
      },
    ],
  }
}

const QUIET = new Set(['scheduledChange', 'accountNotification'])

function descriptionOf(detail: Payload): string | null {
  const descriptions = detail.list('eventDescription')
  const english = descriptions.find((description) => description.text('language')?.startsWith('en'))
  return (english ?? descriptions[0])?.text('latestDescription') ?? null
}

function healthLink(arn: string): string {
  return `https://health.aws.amazon.com/health/home#/account/event-log?eventID=${encodeURIComponent(arn.toWellFormed())}`
}
