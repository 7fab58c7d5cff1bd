import type { Env } from '../../env.ts'
import { publicUrl } from '../../public-url.ts'
import { isBundleId } from '../bundles.ts'
import type { Message } from '../channels/channel.ts'
import { sayTwiml } from '../doors/call-twiml.ts'
import type { Provider, SendResult } from './provider.ts'
import { isPermanent, twilioErrorWords, twilioFault } from './twilio-errors.ts'

/**
 * Texts and calls through Twilio's REST API, which takes no idempotency key.
 * https://www.twilio.com/docs/messaging/api/message-resource
 * https://www.twilio.com/docs/voice/api/call-resource
 */
export const twilio: Provider = {
  name: 'twilio',
  channels: ['SMS', 'VOICE'],
  variables: [
    { name: 'TWILIO_ACCOUNT_SID', what: 'Account SID, on the first page of the Twilio console: AC…' },
    { name: 'TWILIO_AUTH_TOKEN', what: 'Auth Token, beside it', secret: true },
    { name: 'TWILIO_FROM', what: 'The number that texts and calls come from, such as +4915112345678. MG…: texts only' },
    { name: 'TWILIO_API_URL', what: 'Another address of the API', optional: true },
  ],
  isConfigured: (env) => Boolean(env.TWILIO_ACCOUNT_SID && env.TWILIO_AUTH_TOKEN && env.TWILIO_FROM),
  async send(message, env, signal) {
    switch (message.channel) {
      case 'SMS':
        return post('Messages', textFields(message, env), env, signal)
      case 'VOICE':
        if (isMessagingService(env)) return refused('TWILIO_FROM is a messaging service: calls need a phone number')
        if (!publicUrl(env)) return refused('Twilio asks this deployment what to say: set PUBLIC_URL')
        return post('Calls', callFields(message, env), env, signal)
      default:
        return refused(`Twilio carries no ${message.channel}`)
    }
  },
}

export const TWILIO_VOICE_PATH = '/api/v1/carriers/twilio/voice'
export const TWILIO_ANSWER_PATH = '/api/v1/carriers/twilio/voice/answer'
export const TWILIO_STATUS_PATH = '/api/v1/carriers/twilio/status'

const RINGING_SECONDS = 30

function textFields(message: Message & { channel: 'SMS' }, env: Env): URLSearchParams {
  const fields = new URLSearchParams({ To: message.to, Body: message.text })
  fields.set(isMessagingService(env) ? 'MessagingServiceSid' : 'From', env.TWILIO_FROM ?? '')
  // Without a public address nobody says later what became of it, and it still goes out.
  if (publicUrl(env)) fields.set('StatusCallback', callbackUrl(TWILIO_STATUS_PATH, message, env))
  return fields
}

function callFields(message: Message & { channel: 'VOICE' }, env: Env): URLSearchParams {
  const fields = new URLSearchParams({
    ...{ To: message.to, From: env.TWILIO_FROM ?? '', Timeout: String(RINGING_SECONDS) },
    StatusCallback: callbackUrl(TWILIO_STATUS_PATH, message, env),
    StatusCallbackMethod: 'POST',
    // Twilio reports busy, no-answer, failed and canceled under this event too.
    StatusCallbackEvent: 'completed',
    MachineDetection: 'Enable',
  })
  // What needs no answer is said as it is; a page is asked for when somebody has picked up.
  if (message.incidentId === null && !isBundleId(message.notificationId))
    fields.set('Twiml', `<Response>${sayTwiml(message.text, message.language)}</Response>`)
  else {
    fields.set('Url', callbackUrl(TWILIO_VOICE_PATH, message, env))
    fields.set('Method', 'POST')
  }
  return fields
}

async function post(resource: string, fields: URLSearchParams, env: Env, signal: AbortSignal): Promise<SendResult> {
  const base = (env.TWILIO_API_URL || 'https://api.twilio.com').replace(/\/+$/, '')
  const account = encodeURIComponent(env.TWILIO_ACCOUNT_SID ?? '')
  const response = await fetch(`${base}/2010-04-01/Accounts/${account}/${resource}.json`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${btoa(`${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`)}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: fields.toString(),
    signal,
  })
  if (response.ok) {
    await response.body?.cancel()
    return { sent: true }
  }
  const error = await response.json<{ code?: unknown } | null>().catch(() => null)
  const code = typeof error?.code === 'number' ? error.code : 0
  const reason = code ? twilioErrorWords(code) : `Twilio answered HTTP ${response.status}`
  return { sent: false, permanent: isPermanent(response.status, code), reason, ...twilioFault(code) }
}

function callbackUrl(path: string, { userId, notificationId }: Message, env: Env): string {
  return `${publicUrl(env)}${path}?${new URLSearchParams({ user: String(userId), notification: notificationId })}`
}

function isMessagingService(env: Env): boolean {
  return env.TWILIO_FROM?.startsWith('MG') ?? false
}

function refused(reason: string): SendResult {
  return { sent: false, permanent: true, reason }
}
