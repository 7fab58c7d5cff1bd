import type { AlertSource } from '../durable-objects/alert-source.ts'
import type { Incident } from '../durable-objects/incident.ts'
import type { LiveFeed } from '../durable-objects/live-feed.ts'
import type { Pager } from '../durable-objects/pager.ts'
import type { SandboxCarrier } from '../durable-objects/sandbox-carrier.ts'
import type { Delivery } from './alert-sources/delivery.ts'
import type { ReceiveContext } from './alert-sources/receive.ts'
import type { QueuedSms } from './alert-sources/sms/queued-sms.ts'
import type { IncidentSnapshot } from './incidents/snapshot.ts'

/** Everything the platform gives the Worker and its objects; `wrangler.toml` declares it. */
export interface Env {
  DB: D1Database
  ASSETS: Fetcher
  ALERT_SOURCE: DurableObjectNamespace<AlertSource>
  INCIDENT: DurableObjectNamespace<Incident>
  PAGER: DurableObjectNamespace<Pager>
  LIVE_FEED: DurableObjectNamespace<LiveFeed>
  SANDBOX_CARRIER: DurableObjectNamespace<SandboxCarrier>
  EVENTS: Queue<QueuedDelivery | QueuedSms>
  NOTIFICATIONS: Queue<QueuedNotification>
  PROJECTIONS: Queue<IncidentSnapshot>
  /** Keys for signing and encrypting are derived from it, one per purpose; at least 32 characters. */
  SECRET: string
  /** Guards the one-time set-up of the first administrator. */
  SETUP_SECRET: string
  /** '1': the simulated carrier takes the place of all providers. */
  SANDBOX: string
  /** '1': policies may have timeouts of fractions of a minute, short enough to watch. */
  DEMO: string
  /** Where people open the dashboard, without a slash at the end. Empty: as the request says. */
  PUBLIC_URL: string
  /** The domain whose mail Email Routing hands to this Worker, such as "alerts.example.com". Empty: no mail comes. */
  MAIL_DOMAIN: string
  /** Of the Twilio account that sends text messages, and whose numbers take them. Absent: none do. */
  TWILIO_AUTH_TOKEN?: string
  /** Of the same account; with TWILIO_FROM, texts and calls go out through it. */
  TWILIO_ACCOUNT_SID?: string
  /** The number that they come from, E.164; a messaging service (MG…) sends texts only. */
  TWILIO_FROM?: string
  /** Where Twilio's API is, for tests. */
  TWILIO_API_URL?: string
  /** The sender of mails, such as "Tocsin <tocsin@example.com>". */
  MAIL_FROM?: string
  RESEND_API_KEY?: string
  /** Where Resend's API is; absent: at Resend. */
  RESEND_API_URL?: string
}

/** A delivery that was accepted although its alert source could not be reached. */
export interface QueuedDelivery {
  sourceId: number
  delivery: Delivery
  context: ReceiveContext
}

/** A notification that is due. What it says is asked of the Pager when it is claimed, so that it is never out of date. */
export interface QueuedNotification {
  userId: number
  notificationId: string
}
