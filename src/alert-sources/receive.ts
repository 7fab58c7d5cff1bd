import type { Env } from '../env.ts'
import { LIMITS } from '../limits.ts'
import { log } from '../log.ts'
import { call } from '../objects.ts'
import type { InboundEvent } from './event.ts'

/** What the edge knows of an event beside its content. */
export interface ReceiveContext {
  /** The generation of the integration key that it came with. */
  keyGeneration: number
  /** The sender's idempotency key or one of ours: the same event delivered twice carries the same one. */
  eventId: string
  receivedAt: number
  /** It was answered with a 2xx already, so whatever becomes of it is written down. */
  accepted?: boolean
}

export interface IncidentName {
  id: number
  reference: string
}

/** What became of an event. Whatever the outcome, it is kept: at its incident or in the source's log. */
export type ReceiveResult =
  | { outcome: 'opened' | 'appended' | 'accepted' | 'resolved'; incident: IncidentName; key: string | null }
  | { outcome: 'already-accepted'; incident: IncidentName; key: string | null }
  /** ACCEPT, RESOLVE or COMMENT with nothing open. */
  | { outcome: 'no-open-incident'; incident: null; key: string | null }
  | { outcome: 'dropped'; incident: null; key: string | null; reason: string }
  /** The source can't be reached now; the event waits in a queue. */
  | { outcome: 'queued'; incident: null; key: string | null }
  /** The key was rotated out or revoked, or its source deleted. Not kept. */
  | { outcome: 'key-refused'; incident: null; key: null }

/** Neither the source nor the queue took the event: the sender must try again. */
export class NotAccepted extends Error {}

/**
 * Hands an event to its alert source. Returns only when it is kept somewhere durable: by the source, or by the queue
 * that stands in for one that can't be reached.
 */
export async function receive(
  env: Env,
  sourceId: number,
  event: InboundEvent,
  context: ReceiveContext,
): Promise<ReceiveResult> {
  try {
    return await call(env.ALERT_SOURCE, String(sourceId), (source) => source.receive(event, context))
  } catch (error) {
    log.warn('alert source not reached, queueing the event', { sourceId, error })
  }
  try {
    await env.EVENTS.send({ sourceId, event: fitForQueue(event), context: { ...context, accepted: true } })
    return { outcome: 'queued', incident: null, key: event.key }
  } catch (error) {
    log.error('event not accepted', { sourceId, error })
    throw new NotAccepted('The event could not be kept')
  }
}

/** A queue message holds 128 kB. What people need at night is kept; the rest gives way. */
function fitForQueue(event: InboundEvent): InboundEvent {
  if (JSON.stringify(event).length <= QUEUED_CHARACTERS) return event
  return {
    ...event,
    customDetails: null,
    details: event.details?.slice(0, LIMITS.pageDetailsCharacters) ?? null,
    comments: [],
    images: [],
  }
}

/** Characters of JSON may take three bytes each. */
const QUEUED_CHARACTERS = 40_000
