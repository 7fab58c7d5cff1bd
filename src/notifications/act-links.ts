import type { Env } from '../env.ts'
import type { AnswerChannel } from '../incidents/model.ts'
import { incidentUrl, publicUrl } from '../public-url.ts'
import { hmacKey } from '../secrets.ts'
import type { AnswerAct } from './answers.ts'
import type { ChannelName } from './model.ts'
import type { BundleLinks, Links, OutgoingBundle, OutgoingNotification } from './notification.ts'

/**
 * Links in messages that act without signing in: `/act/<claims>.<signature>`.
 *
 * A GET only shows a page, because mail scanners follow every link; its button POSTs, and so do the buttons of a push. A
 * link works for one user, one act, and one incident or all that wait, for a week and what is left of the day.
 */

const PURPOSE = 'act-link'
const DAY_MS = 24 * 60 * 60_000
const VALID_FOR_MS = 7 * DAY_MS
/** Signed links have a few dozen characters of claims; anything much longer is no link of ours. */
const MAX_TOKEN_CHARACTERS = 500

export interface ActClaims {
  userId: number
  /** Null: all that wait for this user. */
  incidentId: number | null
  act: AnswerAct
  expiresAt: number
  /** On which channel the link went out: how the answer comes. */
  channel: AnswerChannel
}

/** How answers come that a message of this channel made possible. */
const ANSWERED_BY = {
  ...{ EMAIL: 'email', SMS: 'sms', VOICE: 'voice', PUSH: 'push', TELEGRAM: 'telegram' },
} as const satisfies Record<ChannelName, AnswerChannel>

/** All links of one notification. */
export async function linksFor(env: Env, { user, page, channel }: OutgoingNotification): Promise<Links> {
  const { incidentId } = page
  const link = (act: AnswerAct) => actLink(env, { userId: user.userId, incidentId, act, channel: ANSWERED_BY[channel] })
  const [accept, resolve, escalate] = await Promise.all([link('accept'), link('resolve'), link('escalate')])
  return { incident: incidentUrl(publicUrl(env), page.reference), accept, resolve, escalate }
}

/** All links of one bundle. */
export async function bundleLinksFor(env: Env, { user, channel }: OutgoingBundle): Promise<BundleLinks> {
  const link = (act: AnswerAct) =>
    actLink(env, { userId: user.userId, incidentId: null, act, channel: ANSWERED_BY[channel] })
  const [acceptAll, resolveAll] = await Promise.all([link('accept'), link('resolve')])
  return { incidents: `${publicUrl(env)}/incidents`, acceptAll, resolveAll }
}

async function actLink(env: Env, claims: Omit<ActClaims, 'expiresAt'>): Promise<string> {
  // By the day: a mail that is sent again is the same to the letter, which carriers with idempotency keys insist on.
  const expiresAt = Math.ceil(Date.now() / DAY_MS) * DAY_MS + VALID_FOR_MS
  return `${publicUrl(env)}/act/${await signActToken(env.SECRET, { ...claims, expiresAt })}`
}

export async function signActToken(secret: string, claims: ActClaims): Promise<string> {
  const { userId, incidentId, act, expiresAt, channel } = claims
  const payload = encode(new TextEncoder().encode(JSON.stringify([userId, incidentId, act, expiresAt, channel])))
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
  // Links of before they said their channel were in mails.
  const [userId, incidentId, act, expiresAt, channel = 'email'] = JSON.parse(new TextDecoder().decode(json)) as [
    number,
    number | null,
    AnswerAct,
    number,
    AnswerChannel?,
  ]
  return { userId, incidentId, act, expiresAt, channel }
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
