import { buildPushPayload } from '@block65/webcrypto-web-push'
import type { Env } from '../../env.ts'
import { shorten } from '../answers.ts'
import type { Messages } from '../channels/channel.ts'
import { oneLine } from '../channels/channel.ts'
import type { PushDevice } from '../model.ts'
import type { PushProvider, SendResult } from '../providers/provider.ts'
import { addressProblem } from './public-address.ts'
import { vapidKeys, vapidSubject } from './vapid.ts'

type Push = Messages['PUSH']

/** Pushes to browsers and the installed web app: RFC 8030, encrypted as in RFC 8291, signed as in RFC 8292. */
export const webPush: PushProvider = {
  kind: 'WEB_PUSH',
  name: 'web push',
  channels: ['PUSH'],
  variables: [
    {
      name: 'MAIL_FROM',
      what: 'whom push services may write to; where it is missing, PUBLIC_URL is named',
      optional: true,
    },
    {
      name: 'PUBLIC_URL',
      what: 'the address of this deployment: https://… (it or MAIL_FROM is needed)',
      optional: true,
    },
  ],
  isConfigured: (env) => Boolean(env.SECRET && vapidSubject(env)),
  async send(message, device, env, signal) {
    const problem = addressProblem(device.target, env)
    if (problem) return { sent: false, permanent: true, reason: `the address of this subscription ${problem}` }
    const { headers, body } = await requestFor(message, device, env)
    const response = await fetch(device.target, { method: 'POST', headers, body, redirect: 'manual', signal })
    await response.body?.cancel()
    return response.ok ? { sent: true } : failure(response.status)
  },
}

/** What the service worker gets (`public/push-worker.js`). Grows by fields; `v` changes with their meaning. */
export interface WebPushPayload {
  v: 1
  title: string
  body: string
  /** Where a tap leads. */
  url: string
  /** A later one with the same tag takes its place. */
  tag: string
  urgent: boolean
  /** Epoch ms. */
  timestamp: number
  /** Buttons; each is a POST to its address, without signing in. */
  acts: { action: 'accept' | 'resolve' | 'escalate'; title: string; url: string }[]
  badge: number | null
}

/** RFC 8030 takes up to 4096 bytes in all, encryption has its share, and it shall be well within. */
const PAYLOAD_BYTES = 3000
const HOUR_SECONDS = 3600
const DAY_SECONDS = 24 * HOUR_SECONDS

async function requestFor(message: Push, { target, keys }: PushDevice, env: Env) {
  // The library knows https only; a push service beside us on a laptop has http.
  const endpoint = target.replace(/^http:/, 'https:')
  const subscription = { endpoint, expirationTime: null, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' } }
  const options = {
    // An incident an hour old has long been escalated, or somebody has it.
    ttl: message.urgent ? HOUR_SECONDS : DAY_SECONDS,
    urgency: message.urgent ? 'high' : 'normal',
    topic: message.topic.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, TOPIC_CHARACTERS),
  } as const
  const vapid = { ...(await vapidKeys(env)), subject: vapidSubject(env) ?? '' }
  const { headers, body } = await buildPushPayload({ data: payloadOf(message), options }, subscription, vapid)
  // The runtime counts by itself.
  const { 'content-length': _, ...rest } = headers
  return { headers: rest, body }
}

/** https://www.rfc-editor.org/rfc/rfc8030#section-5.4 */
const TOPIC_CHARACTERS = 32

/** As JSON, and small enough, whatever a tool wrote. */
export function payloadOf({ title, body, url, topic, urgent, links }: Push): string {
  const payload: WebPushPayload = {
    ...{ v: 1, title: shorten(oneLine(title), 120), body: shorten(body, 240), url, tag: topic, urgent },
    ...{ timestamp: Date.now(), acts: [], badge: null },
  }
  if (links)
    payload.acts = [
      { action: 'accept', title: 'Accept', url: links.accept },
      { action: 'resolve', title: 'Resolve', url: links.resolve },
      { action: 'escalate', title: 'Escalate', url: links.escalate },
    ]
  const json = () => JSON.stringify(payload)
  const isTooLarge = () => new TextEncoder().encode(json()).byteLength >= PAYLOAD_BYTES
  while (isTooLarge() && payload.body.length > 1) payload.body = shorten(payload.body, payload.body.length >> 1)
  // Only an address of hundreds of characters gets here: opening the incident is left.
  if (isTooLarge()) payload.acts = []
  return json()
}

/** https://www.rfc-editor.org/rfc/rfc8030#section-7.3, and what push services answer beyond that. */
function failure(status: number): SendResult {
  if (status === 404 || status === 410) {
    const reason = `the browser takes no pushes any more: switch them on again there (${status})`
    return { sent: false, permanent: true, reason, fault: 'contact' }
  }
  const passing = status === 408 || status === 425 || status === 429 || status >= 500
  const otherwise = status >= 500 ? 'the push service is in trouble' : 'the push service refused it'
  return { sent: false, permanent: !passing, reason: `${REASONS[status] ?? otherwise} (${status})` }
}

const REASONS: Record<number, string> = {
  401: 'the push service did not take our signature: switch pushes on again on this device',
  403: 'the subscription is not ours any more: switch pushes on again on this device',
  413: 'the push service takes no push of this size',
  429: 'too many pushes to this device at the moment',
}
