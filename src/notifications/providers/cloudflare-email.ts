import { BAD_SENDER, type OutgoingMail, outgoingMail } from '../mail/outgoing-mail.ts'
import type { Provider, SendResult } from './provider.ts'

/**
 * E-mail by Cloudflare's own Email Service, through the binding EMAIL:
 * https://developers.cloudflare.com/email-service/api/send-emails/workers-api/
 */
export const cloudflareEmail: Provider = {
  name: 'cloudflare-email',
  channels: ['EMAIL'],
  variables: [
    { name: 'EMAIL', what: 'the send_email binding: take the # off its block in wrangler.toml, and deploy' },
    {
      name: 'MAIL_FROM',
      what: 'the sender, such as Tocsin <tocsin@example.com>, of a domain set up for Email Sending',
    },
  ],
  isConfigured: (env) => Boolean(env.EMAIL && env.MAIL_FROM),
  async send(message, env) {
    if (message.channel !== 'EMAIL' || !env.EMAIL)
      return { sent: false, permanent: true, reason: 'Cloudflare Email Service carries mails only' }
    const mail = await outgoingMail(message, env)
    if (!mail) return { sent: false, permanent: true, reason: BAD_SENDER }
    try {
      await env.EMAIL.send(contentOf(mail))
      return { sent: true }
    } catch (error) {
      return failure(error)
    }
  },
}

/** It takes headers of a fixed list only, and gives mails a Message-ID of its own. */
function contentOf({ from, to, subject, text, html, replyTo, headers }: OutgoingMail) {
  const sender = from.name ? { name: from.name, email: from.address } : from.address
  return { from: sender, to, subject, text, html, headers, ...(replyTo === null ? {} : { replyTo }) }
}

function failure(error: unknown): SendResult {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined
  // What it does not name may be its network: another try costs little.
  if (!known) return { sent: false, permanent: false, reason: 'Cloudflare Email Service did not take the mail' }
  return { sent: false, ...known, reason: `${known.reason} (${code})` }
}

const FAILURES: Record<string, Omit<SendResult & { sent: false }, 'sent'>> = {
  E_RECIPIENT_SUPPRESSED: {
    ...{ permanent: true, fault: 'contact' },
    reason: 'mails to this address bounced or were marked as spam: take it off Cloudflare’s suppression list',
  },
  E_RECIPIENT_NOT_ALLOWED: {
    permanent: true,
    reason: 'the binding may not send to this address: look at its allowed destinations and the account’s plan',
  },
  E_SENDER_NOT_VERIFIED: { permanent: true, reason: 'the domain of MAIL_FROM is not verified at Cloudflare' },
  E_SENDER_DOMAIN_NOT_AVAILABLE: {
    permanent: true,
    reason: 'the domain of MAIL_FROM is not set up for sending: add it at Cloudflare under Email Sending',
  },
  E_VALIDATION_ERROR: { permanent: true, reason: 'Cloudflare found fault with the mail: look at MAIL_FROM' },
  E_FIELD_MISSING: { permanent: true, reason: 'Cloudflare misses something in the mail: look at MAIL_FROM' },
  E_CONTENT_TOO_LARGE: { permanent: true, reason: 'the mail is too large for Cloudflare' },
  E_HEADER_NOT_ALLOWED: { permanent: true, reason: 'Cloudflare does not take a header of the mail' },
  E_DELIVERY_FAILED: { permanent: false, reason: 'the address’s mail server did not take the mail' },
  E_RATE_LIMIT_EXCEEDED: { permanent: false, reason: 'too many mails at once for this Cloudflare account' },
  E_DAILY_LIMIT_EXCEEDED: { permanent: true, reason: 'the account’s mails of the day are used up' },
  E_INTERNAL_SERVER_ERROR: { permanent: false, reason: 'Cloudflare Email Service is in trouble' },
}
