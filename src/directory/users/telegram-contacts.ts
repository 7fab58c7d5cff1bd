import { and, eq, gt, sql } from 'drizzle-orm'
import { randomToken } from '../../api/random-token.ts'
import type { Env } from '../../env.ts'
import { sha256 } from '../../secrets.ts'
import { change } from '../change.ts'
import { database } from '../database.ts'
import { contacts } from '../schema.ts'
import { createContact, pagerOf, type StoredContact } from './contacts.ts'

/** Telegram contacts: a chat with the bot. It is linked by opening a link that only its user has seen. */

const LINK_MS = 30 * 60_000
const KIND = 'TELEGRAM'

/** A contact that waits for its chat, and the code that its chat begins with. An earlier one that still waits is over. */
export async function beginLink(
  env: Env,
  userId: number,
): Promise<{ contact: StoredContact; code: string; expiresAt: Date }> {
  const code = randomToken()
  const expiresAt = new Date(Date.now() + LINK_MS)
  const waiting = and(eq(contacts.userId, userId), eq(contacts.kind, KIND), sql`${contacts.target} like 'pending-%'`)
  await database(env).delete(contacts).where(waiting)
  const { id } = await createContact(env, userId, KIND, `pending-${await sha256(code)}`)
  const [contact] = await database(env)
    .update(contacts)
    .set({ codeHash: await sha256(code), codeExpiresAt: expiresAt })
    .where(eq(contacts.id, id))
    .returning()
  if (!contact) throw new Error('the contact went away')
  return { contact, code, expiresAt }
}

/** Whether the code was one that waits. A chat is one person's: it is taken from whoever had it. */
export async function linkChat(env: Env, code: string, chatId: string): Promise<boolean> {
  const db = database(env)
  const [waiting] = await db
    .select()
    .from(contacts)
    .where(
      and(
        ...[eq(contacts.kind, KIND), eq(contacts.codeHash, await sha256(code))],
        gt(contacts.codeExpiresAt, new Date()),
      ),
    )
  if (!waiting) return false
  const others = sql`kind = ${KIND} and target = ${chatId} and id <> ${waiting.id}`
  const formerly = await db.select({ userId: contacts.userId }).from(contacts).where(others)
  const removal = db.delete(contacts).where(others)
  const link = db
    .update(contacts)
    .set({ target: chatId, status: 'OK', codeHash: null, codeExpiresAt: null, faults: {} })
    .where(and(eq(contacts.id, waiting.id), eq(contacts.codeHash, waiting.codeHash ?? '')))
    .returning({ id: contacts.id })
  const owners = [...new Set([waiting.userId, ...formerly.map(({ userId }) => userId)])]
  const [, linked] = await change(env, [removal, link], owners.map(pagerOf))
  return linked.length > 0
}

/** Whose chat this is; null: nobody's, or it is paused. */
export async function findUserOfChat(env: Env, chatId: string): Promise<number | null> {
  const [found] = await database(env)
    .select({ userId: contacts.userId })
    .from(contacts)
    .where(and(eq(contacts.target, chatId), eq(contacts.kind, KIND), eq(contacts.status, 'OK')))
  return found?.userId ?? null
}

/** Its person wants nothing more there; their preferences stay for when they come back. */
export function pauseChat(env: Env, chatId: string): Promise<boolean> {
  return setStatus(env, chatId, 'OK', 'LOCKED')
}

export function resumeChat(env: Env, chatId: string): Promise<boolean> {
  return setStatus(env, chatId, 'LOCKED', 'OK')
}

async function setStatus(
  env: Env,
  chatId: string,
  from: StoredContact['status'],
  status: StoredContact['status'],
): Promise<boolean> {
  const db = database(env)
  const which = and(eq(contacts.target, chatId), eq(contacts.kind, KIND), eq(contacts.status, from))
  const update = db
    .update(contacts)
    .set({ status, ...(status === 'OK' && { faults: {} }) })
    .where(which)
    .returning({ id: contacts.id })
  const owners = sql`select user_id as id from contacts where kind = ${KIND} and target = ${chatId}`
  const [changed] = await change(env, [update], [{ object: 'pager', ids: owners }])
  return changed.length > 0
}

/** On a laptop without a bot the simulated phone is the chat, and is linked at once. */
export async function linkSandbox(env: Env, userId: number): Promise<StoredContact> {
  const { id } = await createContact(env, userId, KIND, `sandbox-${userId}`)
  const link = database(env).update(contacts).set({ status: 'OK' }).where(eq(contacts.id, id)).returning()
  const [[linked]] = await change(env, [link], [pagerOf(userId)])
  if (!linked) throw new Error('the contact went away')
  return linked
}
