import { env } from 'cloudflare:workers'
import { describe, inject, it } from 'vitest'
import type { Env } from '../../env.ts'
import type { Message, Messages } from '../channels/channel.ts'
import type { Provider, SendResult } from './provider.ts'
import { resend } from './resend.ts'
import { twilio } from './twilio.ts'

const LONG = AbortSignal.timeout(20_000)

/** A deployment with accounts of its own at the doubles. */
function deployment(account: string, other: Partial<Env> = {}): Env {
  return {
    ...env,
    ...{ TWILIO_API_URL: inject('carriers'), TWILIO_ACCOUNT_SID: `AC${account}`, TWILIO_FROM: '+4915199000000' },
    ...{ RESEND_API_URL: inject('carriers'), RESEND_API_KEY: `re_${account}`, MAIL_FROM: 'Tocsin <t@example.com>' },
    ...other,
  }
}

async function taken(account: string): Promise<Record<string, string>[]> {
  return (await fetch(`${inject('carriers')}/taken/${account}`)).json()
}

const text = (to: string): Message => ({
  ...{ channel: 'SMS', notificationId: '42-7-1-0', userId: 7, incidentId: 42 },
  ...{ to, text: 'PROM-42: Disk full & <hot>. Reply 1a accept' },
})
const mail = (to: string): Messages['EMAIL'] => ({
  ...{ channel: 'EMAIL', notificationId: '42-7-1-0', userId: 7, incidentId: 42 },
  ...{ to, subject: '[PROM-42] Disk full', text: 'Disk full', html: '<p>Disk full</p>', links: null, thread: null },
})

describe('Twilio', () => {
  it('gets a text message with the address for its outcome', async ({ expect }) => {
    expect(await twilio.send(text('+4915112345001'), deployment('sms-1'), LONG)).toEqual({ sent: true })
    expect(await taken('ACsms-1')).toEqual([
      {
        To: '+4915112345001',
        From: '+4915199000000',
        Body: 'PROM-42: Disk full & <hot>. Reply 1a accept',
        StatusCallback: 'https://tocsin.example.com/api/v1/carriers/twilio/status?user=7&notification=42-7-1-0',
      },
    ])
  })

  it('sends from a messaging service, too', async ({ expect }) => {
    await twilio.send(text('+4915112345001'), deployment('sms-2', { TWILIO_FROM: 'MG1', PUBLIC_URL: '' }), LONG)
    const [message] = await taken('ACsms-2')
    expect(message).toMatchObject({ MessagingServiceSid: 'MG1' })
    expect(message).not.toHaveProperty('From')
    expect(message).not.toHaveProperty('StatusCallback')
  })

  it.for([
    ['+4915112340001', true, '21211'],
    ['+4915112340002', false, '20429'],
    ['+4915112340003', true, '21610'],
  ] as const)('refuses %s', async ([to, permanent, reason], { expect }) => {
    expect(await twilio.send(text(to), deployment('sms-3'), LONG)).toMatchObject({
      sent: false,
      permanent,
      reason: expect.stringContaining(reason),
    })
  })

  it('does not know every account, and no secret is told', async ({ expect }) => {
    const result = await twilio.send(text('+4915112345001'), deployment('x', { TWILIO_AUTH_TOKEN: 'hidden' }), LONG)
    expect(result).toMatchObject({ sent: false, permanent: true })
    expect(JSON.stringify(result)).not.toContain('hidden')
  })
})

describe('Resend', () => {
  it('gets a mail once for each notification, marked as ours', async ({ expect }) => {
    expect(await resend.send(mail('ann@example.com'), deployment('mail-1'), LONG)).toEqual({ sent: true })
    expect(await taken('re_mail-1')).toEqual([
      {
        ...{ from: 'Tocsin <t@example.com>', to: 'ann@example.com', subject: '[PROM-42] Disk full' },
        text: expect.stringMatching(/^Disk full\n\nOr reply with one word/),
        ...{ idempotencyKey: '42-7-1-0', 'X-Tocsin-Notification': '1', 'Auto-Submitted': 'auto-generated' },
        replyTo: expect.stringMatching(/^re-[a-z2-7]{40}@alerts\.example\.com$/),
      },
    ])
  })

  it('gets what mailboxes thread an incident’s mails by', async ({ expect }) => {
    await resend.send(
      { ...mail('bea@example.com'), thread: 'incident-42' },
      deployment('mail-3', { MAIL_DOMAIN: '' }),
      LONG,
    )
    const [received] = await taken('re_mail-3')
    expect(received).toMatchObject({
      References: '<incident-42@example.com>',
      'In-Reply-To': '<incident-42@example.com>',
    })
    expect(received).not.toHaveProperty('replyTo')
  })

  it.for([
    ['invalid@example.com', true, 'validation_error'],
    ['busy@example.com', false, 'rate_limit_exceeded'],
  ] as const)('refuses %s', async ([to, permanent, name], { expect }) => {
    const result = await resend.send(mail(to), deployment('mail-2'), LONG)
    expect(result).toMatchObject({ sent: false, permanent, reason: expect.stringContaining(name) })
  })

  it('does not know every key', async ({ expect }) => {
    const result = await resend.send(mail('ann@example.com'), deployment('unknown'), LONG)
    expect(result).toMatchObject({ permanent: true, reason: expect.stringContaining('RESEND_API_KEY') })
  })
})

describe('a carrier', () => {
  const broken = (provider: Provider, message: Message, url: string) =>
    provider.send(message, deployment('none', { TWILIO_API_URL: url, RESEND_API_URL: url }), LONG)

  it.for([
    [twilio, text('+4915112345001')],
    [resend, mail('ann@example.com')],
  ] as const)('%o that answers nonsense is refused in words', async ([provider, message], { expect }) => {
    const result: SendResult = await broken(provider, message, `${inject('carriers')}/nowhere`)
    expect(result).toMatchObject({ sent: false, permanent: true, reason: expect.stringContaining('404') })
  })

  it('ends with its signal', async ({ expect }) => {
    const over = AbortSignal.abort(new Error('too late'))
    await expect(twilio.send(text('+4915112345001'), deployment('late'), over)).rejects.toThrow('too late')
  })
})
