import { and, asc, eq, sql } from 'drizzle-orm'
import type { BrokenContact } from '../../api/schemas/contact-message.ts'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import type { Message } from '../../notifications/channels/channel.ts'
import type { ContactFault } from '../../notifications/contact-fault.ts'
import type { ChannelName } from '../../notifications/model.ts'
import { mask } from '../../notifications/paging.ts'
import type { Received } from '../../notifications/receive-receipt.ts'
import type { Attempt } from '../../notifications/send.ts'
import type { Receipt } from '../../notifications/sending.ts'
import { database } from '../database.ts'
import { contacts, users } from '../schema.ts'
import { noteStop } from './sms-stop.ts'

/**
 * What carriers say of contacts that nothing reaches. Its user is told, and it is tried all the same, so that Pagers need
 * not hear of it.
 */

interface Word {
  userId: number
  channel: ChannelName
  target: string
  /** Null: something has arrived. */
  fault: string | null
}

/** Nothing that is sent waits longer for this. */
const WRITING_MS = 5_000
const REASON_CHARACTERS = 300
const LISTED = 100

/** A text that was taken has not arrived yet; for all others it is all that most carriers ever say. */
const ARRIVED_WHEN_SENT: readonly ChannelName[] = ['EMAIL', 'TELEGRAM', 'VOICE']

/** What providers said when they were given messages. Never throws. */
export async function noteFaults(env: Env, tried: { message: Message; attempts: Attempt[] }[]): Promise<void> {
  const words = new Map<string, Word>()
  const stopped = new Set<string>()
  for (const { message, attempts } of tried) {
    if (!('to' in message)) continue
    const { userId, channel, to: target } = message
    const note = (fault: string | null) =>
      words.set(`${userId} ${channel} ${target}`, { userId, channel, target, fault })
    if (attempts.some(({ result }) => result.sent)) {
      if (ARRIVED_WHEN_SENT.includes(channel)) note(null)
      continue
    }
    for (const { result } of attempts) {
      if (result.sent || result.fault !== 'contact') continue
      if (result.stopped) stopped.add(target)
      else note(result.reason)
    }
  }
  await write(env, [...words.values()], [...stopped])
}

/** What a carrier said later. Never throws. */
export async function noteReceipt(
  env: Env,
  userId: number,
  { channel, target }: Received,
  { outcome, reason, fault, stopped }: Receipt,
): Promise<void> {
  if (outcome === 'delivered') return write(env, [{ userId, channel, target, fault: null }], [])
  if (fault !== 'contact') return
  if (stopped) return write(env, [], [target])
  await write(env, [{ userId, channel, target, fault: reason ?? 'the carrier says that nothing arrives there' }], [])
}

/** Names the people of whose contacts this is known. */
export async function brokenContacts(env: Env): Promise<BrokenContact[]> {
  const broken = await database(env)
    .select({ userId: users.id, name: users.name, target: contacts.target, faults: contacts.faults })
    .from(contacts)
    .innerJoin(users, eq(users.id, contacts.userId))
    .where(sql`${contacts.faults} <> '{}'`)
    .orderBy(asc(users.name), asc(contacts.id))
    .limit(LISTED)
  return broken.flatMap(({ userId, name, target, faults }) =>
    (Object.entries(faults) as [ChannelName, ContactFault][]).map(([method, { reason, at }]) => ({
      ...{ user: { id: userId, name }, method, target: mask(method, target), reason },
      since: new Date(at).toISOString(),
    })),
  )
}

/** Writes only what says something new: a contact that works costs no row. */
async function write(env: Env, words: Word[], stopped: string[]): Promise<void> {
  const db = database(env)
  const [first, ...more] = words.map(({ userId, channel, target, fault }) => {
    const path = `$.${channel}`
    const known = sql`json_extract(${contacts.faults}, ${`${path}.reason`})`
    const reason = fault?.slice(0, REASON_CHARACTERS) ?? null
    const faults =
      reason === null
        ? sql`json_remove(${contacts.faults}, ${path})`
        : sql`json_set(${contacts.faults}, ${path}, json(${JSON.stringify({ reason, at: Date.now() })}))`
    return db
      .update(contacts)
      .set({ faults })
      .where(and(eq(contacts.target, target), eq(contacts.userId, userId), sql`${known} is not ${reason}`))
  })
  try {
    const writing = Promise.all([
      first && db.batch([first, ...more]),
      ...stopped.map((number) => noteStop(env, number, true)),
    ])
    const tooLate = scheduler.wait(WRITING_MS).then(() => {
      throw new Error(`no answer from the database within ${WRITING_MS / 1000} s`)
    })
    await Promise.race([writing, tooLate])
  } catch (error) {
    log.warn('faults of contacts not written down', { words: words.length, error })
  }
}
