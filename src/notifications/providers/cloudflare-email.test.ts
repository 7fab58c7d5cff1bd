import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { Env } from '../../env.ts'
import type { Messages } from '../channels/channel.ts'
import { cloudflareEmail } from './cloudflare-email.ts'

const LONG = AbortSignal.timeout(20_000)

const mail: Messages['EMAIL'] = {
  ...{ channel: 'EMAIL', notificationId: '42-7-1-0', userId: 7, incidentId: 42, to: 'ann@example.com', links: null },
  ...{ subject: '[PROM-42] Disk full', text: 'Disk full', html: '<p>Disk full</p>', thread: 'incident-42' },
}

/** The binding as it is documented: it keeps what it takes, or throws an error with this code. */
function deployment(refusedWith?: string): { env: Env; sent: Record<string, unknown>[] } {
  const sent: Record<string, unknown>[] = []
  const EMAIL = {
    async send(content: Record<string, unknown>) {
      if (refusedWith !== undefined) throw Object.assign(new Error('to ann@example.com'), { code: refusedWith })
      for (const name of Object.keys(content.headers ?? {}))
        if (!ALLOWED.test(name)) throw Object.assign(new Error(name), { code: 'E_HEADER_NOT_ALLOWED' })
      sent.push(content)
      return { messageId: '0100' }
    },
  } as unknown as SendEmail
  return { env: { ...env, EMAIL, MAIL_FROM: 'Tocsin <tocsin@example.com>' }, sent }
}

/** Of https://developers.cloudflare.com/email-service/reference/headers/ those that concern us; Message-ID is not among them. */
const ALLOWED = /^(In-Reply-To|References|Auto-Submitted|X-[A-Za-z0-9_-]{1,98})$/

describe('Cloudflare Email Service', () => {
  it('gets the mail, with headers that it allows', async ({ expect }) => {
    const { env, sent } = deployment()
    expect(await cloudflareEmail.send(mail, env, LONG)).toEqual({ sent: true })
    expect(sent).toEqual([
      {
        ...{ from: { name: 'Tocsin', email: 'tocsin@example.com' }, to: 'ann@example.com' },
        subject: '[PROM-42] Disk full',
        text: expect.stringMatching(/^Disk full\n\nOr reply with one word/),
        html: expect.stringMatching(/^<p>Disk full<\/p><p.*>Or reply with one word.*<\/p>$/),
        replyTo: expect.stringMatching(/^re-[a-z2-7]{40}@alerts\.example\.com$/),
        headers: {
          ...{ 'X-Tocsin-Notification': '1', 'Auto-Submitted': 'auto-generated' },
          ...{ References: '<incident-42@alerts.example.com>', 'In-Reply-To': '<incident-42@alerts.example.com>' },
        },
      },
    ])
  })

  it('is set up with the binding and a sender', ({ expect }) => {
    const { env } = deployment()
    expect(cloudflareEmail.isConfigured(env)).toBe(true)
    expect(cloudflareEmail.isConfigured({ ...env, MAIL_FROM: '' })).toBe(false)
    expect(cloudflareEmail.isConfigured({ ...env, EMAIL: undefined })).toBe(false)
  })

  it.for([
    ['E_RECIPIENT_SUPPRESSED', { permanent: true, fault: 'contact' }],
    ['E_SENDER_NOT_VERIFIED', { permanent: true }],
    ['E_RATE_LIMIT_EXCEEDED', { permanent: false }],
    ['E_SOMETHING_NEW', { permanent: false }],
  ] as const)('refuses with %s, in words without the address', async ([code, refused], { expect }) => {
    const result = await cloudflareEmail.send(mail, deployment(code).env, LONG)
    expect(result).toEqual({ sent: false, ...refused, reason: expect.any(String) })
    expect(JSON.stringify(result)).not.toContain('ann@')
  })
})
