import type { Env, QueuedNotification } from '../env.ts'
import { CONNECTIONS, inParallel } from '../in-parallel.ts'
import { log, reasonOf } from '../log.ts'
import { call } from '../objects.ts'
import { publicUrl } from '../public-url.ts'
import { linksFor } from './act-links.ts'
import type { Message } from './channels/channel.ts'
import { inform, render } from './channels/index.ts'
import type { OutgoingNotice, OutgoingNotification } from './notification.ts'
import { Breaker } from './providers/breaker.ts'
import { providersFor } from './providers/index.ts'
import type { Provider, SendResult } from './providers/provider.ts'
import type { Delivery } from './sending.ts'

/** A Pager's answer to a consumer that wants to send. */
export type Claim =
  | { granted: true; notification: OutgoingNotification }
  | { granted: true; notice: OutgoingNotice }
  | { granted: false; reason: string }

/** All providers together have less than a claim's lease, so that nothing is claimed twice while it is under way. */
const SENDING_MS = 24_000
/** A carrier that is down or slow costs less than 30 s until the next provider, or the user's next step, has its turn. */
const PROVIDER_MS = 10_000
const RETRY_SECONDS = 5
const breaker = new Breaker()
const SETTLE_TRIES = 4
const SETTLE_WAIT_MS = 200

/** The notifications queue's consumer. A batch goes out side by side: nobody's page waits for somebody else's carrier. */
export async function deliverBatch(batch: MessageBatch<QueuedNotification>, env: Env): Promise<void> {
  await inParallel(batch.messages, CONNECTIONS, async (message) => {
    try {
      await deliver(message.body, env)
      message.ack()
    } catch (error) {
      log.error('notification not handled, will try again', { ...message.body, error })
      message.retry({ delaySeconds: RETRY_SECONDS })
    }
  })
}

/** Claim, send, settle. */
async function deliver({ userId, notificationId }: QueuedNotification, env: Env): Promise<void> {
  const consumer = crypto.randomUUID()
  const claim = await call(env.PAGER, String(userId), (pager) => pager.claim(notificationId, consumer))
  if (!claim.granted) {
    log.info('notification not sent', { notificationId, reason: claim.reason })
    return
  }
  const message =
    'notice' in claim
      ? inform(claim.notice, publicUrl(env) + claim.notice.notice.path)
      : render(claim.notification, await linksFor(env, claim.notification))
  const delivery = await send(message, providersFor(message.channel, env), env)
  await settle(env, userId, notificationId, delivery)
}

/** An outcome that is not written down is a message sent again when the claim runs out, so this is not given up lightly. */
async function settle(env: Env, userId: number, notificationId: string, delivery: Delivery): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(env.PAGER, String(userId), (pager) => pager.settle(notificationId, delivery))
    } catch (error) {
      if (attempt === SETTLE_TRIES) throw error
      await scheduler.wait(SETTLE_WAIT_MS * 2 ** attempt)
    }
  }
}

/** Tries the channel's providers in their order. A passing fault of one is no reason to wait while another may work. */
async function send(message: Message, providers: Provider[], env: Env): Promise<Delivery> {
  const failures: string[] = []
  let permanent = true
  const deadline = Date.now() + SENDING_MS
  for (const provider of breaker.order(providers, Date.now())) {
    const result = await attempt(message, provider, env, Math.min(PROVIDER_MS, deadline - Date.now()))
    breaker.note(provider.name, result, Date.now())
    if (result.sent) return { outcome: 'sent', provider: provider.name, after: failures.join('; ') || null }
    failures.push(providers.length > 1 ? `${provider.name}: ${result.reason}` : result.reason)
    permanent &&= result.permanent
  }
  const reason = failures.join('; ') || `no provider for ${message.channel} is set up in this deployment`
  return { outcome: 'failed', permanent, provider: providers.at(-1)?.name ?? null, reason }
}

export async function attempt(message: Message, provider: Provider, env: Env, timeoutMs: number): Promise<SendResult> {
  if (timeoutMs <= 0) return { sent: false, permanent: false, reason: 'no time was left to try it' }
  const signal = AbortSignal.timeout(timeoutMs)
  // Raced, because a provider's own library may not know of signals.
  const tooLate = new Promise<SendResult>((resolve) => {
    signal.addEventListener('abort', () =>
      resolve({ sent: false, permanent: false, reason: `no answer within ${Math.round(timeoutMs / 1000)} s` }),
    )
  })
  const sending = provider
    .send(message, env, signal)
    .catch((error: unknown): SendResult => ({ sent: false, permanent: false, reason: reasonOf(error) }))
  return Promise.race([sending, tooLate])
}
