import type { Env } from '../../env.ts'
import { publicUrl } from '../../public-url.ts'
import { shorten } from '../answers.ts'
import { isBundleId } from '../bundles.ts'
import type { Message } from '../channels/channel.ts'
import { callbackUrl } from '../doors/telnyx-callback.ts'
import type { Provider, SendResult } from './provider.ts'
import { isTelnyxPermanent, telnyxErrorWords, telnyxFault } from './telnyx-errors.ts'

/**
 * Texts and calls through Telnyx, whose API takes no idempotency key for either.
 * https://developers.telnyx.com/api-reference/messages/send-a-message
 * https://developers.telnyx.com/api-reference/texml-rest-commands/deprecated-initiate-an-outbound-call: the newer address
 * wants the account's id too, which no page of the portal that people set this up on shows.
 */
export const telnyx: Provider = {
  name: 'telnyx',
  channels: ['SMS', 'VOICE'],
  variables: [
    { name: 'TELNYX_API_KEY', what: 'API key, from API Keys in the Telnyx portal: KEY…', secret: true },
    { name: 'TELNYX_FROM', what: 'The number that texts and calls come from, such as +4915112345678' },
    {
      name: 'TELNYX_PUBLIC_KEY',
      what: 'Public key of the account: outcomes and answers by text need it',
      optional: true,
    },
    {
      name: 'TELNYX_TEXML_APP_ID',
      what: 'Id of the TeXML application that calls go through: calls need it',
      optional: true,
    },
    { name: 'TELNYX_API_URL', what: 'Another address of the API', optional: true },
  ],
  isConfigured: (env) => Boolean(env.TELNYX_API_KEY && env.TELNYX_FROM),
  async send(message, env, signal) {
    switch (message.channel) {
      case 'SMS':
        return post('/v2/messages', await textFields(message, env), env, signal)
      case 'VOICE': {
        if (!env.TELNYX_TEXML_APP_ID)
          return refused('Telnyx calls through a TeXML application: set TELNYX_TEXML_APP_ID')
        if (!publicUrl(env)) return refused('Telnyx asks this deployment what to say: set PUBLIC_URL')
        const application = encodeURIComponent(env.TELNYX_TEXML_APP_ID)
        return post(`/v2/texml/calls/${application}`, await callFields(message, env), env, signal)
      }
      default:
        return refused(`Telnyx carries no ${message.channel}`)
    }
  },
}

/** A text that belongs to no notification, such as what somebody who texted us is told. Throws where it did not go out. */
export async function textThroughTelnyx(env: Env, from: string, to: string, text: string): Promise<void> {
  const result = await post('/v2/messages', { from, to, text }, env, AbortSignal.timeout(TEXT_MS))
  if (!result.sent) throw new Error(result.reason)
}

export const TELNYX_VOICE_PATH = '/api/v1/carriers/telnyx/voice'
export const TELNYX_ANSWER_PATH = '/api/v1/carriers/telnyx/voice/answer'
export const TELNYX_STATUS_PATH = '/api/v1/carriers/telnyx/status'
export const TELNYX_MESSAGES_PATH = '/api/v1/carriers/telnyx/messages'

const TEXT_MS = 10_000
const RINGING_SECONDS = 30
/** Telnyx takes addresses of 2,000 characters, and letters may take six in one. */
const SAID_CHARACTERS = 250

async function textFields(message: Message & { channel: 'SMS' }, env: Env): Promise<object> {
  const text = { from: env.TELNYX_FROM, to: message.to, text: message.text }
  // Without a public address nobody says later what became of it, and it still goes out.
  if (!publicUrl(env)) return text
  return { ...text, webhook_url: await callbackUrl(env, TELNYX_STATUS_PATH, about(message)) }
}

/** The result of machine detection comes to the status address, while whoever took the call hears us already. */
async function callFields(message: Message & { channel: 'VOICE' }, env: Env): Promise<object> {
  const asks = message.incidentId !== null || isBundleId(message.notificationId)
  // What needs no answer is said as it is; a page is asked for when somebody has picked up.
  const said: Record<string, string> = asks
    ? {}
    : { say: shorten(message.text, SAID_CHARACTERS), language: message.language }
  const [voice, status] = await Promise.all([
    callbackUrl(env, TELNYX_VOICE_PATH, { ...about(message), ...said }),
    callbackUrl(env, TELNYX_STATUS_PATH, about(message)),
  ])
  return {
    ...{ To: message.to, From: env.TELNYX_FROM, Timeout: RINGING_SECONDS, Url: voice, UrlMethod: 'POST' },
    ...{ StatusCallback: status, StatusCallbackMethod: 'POST', StatusCallbackEvent: 'completed' },
    ...{ MachineDetection: 'Enable', AsyncAmd: true },
    ...{ AsyncAmdStatusCallback: status, AsyncAmdStatusCallbackMethod: 'POST' },
  }
}

async function post(path: string, body: object, env: Env, signal: AbortSignal): Promise<SendResult> {
  const base = (env.TELNYX_API_URL || 'https://api.telnyx.com').replace(/\/+$/, '')
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${env.TELNYX_API_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  if (response.ok) {
    await response.body?.cancel()
    return { sent: true }
  }
  const error = await response.json<{ errors?: { code?: unknown }[] } | null>().catch(() => null)
  const code = Number(Array.isArray(error?.errors) ? error.errors[0]?.code : 0) || 0
  const reason = code ? telnyxErrorWords(code) : `Telnyx answered HTTP ${response.status}`
  return { sent: false, permanent: isTelnyxPermanent(response.status, code), reason, ...telnyxFault(code) }
}

function about({ userId, notificationId }: Message): Record<string, string> {
  return { user: String(userId), notification: notificationId }
}

function refused(reason: string): SendResult {
  return { sent: false, permanent: true, reason }
}
