import { recordAttempts } from '../directory/delivery-log.ts'
import { noteFaults } from '../directory/users/contact-faults.ts'
import { noteOutcomes } from '../directory/users/push-devices.ts'
import type { Env, QueuedNotification } from '../env.ts'
import { CONNECTIONS, inParallel } from '../in-parallel.ts'
import { log } from '../log.ts'
import { call } from '../objects.ts'
import { publicUrl } from '../public-url.ts'
import { bundleLinksFor, linksFor } from './act-links.ts'
import type { Message } from './channels/channel.ts'
import { bundle, inform, render } from './channels/index.ts'
import type { PushDevice } from './model.ts'
import type { OutgoingBundle, OutgoingNotice, OutgoingNotification } from './notification.ts'
import { silence } from './push/pushover.ts'
import { type Attempt, send } from './send.ts'
import type { Delivery } from './sending.ts'

/** A Pager's answer to a consumer that wants to send. */
export type Claim =
  | { granted: true; notification: OutgoingNotification }
  | { granted: true; bundle: OutgoingBundle }
  | { granted: true; notice: OutgoingNotice }
  /** Devices that ring for what was answered. */
  | { granted: true; silence: { incidentId: number; devices: PushDevice[] } }
  | { granted: false; reason: string }

const RETRY_SECONDS = 5
const SETTLE_TRIES = 4
const SETTLE_WAIT_MS = 200

/** The notifications queue's consumer. A batch goes out side by side: nobody's page waits for somebody else's carrier. */
export async function deliverBatch(batch: MessageBatch<QueuedNotification>, env: Env): Promise<void> {
  const tried: { message: Message; attempts: Attempt[] }[] = []
  await inParallel(batch.messages, CONNECTIONS, async (queued) => {
    try {
      await deliver(queued.body, env, (message, attempts) => tried.push({ message, attempts }))
      queued.ack()
    } catch (error) {
      log.error('notification not handled, will try again', { ...queued.body, error })
      queued.retry({ delaySeconds: RETRY_SECONDS })
    }
  })
  await recordAttempts(env, tried)
  await noteFaults(env, tried)
  await noteOutcomes(env, tried)
}

/** Claim, send, settle. What was tried is noted also when its outcome can't be settled: it did go out. */
async function deliver(
  { userId, notificationId }: QueuedNotification,
  env: Env,
  note: (message: Message, attempts: Attempt[]) => void,
): Promise<void> {
  const consumer = crypto.randomUUID()
  const claim = await call(env.PAGER, String(userId), (pager) => pager.claim(notificationId, consumer))
  if (!claim.granted) {
    log.info('notification not sent', { notificationId, reason: claim.reason })
    return
  }
  if ('silence' in claim) return silence(env, claim.silence.devices, claim.silence.incidentId)
  const message = await worded(claim, env)
  const { delivery, attempts } = await send(message, env)
  note(message, attempts)
  await settle(env, userId, notificationId, delivery)
}

async function worded(claim: Exclude<Claim, { granted: false } | { silence: object }>, env: Env): Promise<Message> {
  if ('notice' in claim) return inform(claim.notice, publicUrl(env) + claim.notice.notice.path)
  if ('bundle' in claim) return bundle(claim.bundle, await bundleLinksFor(env, claim.bundle))
  return render(claim.notification, await linksFor(env, claim.notification))
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
