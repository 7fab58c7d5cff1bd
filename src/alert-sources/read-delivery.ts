import { boundedEvent } from './bounded-event.ts'
import type { AlertSourceConfig } from './config.ts'
import type { Delivery, RawRequest } from './delivery.ts'
import type { InboundEvent } from './event.ts'
import { maskKeys } from './secrets-in-text.ts'
import { smsEvent } from './sms/sms-events.ts'

/** What a delivery says, read with the source's settings. */
export interface ReadDelivery {
  events: InboundEvent[]
  /** As the log keeps it; null: there was none. */
  request: RawRequest | null
  /** Why it holds no event: the request says nothing new, or a filter of the source drops it. */
  ignored: string | null
  /** Whether that is a filter's or an allow-list's doing. */
  dropped: boolean
  /** What to call it in the log where it holds no event. */
  summary: string
}

export async function readDelivery(delivery: Delivery, config: AlertSourceConfig): Promise<ReadDelivery> {
  const read = await readWay(delivery, config)
  return { ...read, summary: maskKeys(read.summary), ignored: read.ignored && maskKeys(read.ignored) }
}

async function readWay(delivery: Delivery, config: AlertSourceConfig): Promise<ReadDelivery> {
  switch (delivery.way) {
    case 'events': {
      const { events, request, ignored } = delivery
      return { events, request, ignored, dropped: false, summary: ignored ?? '' }
    }
    case 'change':
      return { events: [], request: delivery.request, ignored: null, dropped: false, summary: delivery.summary }
    case 'email': {
      const { mail } = delivery
      // With the engine of its patterns it is large, and other ways in do without.
      const { mailEvent } = await import('./email/mail-events.ts')
      const read = await mailEvent(mail, config.mail, config.grouping)
      const { from, to, subject, text } = mail
      const request = {
        via: 'email',
        method: 'MAIL',
        headers: {},
        query: {},
        body: textOf({ from, to, subject, text }),
      }
      return { ...(await outcomeOf(read)), request, summary: subject }
    }
    case 'sms': {
      const { from, to, text } = delivery.sms
      const request = { via: 'sms', method: 'SMS', headers: {}, query: {}, body: textOf({ from, to, text }) }
      return { ...(await outcomeOf(smsEvent(delivery.sms, config.sms, config.grouping))), request, summary: text }
    }
  }
}

type OneEvent = { event: Parameters<typeof boundedEvent>[0] } | { dropped: string }

async function outcomeOf(read: OneEvent): Promise<Pick<ReadDelivery, 'events' | 'ignored' | 'dropped'>> {
  if ('dropped' in read) return { events: [], ignored: read.dropped, dropped: true }
  return { events: [await boundedEvent(read.event)], ignored: null, dropped: false }
}

function textOf(content: object): string {
  return JSON.stringify(content, null, 2)
}
