import { BAD_SENDER, type OutgoingMail, outgoingMail } from '../mail/outgoing-mail.ts'
import type { Provider, SendResult } from './provider.ts'

/** E-mail by Resend's API: https://resend.com/docs/api-reference/emails/send-email */
export const resend: Provider = {
  name: 'resend',
  channels: ['EMAIL'],
  variables: [
    { name: 'RESEND_API_KEY', what: 'an API key with the permission to send, from resend.com/api-keys', secret: true },
    {
      name: 'MAIL_FROM',
      what: 'the sender, such as Tocsin <tocsin@example.com>, of a domain that Resend has verified',
    },
    { name: 'RESEND_API_URL', what: 'another address of the API', optional: true },
  ],
  isConfigured: (env) => Boolean(env.RESEND_API_KEY && env.MAIL_FROM),
  async send(message, env, signal) {
    if (message.channel !== 'EMAIL') return { sent: false, permanent: true, reason: 'Resend carries mails only' }
    const mail = await outgoingMail(message, env)
    if (!mail) return { sent: false, permanent: true, reason: BAD_SENDER }
    const response = await fetch(`${env.RESEND_API_URL || 'https://api.resend.com'}/emails`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${env.RESEND_API_KEY}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': message.notificationId.slice(0, IDEMPOTENCY_KEY_CHARACTERS),
      },
      body: JSON.stringify({ from: env.MAIL_FROM, ...bodyOf(mail) }),
      signal,
    })
    return response.ok ? { sent: true } : failure(response.status, await errorName(response))
  },
}

/** https://resend.com/docs/dashboard/emails/idempotency-keys */
const IDEMPOTENCY_KEY_CHARACTERS = 256

/** It gives mails a Message-ID of its own. */
function bodyOf({ to, subject, text, html, replyTo, headers }: OutgoingMail) {
  return { to: [to], subject, text, html, headers, ...(replyTo === null ? {} : { reply_to: replyTo }) }
}

/** Its errors have a name of a fixed list: https://resend.com/docs/api-reference/errors. The text may quote addresses. */
async function errorName(response: Response): Promise<string> {
  const body = await response.json<{ name?: unknown }>().catch(() => null)
  return typeof body?.name === 'string' && /^[a-z_]{1,60}$/.test(body.name) ? body.name : ''
}

function failure(status: number, name: string): SendResult {
  // The same mail is on its way already, or the same key was used a moment ago: neither is a reason to give up.
  const passing = status === 408 || status === 409 || status === 429 || status >= 500
  const reason = REASONS[name] ?? REASONS[String(status)] ?? 'Resend refused the mail'
  return { sent: false, permanent: !passing, reason: `${reason} (${name || status})` }
}

const REASONS: Record<string, string> = {
  missing_api_key: 'Resend got no API key: set RESEND_API_KEY',
  invalid_api_key: 'Resend does not know this API key: set RESEND_API_KEY anew',
  restricted_api_key: 'the API key may not send: make one that may, and set RESEND_API_KEY',
  invalid_from_address: 'Resend does not take this sender: look at MAIL_FROM',
  validation_error: 'Resend found fault with the mail: look at the address and at MAIL_FROM',
  daily_quota_exceeded: 'the account’s mails of the day are used up',
  monthly_quota_exceeded: 'the account’s mails of the month are used up',
  rate_limit_exceeded: 'too many mails a second for this account',
  '403': 'Resend refused the sender: verify the domain of MAIL_FROM there',
  '429': 'too many mails a second for this account',
  '500': 'Resend is in trouble',
}
