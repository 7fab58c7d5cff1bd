import { and, eq, gt, isNotNull, lt, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { hmacKey, sameSecret } from '../../secrets.ts'
import { change } from '../change.ts'
import { database } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { contacts } from '../schema.ts'
import { type ContactKind, findContact, pagerOf, type StoredContact } from './contacts.ts'

/** The code that shows that its user reads what goes to a contact. Only a keyed hash of it is kept. */

const MOST_WRONG = 5

/** Takes the place of an earlier code. */
export async function keepCode(env: Env, contact: StoredContact, code: string, expiresAt: Date): Promise<void> {
  const kept = await database(env)
    .update(contacts)
    .set({ codeHash: await hashOf(env, contact, code), codeExpiresAt: expiresAt, codeAttempts: 0 })
    // It may have been changed meanwhile: the code must not go to one address and unlock another.
    .where(and(eq(contacts.id, contact.id), eq(contacts.target, contact.target), eq(contacts.status, 'LOCKED')))
    .returning({ id: contacts.id })
  if (kept.length === 0) throw new Refusal('CONFLICT', 'The contact was changed at the same time: try again')
}

/** Unlocks the contact; refuses, in words, what is not its code. */
export async function enterCode(
  env: Env,
  userId: number,
  kind: ContactKind,
  id: number,
  code: string,
): Promise<StoredContact> {
  const before = await findContact(env, userId, kind, id)
  if (before.status === 'OK') return before
  // Counted before it is compared, so that many at once have no more tries than one by one.
  const [tried] = await database(env)
    .update(contacts)
    .set({ codeAttempts: sql`${contacts.codeAttempts} + 1` })
    .where(
      and(
        ...[eq(contacts.id, id), isNotNull(contacts.codeHash), gt(contacts.codeExpiresAt, new Date())],
        lt(contacts.codeAttempts, MOST_WRONG),
      ),
    )
    .returning()
  if (!tried?.codeHash) throw unusable(await findContact(env, userId, kind, id))
  if (!(await sameSecret(tried.codeHash, await hashOf(env, tried, code)))) {
    const left = MOST_WRONG - tried.codeAttempts
    const then = left > 0 ? `${left} more ${left === 1 ? 'try' : 'tries'}` : 'ask for a new one'
    throw new Refusal('BAD_REQUEST', `code is not the one that was sent: ${then}`, 'code')
  }
  const unlock = database(env)
    .update(contacts)
    .set({ status: 'OK', codeHash: null, codeExpiresAt: null, codeAttempts: 0 })
    .where(and(eq(contacts.id, id), eq(contacts.codeHash, tried.codeHash)))
    .returning()
  const [[unlocked]] = await change(env, [unlock], [pagerOf(userId)])
  if (!unlocked) throw new Refusal('CONFLICT', 'The contact was changed at the same time: ask for a new code')
  return unlocked
}

function unusable({ codeHash, codeExpiresAt, target }: StoredContact): Refusal {
  if (codeHash === null) return new Refusal('BAD_REQUEST', `No code was sent to ${target} yet: ask for one`, 'code')
  if (codeExpiresAt && codeExpiresAt.getTime() <= Date.now())
    return new Refusal('BAD_REQUEST', 'This code is older than 15 minutes: ask for a new one', 'code')
  return new Refusal('BAD_REQUEST', `A wrong code was entered ${MOST_WRONG} times: ask for a new one`, 'code')
}

/** Six digits alone would be found out in a moment; and a code is worth nothing for another contact. */
async function hashOf(env: Env, { id, target }: Pick<StoredContact, 'id' | 'target'>, code: string): Promise<string> {
  const key = await hmacKey(env.SECRET, 'contact code')
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${id}\n${target}\n${code}`))
  return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
