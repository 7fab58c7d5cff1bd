import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { call } from '../objects.ts'
import type { Delivery } from './delivery.ts'
import type { KeyClaims } from './key-format.ts'
import { queueBatches, queueMessages } from './queue-messages.ts'

/** What the edge knows of a delivery beside its content. */
export interface ReceiveContext {
  /** The generation of the integration key that it came with; null: not by a key (the source's SMS number). */
  keyGeneration: number | null
  /** The sender's idempotency key or one of ours: the same delivery made twice carries the same one. */
  deliveryId: string
  receivedAt: number
  /** It was answered with a 2xx already, so whatever becomes of it is written down. */
  accepted?: boolean
  /** Where a delivery comes in parts: the place in the whole of it that the part's first event had. */
  firstIndex?: number
}

/** What makes an event the same one when its delivery comes again. A delivery's first one has its id. */
export function eventIdOf(deliveryId: string, index: number): string {
  return index === 0 ? deliveryId : `${deliveryId}#${index}`
}

export interface IncidentName {
  id: number
  reference: string
}

/** What its source says became of an event. `failed`: it could not be passed on now, and is not kept. */
export type EventResult = KeptResult | { outcome: 'failed'; incident: null; key: string | null }

/** What became of an event that is kept: at its incident, in the source's log or in the queue. */
export type KeptResult =
  | {
      /** `collected`: too many are open, so it joined the incident that stands for the storm. */
      outcome: 'opened' | 'appended' | 'accepted' | 'resolved' | 'already-accepted' | 'collected'
      incident: IncidentName
      key: string | null
    }
  /** `no-open-incident`: ACCEPT, RESOLVE or COMMENT with nothing open. `queued`: the source can't be reached now. */
  | { outcome: 'no-open-incident' | 'queued'; incident: null; key: string | null }
  | { outcome: 'dropped' | 'suppressed'; incident: null; key: string | null; reason: string }

export type Received<Result = EventResult> =
  | {
      taken: true
      /** One for each event. */
      results: Result[]
      /** Where there is no event: why. */
      ignored: string | null
    }
  /** The key was rotated out or revoked, or its source deleted. */
  | { taken: false; refusal: 'key' }
  /** The source has a signing secret, and `tool` did not sign this with it. */
  | { taken: false; refusal: 'signature'; tool: string }
  | { taken: false; refusal: 'rate'; retryAfterSeconds: number; eventsPerMinute: number }

/** Neither the source nor the queue took the delivery: the sender must try again. */
export class NotAccepted extends Error {}

/**
 * Hands a delivery to its alert source. Returns only when all of it is kept somewhere durable: by the source, or by the
 * queue that stands in for one that can't be reached, or could not pass on some of its events.
 */
export async function receive(
  env: Env,
  { sourceId, generation }: Pick<KeyClaims, 'sourceId'> & { generation: number | null },
  delivery: Delivery,
  { deliveryId, receivedAt }: Pick<ReceiveContext, 'deliveryId' | 'receivedAt'>,
): Promise<Received<KeptResult>> {
  const context: ReceiveContext = { keyGeneration: generation, deliveryId, receivedAt }
  const received = await askSource(env, sourceId, delivery, context)
  if (received && !received.taken) return received
  try {
    if (received) return { ...received, results: await keepFailed(env, sourceId, delivery, context, received.results) }
    await queue(env, sourceId, [{ delivery, context }])
  } catch (error) {
    log.error('delivery not accepted', { sourceId, error })
    throw new NotAccepted('The event could not be kept')
  }
  const events = delivery.way === 'events' ? delivery.events : [{ key: null }]
  return { taken: true, results: events.map(queued), ignored: delivery.way === 'events' ? delivery.ignored : null }
}

/** Null: it can't be reached. */
async function askSource(
  env: Env,
  sourceId: number,
  delivery: Delivery,
  context: ReceiveContext,
): Promise<Received | null> {
  try {
    return await call(env.ALERT_SOURCE, String(sourceId), (source) => source.receive(delivery, context))
  } catch (error) {
    log.warn('alert source not reached, queueing the delivery', { sourceId, error })
    return null
  }
}

/** Queues the events that the source could not pass on, and no others. */
async function keepFailed(
  env: Env,
  sourceId: number,
  delivery: Delivery,
  context: ReceiveContext,
  results: EventResult[],
): Promise<KeptResult[]> {
  const parts = runs(results, ({ outcome }) => outcome === 'failed').map(([start, end]) =>
    delivery.way === 'events'
      ? {
          // The source found its signature good, and has the request in its log.
          delivery: { ...delivery, events: delivery.events.slice(start, end), request: null, own: true as const },
          context: { ...context, firstIndex: start },
        }
      : { delivery, context },
  )
  await queue(env, sourceId, parts)
  return results.map((result) => (result.outcome === 'failed' ? queued(result) : result))
}

/** Where consecutive ones of these begin and end. */
function runs<T>(items: T[], is: (item: T) => boolean): [start: number, end: number][] {
  const found: [number, number][] = []
  for (const [index, item] of items.entries()) {
    if (!is(item)) continue
    const last = found.at(-1)
    if (last?.[1] === index) last[1]++
    else found.push([index, index + 1])
  }
  return found
}

async function queue(
  env: Env,
  sourceId: number,
  parts: { delivery: Delivery; context: ReceiveContext }[],
): Promise<void> {
  const messages = parts.flatMap(({ delivery, context }) => {
    const fitting = queueMessages(sourceId, delivery, { ...context, accepted: true })
    if (!fitting) throw new Error('A signed request is too large for the queue')
    return fitting
  })
  for (const batch of queueBatches(messages)) await env.EVENTS.sendBatch(batch.map((body) => ({ body })))
}

function queued({ key }: { key: string | null }): KeptResult {
  return { outcome: 'queued', incident: null, key }
}
