import type { CarrierAnswer, CarrierRequest } from './double.ts'

interface Mail {
  from?: string
  to?: string[]
  subject?: string
  text?: string
  html?: string
  reply_to?: string
  headers?: Record<string, string>
}

/** Resend's send endpoint: https://resend.com/docs/api-reference/emails/send-email. The key names the account. */
export function resendAnswer({ method, path, headers, body }: CarrierRequest): CarrierAnswer | null {
  if (path !== '/emails' || method !== 'POST') return null
  const refuse = (status: number, name: string) => ({
    ...{ status, took: null },
    body: { statusCode: status, name, message: 'in words' },
  })
  const key = /^Bearer (re_.+)$/.exec(headers.authorization ?? '')?.[1]
  if (!key) return refuse(401, 'missing_api_key')
  if (key === 're_unknown') return refuse(403, 'invalid_api_key')
  const idempotencyKey = headers['idempotency-key'] ?? ''
  if (idempotencyKey.length < 1 || idempotencyKey.length > 256) return refuse(400, 'invalid_idempotency_key')
  const { from, to, subject, text, html, reply_to, headers: sent = {} }: Mail = JSON.parse(body)
  if (!from || !to?.length || !subject || !(text || html)) return refuse(422, 'missing_required_field')
  if (/[\r\n]/.test(subject)) return refuse(422, 'validation_error')
  if (to.some((address) => address.startsWith('invalid@'))) return refuse(422, 'validation_error')
  if (to.some((address) => address.startsWith('busy@'))) return refuse(429, 'rate_limit_exceeded')
  if (reply_to !== undefined && !/^[^\s@]+@[^\s@]+$/.test(reply_to)) return refuse(422, 'validation_error')
  const message = {
    from,
    to: to.join(),
    subject,
    text: text ?? '',
    idempotencyKey,
    ...(reply_to && { replyTo: reply_to }),
    ...sent,
  }
  return { status: 200, body: { id: '00000000-0000-0000-0000-000000000000' }, took: { account: key, message } }
}
