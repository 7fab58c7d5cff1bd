import { Hono } from 'hono'
import { eventApi } from './alert-sources/event-api.ts'
import { receiveQueued } from './alert-sources/queued-events.ts'
import { saveDeadLetters } from './directory/dead-letters.ts'
import { projectBatch } from './directory/projections.ts'
import type { Env, QueuedEvent, QueuedNotification } from './env.ts'
import type { IncidentSnapshot } from './incidents/snapshot.ts'
import { actPages } from './notifications/act-pages.ts'
import { deliverBatch } from './notifications/deliver.ts'
import { watch } from './watchdog.ts'

export { AlertSource } from '../durable-objects/alert-source.ts'
export { Incident } from '../durable-objects/incident.ts'
export { LiveFeed } from '../durable-objects/live-feed.ts'
export { Pager } from '../durable-objects/pager.ts'
export { SandboxCarrier } from '../durable-objects/sandbox-carrier.ts'

/** Who handles what. The API with its sign-in is loaded only when it is asked for: the event path does without. */
const app = new Hono<{ Bindings: Env }>()
  .route('/', eventApi)
  .route('/', actPages)
  .all('/api/*', handleApi)
  .all('/api-docs/*', handleApi)
  .all('/calendars/*', handleApi)
  .all('*', (c) => c.env.ASSETS.fetch(c.req.raw))

async function handleApi(c: { req: { raw: Request }; env: Env; executionCtx: unknown }): Promise<Response> {
  const { app: api } = await import('./api/app.ts')
  return api.fetch(c.req.raw, c.env, c.executionCtx as ExecutionContext)
}

export default {
  fetch: app.fetch,

  async queue(batch: MessageBatch<unknown>, env: Env): Promise<void> {
    switch (batch.queue) {
      case 'tocsin-events':
        return receiveQueued(batch as MessageBatch<QueuedEvent>, env)
      case 'tocsin-notifications':
        return deliverBatch(batch as MessageBatch<QueuedNotification>, env)
      case 'tocsin-projections':
        return projectBatch(batch as MessageBatch<IncidentSnapshot>, env)
      default:
        return saveDeadLetters(env, batch)
    }
  },

  async scheduled(controller: ScheduledController, env: Env): Promise<void> {
    await watch(env, controller.scheduledTime)
  },
} satisfies ExportedHandler<Env>
