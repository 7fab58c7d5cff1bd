import type { Env, QueuedNotification } from '../env.ts'
import { log, reasonOf } from '../log.ts'
import { call } from '../objects.ts'
import { linksFor } from './act-links.ts'
import type { Message } from './channels/channel.ts'
import { render } from './channels/index.ts'
import type { OutgoingNotification } from './notification.ts'
import type { Delivery } from './paging.ts'
import { providersFor } from './providers/index.ts'
import type { Provider, SendResult } from './providers/provider.ts'

/** A Pager's answer to a consumer that wants to send. */
export type Claim = { granted: true; notification: OutgoingNotification } | { granted: false; reason: string }

/** Shorter than a claim's lease, so that a slow carrier's message is never claimed twice while it is under way. */
const PROVIDER_TIMEOUT_MS = 20_000
const RETRY_SECONDS = 5

/** The notifications queue's consumer. A batch goes out in parallel: nobody's page waits for somebody else's carrier. */
export async function deliverBatch(batch: MessageBatch<QueuedNotification>, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await deliver(message.body, env)
        message.ack()
      } catch (error) {
        log.error('notification not handled, will try again', { ...message.body, error })
        message.retry({ delaySeconds: RETRY_SECONDS })
      }
    }),
  )
}

/** Claim, send, settle. */
async function deliver({ userId, notificationId }: QueuedNotification, env: Env): Promise<void> {
  const claim = await call(env.PAGER, String(userId), (pager) => pager.claim(notificationId))
  if (!claim.granted) {
    log.info('notification not sent', { notificationId, reason: claim.reason })
    return
  }
  const message = render(claim.notification, await linksFor(env, claim.notification))
  const delivery = await send(message, providersFor(message.channel, env), env)
  await call(env.PAGER, String(userId), (pager) => pager.settle(notificationId, delivery))
}

/** Tries the channel's providers in their order. A passing fault of one is no reason to wait while another may work. */
async function send(message: Message, providers: Provider[], env: Env): Promise<Delivery> {
  let failure: Delivery = {
    outcome: 'failed',
    permanent: true,
    provider: null,
    reason: `no provider for ${message.channel} is set up in this deployment`,
  }
  for (const provider of providers) {
    const result = await attempt(message, provider, env)
    if (result.sent) return { outcome: 'sent', provider: provider.name }
    const permanent: boolean = result.permanent && failure.permanent
    failure = { outcome: 'failed', permanent, provider: provider.name, reason: result.reason }
  }
  return failure
}

async function attempt(message: Message, provider: Provider, env: Env): Promise<SendResult> {
  try {
    return await provider.send(message, env, AbortSignal.timeout(PROVIDER_TIMEOUT_MS))
  } catch (error) {
    return { sent: false, permanent: false, reason: reasonOf(error) }
  }
}
