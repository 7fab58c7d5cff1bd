import { Hono } from 'hono'
import { eventApi } from './alert-sources/doors/event-api.ts'
import { goAlertDoor } from './alert-sources/doors/goalert.ts'
import { opsgenieDoor } from './alert-sources/doors/opsgenie.ts'
import { pagerDutyDoor } from './alert-sources/doors/pagerduty.ts'
import { toolDoor } from './alert-sources/doors/tools.ts'
import { pingDoor } from './alert-sources/heartbeats/ping-door.ts'
import { receiveQueued } from './alert-sources/queued-events.ts'
import { smsDoor } from './alert-sources/sms/sms-door.ts'
import { saveDeadLetters } from './directory/dead-letters.ts'
import { projectBatch } from './directory/projections.ts'
import type { Env, QueuedDelivery, QueuedNotification } from './env.ts'
import type { IncidentSnapshot } from './incidents/snapshot.ts'
import { actPages } from './notifications/act-pages.ts'
import { deliverBatch } from './notifications/deliver.ts'
import { telegramDoor } from './notifications/doors/telegram.ts'
import { telnyxDoor } from './notifications/doors/telnyx.ts'
import { twilioDoor } from './notifications/doors/twilio.ts'
import { isReplyAddress } from './notifications/mail/reply-address.ts'
import { watch } from './watchdog.ts'

export { AlertSource } from '../durable-objects/alert-source.ts'
export { Incident } from '../durable-objects/incident.ts'
export { LiveFeed } from '../durable-objects/live-feed.ts'
export { MessageBudget } from '../durable-objects/message-budget.ts'
export { Pager } from '../durable-objects/pager.ts'
export { SandboxCarrier } from '../durable-objects/sandbox-carrier.ts'

/** Who handles what. The API with its sign-in is loaded only when it is asked for: the event path does without. */
const app = new Hono<{ Bindings: Env }>()
  .route('/', eventApi)
  .route('/', toolDoor)
  .route('/', pingDoor)
  .route('/', pagerDutyDoor)
  .route('/', opsgenieDoor)
  .route('/', goAlertDoor)
  .route('/', smsDoor)
  .route('/', twilioDoor)
  .route('/', telnyxDoor)
  .route('/', telegramDoor)
  .route('/', actPages)
  .all('/api/*', handleApi)
  .all('/api-docs/*', handleApi)
  .all('/calendars/*', handleApi)
  .all('/v2/*', notServed)
  .all('/jsm/*', notServed)
  .all('/generic/*', notServed)
  .all('/ping/*', notServed)
  .all('/v1/api/*', notServed)
  .all('*', (c) => c.env.ASSETS.fetch(c.req.raw))

/** Tools must not take the dashboard's page for an answer. */
function notServed(c: {
  req: { method: string; path: string }
  json: (body: object, status: 404) => Response
}): Response {
  const message = `Tocsin does not serve ${c.req.method} ${c.req.path}: docs/events.md lists the compatible addresses`
  return c.json({ status: 404, code: 'NOT_FOUND', message }, 404)
}

async function handleApi(c: { req: { raw: Request }; env: Env; executionCtx: unknown }): Promise<Response> {
  const { app: api } = await import('./api/app.ts')
  return api.fetch(c.req.raw, c.env, c.executionCtx as ExecutionContext)
}

export default {
  fetch: app.fetch,

  async queue(batch: MessageBatch<unknown>, env: Env): Promise<void> {
    switch (batch.queue) {
      case 'tocsin-events':
        return receiveQueued(batch as MessageBatch<QueuedDelivery>, env)
      case 'tocsin-notifications':
        return deliverBatch(batch as MessageBatch<QueuedNotification>, env)
      case 'tocsin-projections':
        return projectBatch(batch as MessageBatch<IncidentSnapshot>, env)
      default:
        return saveDeadLetters(env, batch)
    }
  },

  async email(message: ForwardableEmailMessage, env: Env): Promise<void> {
    // The MIME parser is large, and events do without.
    if (isReplyAddress(message.to)) {
      const { takeMailAnswer } = await import('./notifications/doors/mail-answers.ts')
      return takeMailAnswer(message, env)
    }
    const { receiveMail } = await import('./alert-sources/email/receive-mail.ts')
    await receiveMail(message, env)
  },

  async scheduled(controller: ScheduledController, env: Env): Promise<void> {
    await watch(env, controller.scheduledTime)
  },
} satisfies ExportedHandler<Env>
