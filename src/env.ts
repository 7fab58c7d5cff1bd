import type { AlertSource } from '../durable-objects/alert-source.ts'
import type { Incident } from '../durable-objects/incident.ts'
import type { LiveFeed } from '../durable-objects/live-feed.ts'
import type { MessageBudget } from '../durable-objects/message-budget.ts'
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
  MESSAGE_BUDGET: DurableObjectNamespace<MessageBudget>
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
  /** Telnyx: texts and calls too, tried after Twilio; with TELNYX_FROM. */
  TELNYX_API_KEY?: string
  /** The number that they come from, E.164. */
  TELNYX_FROM?: string
  /** The TeXML application that calls go through; absent: texts only. */
  TELNYX_TEXML_APP_ID?: string
  /** With which Telnyx signs its webhooks: Ed25519, base64. */
  TELNYX_PUBLIC_KEY?: string
  /** Where Telnyx's API is, for tests. */
  TELNYX_API_URL?: string
  /** The sender of mails, such as "Tocsin <tocsin@example.com>". */
  MAIL_FROM?: string
  /** Cloudflare Email Service, where wrangler.toml binds it. */
  EMAIL?: SendEmail
  /** A mail server with its user and password, such as smtps://user:password@mail.example.com:465. */
  SMTP_URL?: string
  RESEND_API_KEY?: string
  /** Where Resend's API is; absent: at Resend. */
  RESEND_API_URL?: string
  /** Of the Pushover application that sends pushes. */
  PUSHOVER_TOKEN?: string
  /** Where Pushover's API is; absent: at Pushover. */
  PUSHOVER_API_URL?: string
  /** Texts that one user may be sent in an hour: 60 where it is not set; 0: no limit. So with the next three. */
  SMS_PER_USER_HOUR?: string
  /** Calls, 30. */
  CALLS_PER_USER_HOUR?: string
  /** Texts of the whole deployment in a day, 2,000. */
  SMS_PER_DAY?: string
  /** Calls of the whole deployment in a day, 500. */
  CALLS_PER_DAY?: string
  /** Of the Telegram bot that writes to people; with it, Telegram is a channel. */
  TELEGRAM_BOT_TOKEN?: string
  /** Where Telegram's API is, for tests. */
  TELEGRAM_API_URL?: string
  /** Whose numbers texts and calls may go to, such as "DE,AT,CH". Absent: all. */
  PHONE_COUNTRIES?: string
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
