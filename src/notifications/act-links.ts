import type { Env } from '../env.ts'
import { incidentUrl, publicUrl } from '../public-url.ts'
import { hmacKey } from '../secrets.ts'
import type { AnswerAct } from './answers.ts'
import type { Links, OutgoingNotification } from './notification.ts'

/**
 * Links in mails that act without signing in: `/act/<claims>.<signature>`.
 *
 * A GET only shows a page, because mail scanners follow every link; its button POSTs. A link works for one user, one
 * incident and one act, and for a week and what is left of the day.
 */

const PURPOSE = 'act-link'
const DAY_MS = 24 * 60 * 60_000
const VALID_FOR_MS = 7 * DAY_MS
/** Signed links have a few dozen characters of claims; anything much longer is no link of ours. */
const MAX_TOKEN_CHARACTERS = 500

export interface ActClaims {
  userId: number
  incidentId: number
  act: AnswerAct
  expiresAt: number
}

/** All links of one notification. */
export async function linksFor(env: Env, { user, page }: OutgoingNotification): Promise<Links> {
  const base = publicUrl(env)
  // By the day: a mail that is sent again is the same to the letter, which carriers with idempotency keys insist on.
  const expiresAt = Math.ceil(Date.now() / DAY_MS) * DAY_MS + VALID_FOR_MS
  const link = async (act: AnswerAct) =>
    `${base}/act/${await signActToken(env.SECRET, { userId: user.userId, incidentId: page.incidentId, act, expiresAt })}`
  const [accept, resolve, escalate] = await Promise.all([link('accept'), link('resolve'), link('escalate')])
  return { incident: incidentUrl(base, page.reference), accept, resolve, escalate }
}

export async function signActToken(secret: string, claims: ActClaims): Promise<string> {
  const { userId, incidentId, act, expiresAt } = claims
  const payload = encode(new TextEncoder().encode(JSON.stringify([userId, incidentId, act, expiresAt])))
  const signature = await crypto.subtle.sign('HMAC', await hmacKey(secret, PURPOSE), new TextEncoder().encode(payload))
  return `${payload}.${encode(new Uint8Array(signature))}`
}

/** The claims of a link that we signed; null for any other. Expiry is the caller's to look at. */
export async function verifyActToken(secret: string, token: string): Promise<ActClaims | null> {
  if (token.length > MAX_TOKEN_CHARACTERS) return null
  const [payload = '', signature = ''] = token.split('.')
  const bytes = decode(signature)
  if (!bytes) return null
  const genuine = await crypto.subtle.verify(
    'HMAC',
    await hmacKey(secret, PURPOSE),
    bytes,
    new TextEncoder().encode(payload),
  )
  const json = genuine ? decode(payload) : null
  if (!json) return null
  const [userId, incidentId, act, expiresAt] = JSON.parse(new TextDecoder().decode(json)) as [
    number,
    number,
    AnswerAct,
    number,
  ]
  return { userId, incidentId, act, expiresAt }
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

function decode(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
