import type { Env } from '../env.ts'
import { log } from '../log.ts'
import type { Message } from '../notifications/channels/channel.ts'
import { mask } from '../notifications/paging.ts'
import type { Received } from '../notifications/receive-receipt.ts'
import type { Attempt } from '../notifications/send.ts'
import type { Receipt } from '../notifications/sending.ts'
import { database } from './database.ts'
import { deliveryLog } from './schema.ts'

type Entry = typeof deliveryLog.$inferInsert

/** What was tried is written down for people to look up. Never throws: nothing that is sent waits for it. */
export async function recordAttempts(env: Env, tried: { message: Message; attempts: Attempt[] }[]): Promise<void> {
  const entries = tried.flatMap(({ message, attempts }) => attempts.map((attempt) => entryOf(message, attempt)))
  const [first, ...more] = entries
  if (!first) return
  try {
    const db = database(env)
    const insert = (entry: Entry) => db.insert(deliveryLog).values(entry)
    await db.batch([insert(first), ...more.map(insert)])
  } catch (error) {
    log.warn('deliveries not written down', { entries: entries.length, error })
  }
}

/** The same of what a carrier said later. Never throws. */
export async function recordReceipt(
  env: Env,
  { channel, target, ...about }: Received & Pick<Entry, 'userId' | 'notificationId'>,
  { outcome, provider, reason }: Receipt,
): Promise<void> {
  try {
    const entry = { ...about, channel, target: mask(channel, target), outcome, provider, reason, at: new Date() }
    await database(env).insert(deliveryLog).values(entry)
  } catch (error) {
    log.warn('receipt not written down', { notificationId: about.notificationId, error })
  }
}

function entryOf(message: Message, { provider, result, durationMs, device }: Attempt): Entry {
  const { channel, userId, notificationId, incidentId } = message
  const target = 'to' in message ? mask(channel, message.to) : (device?.kind ?? '')
  return {
    ...{ at: new Date(), userId, notificationId, incidentId, channel, target, provider, durationMs },
    outcome: result.sent ? 'sent' : result.permanent ? 'refused' : 'failed',
    reason: result.sent ? null : result.reason,
  }
}
