import type { Env, QueuedDelivery } from '../env.ts'
import { LIMITS } from '../limits.ts'
import { log } from '../log.ts'
import { call } from '../objects.ts'
import type { Delivery } from './delivery.ts'
import type { InboundEvent } from './event.ts'
import type { KeyClaims } from './integration-key.ts'

/** What the edge knows of a delivery beside its content. */
export interface ReceiveContext {
  /** The generation of the integration key that it came with; null: not by a key (the source's SMS number). */
  keyGeneration: number | null
  /** The sender's idempotency key or one of ours: the same delivery made twice carries the same one. */
  deliveryId: string
  receivedAt: number
  /** It was answered with a 2xx already, so whatever becomes of it is written down. */
  accepted?: boolean
}

export interface IncidentName {
  id: number
  reference: string
}

/** What became of an event. Whatever the outcome, it is kept: at its incident or in the source's log. */
export type EventResult =
  | {
      /** `collected`: too many are open, so it joined the incident that stands for the storm. */
      outcome: 'opened' | 'appended' | 'accepted' | 'resolved' | 'already-accepted' | 'collected'
      incident: IncidentName
      key: string | null
    }
  /** `no-open-incident`: ACCEPT, RESOLVE or COMMENT with nothing open. `queued`: the source can't be reached now. */
  | { outcome: 'no-open-incident' | 'queued'; incident: null; key: string | null }
  | { outcome: 'dropped' | 'suppressed'; incident: null; key: string | null; reason: string }

export type Received =
  | {
      taken: true
      /** One for each event. */
      results: EventResult[]
      /** Where there is no event: why. */
      ignored: string | null
    }
  /** The key was rotated out or revoked, its source deleted, or the signature is not that of the source's secret. */
  | { taken: false; refusal: 'key' | 'signature' }
  | { taken: false; refusal: 'rate'; retryAfterSeconds: number; eventsPerMinute: number }

/** Neither the source nor the queue took the delivery: the sender must try again. */
export class NotAccepted extends Error {}

/**
 * Hands a delivery to its alert source. Returns only when it is kept somewhere durable: by the source, or by the queue
 * that stands in for one that can't be reached.
 */
export async function receive(
  env: Env,
  { sourceId, generation }: Pick<KeyClaims, 'sourceId'> & { generation: number | null },
  delivery: Delivery,
  { deliveryId, receivedAt }: Pick<ReceiveContext, 'deliveryId' | 'receivedAt'>,
): Promise<Received> {
  const context: ReceiveContext = { keyGeneration: generation, deliveryId, receivedAt }
  try {
    return await call(env.ALERT_SOURCE, String(sourceId), (source) => source.receive(delivery, context))
  } catch (error) {
    log.warn('alert source not reached, queueing the delivery', { sourceId, error })
  }
  try {
    const parts = fitForQueue(delivery)
    for (const [index, part] of parts.entries()) {
      const id = parts.length > 1 ? `${deliveryId}#${index}` : deliveryId
      const message: QueuedDelivery = {
        sourceId,
        delivery: part,
        context: { ...context, deliveryId: id, accepted: true },
      }
      await env.EVENTS.send(message)
    }
    const events = delivery.way === 'events' ? delivery.events : [{ key: null }]
    return {
      taken: true,
      results: events.map(({ key }) => ({ outcome: 'queued', incident: null, key })),
      ignored: delivery.way === 'events' ? delivery.ignored : null,
    }
  } catch (error) {
    log.error('delivery not accepted', { sourceId, error })
    throw new NotAccepted('The event could not be kept')
  }
}

/**
 * A queue message holds 128 kB: as few messages as the events fit in. What people need at night is kept, in whole or in
 * its beginning; the raw request gives way, and so does what of one event is too large.
 *
 * Without the request a signature can't be checked later, so it goes along wherever it fits.
 */
function fitForQueue(delivery: Delivery): Delivery[] {
  if (fits(delivery)) return [delivery]
  switch (delivery.way) {
    case 'email':
      return [
        { ...delivery, mail: { ...delivery.mail, text: delivery.mail.text.slice(0, LIMITS.pageDetailsCharacters) } },
      ]
    case 'sms':
      return [delivery]
    case 'change':
      return [{ ...delivery, request: { ...delivery.request, body: '' } }]
    case 'events':
      return delivery.events.map((event) => ({
        ...{ way: 'events', ignored: null, request: null },
        events: [fits(event) ? event : trimmed(event)],
      }))
  }
}

function trimmed(event: InboundEvent): InboundEvent {
  const details = event.details?.slice(0, LIMITS.pageDetailsCharacters) ?? null
  return { ...event, customDetails: null, details, comments: [], images: [] }
}

/** Characters of JSON may take three bytes each. */
const QUEUED_CHARACTERS = 40_000

function fits(value: unknown): boolean {
  return JSON.stringify(value).length <= QUEUED_CHARACTERS
}
