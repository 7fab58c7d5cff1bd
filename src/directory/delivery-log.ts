import { type SQL, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import type { Message } from '../notifications/channels/channel.ts'
import { mask } from '../notifications/paging.ts'
import type { SendResult } from '../notifications/providers/provider.ts'
import type { Received } from '../notifications/receive-receipt.ts'
import type { Attempt } from '../notifications/send.ts'
import type { Receipt } from '../notifications/sending.ts'
import { database } from './database.ts'
import { deliveryLog } from './schema.ts'

type Entry = typeof deliveryLog.$inferInsert

const KEPT_MS = 90 * 86_400_000
const KEPT_ROWS = 200_000
/** With a round a minute, far more than comes in a day. */
const PRUNED_PER_ROUND = 1000

/** The consumer's answer to its queue waits for this, so a database that hangs must not hold it for long. */
const WRITING_MS = 5_000
const REASON_CHARACTERS = 500

/** What was tried is written down for people to look up. Never throws: nothing that is sent waits for it. */
export async function recordAttempts(env: Env, tried: { message: Message; attempts: Attempt[] }[]): Promise<void> {
  await write(
    env,
    tried.flatMap(({ message, attempts }) => attempts.map((attempt) => entryOf(message, attempt))),
  )
}

/** The same of what a carrier said later. Never throws. */
export async function recordReceipt(
  env: Env,
  { channel, target, ...about }: Received & Pick<Entry, 'userId' | 'notificationId'>,
  { outcome, provider, reason }: Receipt,
): Promise<void> {
  await write(env, [{ ...about, channel, target: mask(channel, target), outcome, provider, reason, at: new Date() }])
}

/** Deletes the oldest where there are too many, or too old ones: some at a time. Looks at two rows when there is nothing to do. */
export async function pruneDeliveryLog(env: Env, now: number): Promise<void> {
  const db = database(env)
  const before = now - KEPT_MS
  const [ends] = await db.all<{ oldest: number; first: number; last: number }>(
    sql`select at as oldest, id as first, (select max(id) from ${deliveryLog}) as last
      from ${deliveryLog} order by id limit 1`,
  )
  if (!ends || (ends.oldest >= before && ends.last - ends.first < KEPT_ROWS)) return
  await db.run(
    sql`delete from ${deliveryLog} where id in (select id from ${deliveryLog} order by id limit ${PRUNED_PER_ROUND})
      and (at < ${before} or id <= ${ends.last - KEPT_ROWS})`,
  )
}

/** All in one statement, however many: D1 takes no more than 100 parameters in one. */
async function write(env: Env, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ at, reason, ...entry }) => ({
    ...entry,
    at: at.getTime(),
    reason: reason?.slice(0, REASON_CHARACTERS) ?? null,
  }))
  const from = (name: keyof Entry): SQL => sql`json_extract(value, ${`$.${name}`})`
  const insert = sql`insert into ${deliveryLog}
      (at, user_id, notification_id, incident_id, channel, target, provider, outcome, reason, duration_ms)
    select ${sql.join(COLUMNS.map(from), sql`, `)} from json_each(${JSON.stringify(rows)}) order by key`
  try {
    const tooLate = scheduler.wait(WRITING_MS).then(() => {
      throw new Error(`no answer from the database within ${WRITING_MS / 1000} s`)
    })
    await Promise.race([database(env).run(insert), tooLate])
  } catch (error) {
    log.warn('deliveries not written down', { entries: entries.length, error })
  }
}

const COLUMNS = [
  ...(['at', 'userId', 'notificationId', 'incidentId', 'channel', 'target', 'provider', 'outcome', 'reason'] as const),
  'durationMs' as const,
]

/** Where the contact is at fault its carrier is not: that counts as a message that did not arrive. */
function outcomeOf(result: SendResult): Entry['outcome'] {
  if (result.sent) return 'sent'
  if (result.fault === 'contact') return 'undelivered'
  return result.permanent ? 'refused' : 'failed'
}

function entryOf(message: Message, { provider, result, durationMs, device }: Attempt): Entry {
  const { channel, userId, notificationId, incidentId } = message
  const target = 'to' in message ? mask(channel, message.to) : (device?.kind ?? '')
  return {
    ...{ at: new Date(), userId, notificationId, incidentId, channel, target, provider, durationMs },
    outcome: outcomeOf(result),
    reason: result.sent ? null : result.reason,
  }
}
