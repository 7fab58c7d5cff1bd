import type { InboundMail } from './email/mail.ts'
import type { InboundEvent } from './event.ts'
import type { InboundSms } from './sms/sms.ts'

/**
 * What one request, mail or SMS brings to an alert source, already bounded. What needs the source's settings (mail
 * filters, signatures, templates, rules) is done by the source, so the edge asks no storage.
 */
export type Delivery =
  | {
      way: 'events'
      /** In order. Empty where the request says nothing new; then `ignored` says why. */
      events: InboundEvent[]
      ignored: string | null
      /** Kept for the log of the source, and for its signature to be checked. Null: reported by ourselves or by hand. */
      request: RawRequest | null
      /** Made by ourselves, or found to be signed before: no signature is asked for. Never set by what comes from outside. */
      own?: true
    }
  | { way: 'email'; mail: InboundMail }
  | { way: 'sms'; sms: InboundSms }
  /** A deployment or another change: recorded beside the events, opens nothing (PagerDuty's change events). */
  | { way: 'change'; summary: string; request: RawRequest }

/** A request as it came, without what the platform adds and without credentials. */
export interface RawRequest {
  /** Who read it: a tool's `id`, or the door, such as `pagerduty-v2`. */
  via: string
  method: string
  /** Names in lower case. */
  headers: Record<string, string>
  query: Record<string, string>
  body: string
}
