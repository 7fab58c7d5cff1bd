import type { InboundEvent } from '../event.ts'
import { boundedPayload } from './bounded-payload.ts'

/** What an event comes with: the same for all its templates and rules. */
export interface ProcessingContext {
  source: { id: number; name: string; shortName: string }
  now: number
}

/** What templates and rules can name. Plain data, bounded. */
export interface Variables {
  event: Pick<InboundEvent, (typeof EVENT_FIELDS)[number]>
  /** What the sender sent, as far as a tool's reader keeps it. */
  payload: unknown
  source: ProcessingContext['source']
  now: number
}

export const EVENT_FIELDS = [
  'type',
  'key',
  'summary',
  'details',
  'priority',
  'severity',
  'labels',
  'links',
  'comments',
] as const

export const VARIABLES = ['event', 'payload', 'source', 'now'] as const

export function variablesOf(event: InboundEvent, { source, now }: ProcessingContext): Variables {
  return { event: eventFields(event), payload: boundedPayload(event.customDetails), source, now }
}

export function eventFields(event: InboundEvent): Variables['event'] {
  const { type, key, summary, details, priority, severity, labels, links, comments } = event
  return { type, key, summary, details, priority, severity, labels, links, comments }
}
