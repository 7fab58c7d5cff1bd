import type { QueuedDelivery } from '../env.ts'
import { LIMITS } from '../limits.ts'
import type { Delivery } from './delivery.ts'
import type { InboundMail } from './email/mail.ts'
import type { InboundEvent } from './event.ts'
import { jsonBytes } from './json-bytes.ts'
import type { ReceiveContext } from './receive.ts'
import { findTool } from './tools/index.ts'

/** A message holds 128 kB; some of them are the platform's own. */
const MESSAGE_BYTES = 120_000
/** As many messages, and bytes of them, are sent at once. */
const BATCH_MESSAGES = 100
const BATCH_BYTES = 2 * MESSAGE_BYTES

/**
 * As few messages as a delivery fits in. What people need at night is kept, in whole or in its beginning; the raw request
 * gives way, and so does what of one event is too large.
 *
 * Null: it does not fit, and a signature can't be checked later without all of the request.
 */
export function queueMessages(
  sourceId: number,
  delivery: Delivery,
  context: ReceiveContext,
): [QueuedDelivery, ...QueuedDelivery[]] | null {
  const message = (part: Delivery, firstIndex = context.firstIndex ?? 0): QueuedDelivery => ({
    sourceId,
    delivery: part,
    context: { ...context, ...(firstIndex > 0 && { firstIndex }) },
  })
  const whole = message(delivery)
  if (fits(whole)) return [whole]
  switch (delivery.way) {
    case 'email':
      return [message({ ...delivery, mail: trimmedMail(delivery.mail) })]
    case 'sms':
      return [whole]
    case 'change':
      return [message({ ...delivery, request: { ...delivery.request, headers: {}, query: {}, body: '' } })]
    case 'events': {
      const { events, request } = delivery
      if (request && findTool(request.via)?.signature) return null
      const bare = { ...delivery, request: null }
      const room = MESSAGE_BYTES - jsonBytes(message({ ...bare, events: [] }, LIMITS.eventsPerRequest))
      const [first = [], ...others] = packed(events, room)
      let next = (context.firstIndex ?? 0) + first.length
      const messages: [QueuedDelivery, ...QueuedDelivery[]] = [message({ ...bare, events: first })]
      for (const part of others) {
        messages.push(message({ ...bare, events: part }, next))
        next += part.length
      }
      return messages
    }
  }
}

/** As few batches as the messages may be sent in. */
export function queueBatches(messages: QueuedDelivery[]): QueuedDelivery[][] {
  return grouped(messages, (count, bytes) => count <= BATCH_MESSAGES && bytes <= BATCH_BYTES)
}

/** Consecutive events, as many together as there is room for. */
function packed(events: InboundEvent[], room: number): InboundEvent[][] {
  const fitting = events.map((event) => (jsonBytes(event) <= room ? event : trimmed(event)))
  return grouped(fitting, (_, bytes) => bytes <= room)
}

/** In order, as many together as `holds` says; one alone always is a group. A comma is counted for each. */
function grouped<T>(items: T[], holds: (count: number, bytes: number) => boolean): T[][] {
  const groups: T[][] = []
  let group: T[] = []
  let bytes = 0
  for (const item of items) {
    const size = jsonBytes(item) + 1
    if (group.length > 0 && !holds(group.length + 1, bytes + size)) {
      groups.push(group)
      group = []
      bytes = 0
    }
    group.push(item)
    bytes += size
  }
  if (group.length > 0) groups.push(group)
  return groups
}

/** Bytes of an event's links, and of its labels: with all else that is left, it fits. */
const ORNAMENT_BYTES = 25_000

function trimmed(event: InboundEvent): InboundEvent {
  const { details, links, labels } = event
  return {
    ...{ ...event, customDetails: null, comments: [], images: [] },
    details: details?.slice(0, LIMITS.pageDetailsCharacters) ?? null,
    links: beginning(links),
    labels: Object.fromEntries(beginning(Object.entries(labels))),
  }
}

function trimmedMail(mail: InboundMail): InboundMail {
  return {
    ...mail,
    text: mail.text.slice(0, LIMITS.pageDetailsCharacters),
    to: beginning(mail.to),
    references: beginning(mail.references),
    attachments: [],
  }
}

function beginning<T>(items: T[]): T[] {
  const [first = []] = grouped(items, (_, bytes) => bytes <= ORNAMENT_BYTES)
  return first
}

function fits(message: QueuedDelivery): boolean {
  return jsonBytes(message) <= MESSAGE_BYTES
}
