import type { Env, QueuedDelivery } from '../env.ts'
import { log } from '../log.ts'
import { call } from '../objects.ts'
import type { InboundEvent } from './event.ts'
import type { ReceiveContext } from './receive.ts'
import { type QueuedSms, receiveQueuedSms } from './sms/queued-sms.ts'

/** What versions before there were deliveries have left in the queue. */
interface QueuedEvent {
  sourceId: number
  event: InboundEvent
  context: Omit<ReceiveContext, 'deliveryId'> & { eventId: string }
}

type Queued = QueuedDelivery | QueuedEvent | QueuedSms

const MAX_DELAY_SECONDS = 300

/** The events queue's consumer: what was accepted while its alert source could not be reached goes there now. */
export async function receiveQueued(batch: MessageBatch<Queued>, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await deliver(message.body, env)
        message.ack()
      } catch (error) {
        log.error('queued event not delivered, will try again', { attempt: message.attempts, error })
        message.retry({ delaySeconds: Math.min(2 ** message.attempts, MAX_DELAY_SECONDS) })
      }
    }),
  )
}

async function deliver(queued: Queued, env: Env): Promise<void> {
  if ('sms' in queued) return receiveQueuedSms(queued, env)
  const { sourceId, delivery, context } = 'event' in queued ? asDelivery(queued) : queued
  const received = await call(env.ALERT_SOURCE, String(sourceId), (source) => source.receive(delivery, context))
  // Those that were taken are taken again, which their incidents' state or the source's memory makes harmless.
  if (received.taken && received.results.some(({ outcome }) => outcome === 'failed')) {
    throw new Error('Some of the events could not be passed on')
  }
  if (!received.taken) log.warn('queued delivery refused', { sourceId, refusal: received.refusal })
}

function asDelivery({ sourceId, event, context: { eventId, ...context } }: QueuedEvent): QueuedDelivery {
  const delivery = { way: 'events' as const, events: [event], ignored: null, request: null }
  return { sourceId, delivery, context: { ...context, deliveryId: eventId } }
}
