import { env } from 'cloudflare:workers'
import PostalMime from 'postal-mime'
import { describe, inject, it } from 'vitest'
import type { TakenMail } from '../../../tests/doubles/smtp.ts'
import type { Env } from '../../env.ts'
import type { Messages } from '../channels/channel.ts'
import { verifyReplyAddress } from '../mail/reply-address.ts'
import { smtp } from './smtp.ts'

const LONG = AbortSignal.timeout(20_000)
const PASSWORD = encodeURIComponent('pässwörd: p@ss/word')

function deployment(other: Partial<Env> = {}): Env {
  const SMTP_URL = `smtp://tocsin:${PASSWORD}@127.0.0.1:${inject('smtp').plain}?tls=off`
  return { ...env, SMTP_URL, MAIL_FROM: 'Tocsin Überwachung <tocsin@example.com>', ...other }
}

const mail = (to: string, other: Partial<Messages['EMAIL']> = {}): Messages['EMAIL'] => ({
  ...{ channel: 'EMAIL', notificationId: '42-7-1-0', userId: 7, incidentId: 42, to, links: null },
  ...{ subject: '[PROM-42] Disk full', text: 'Disk full', html: '<p>Disk full</p>', thread: 'incident-42' },
  ...other,
})

async function taken(address: string): Promise<TakenMail[]> {
  return (await fetch(`${inject('smtp').url}/${encodeURIComponent(address)}`)).json()
}

describe('a mail server', () => {
  it('gets the mail with its parts and headers', async ({ expect }) => {
    const sent = mail('ann@example.com', { text: 'Disk full: größer\n.hidden\n..', html: '<p>größer</p>' })
    expect(await smtp.send(sent, deployment(), LONG)).toEqual({ sent: true })
    const [received, ...more] = await taken('ann@example.com')
    expect(more).toEqual([])
    expect(received).toMatchObject({ user: 'tocsin', from: 'tocsin@example.com' })
    const read = await PostalMime.parse(received?.raw ?? '')
    expect(read).toMatchObject({
      from: { name: 'Tocsin Überwachung', address: 'tocsin@example.com' },
      to: [{ address: 'ann@example.com' }],
      subject: '[PROM-42] Disk full',
      messageId: '<42-7-1-0@alerts.example.com>',
      inReplyTo: '<incident-42@alerts.example.com>',
      references: '<incident-42@alerts.example.com>',
    })
    expect(read.text?.trim().split(/\r?\n/)).toEqual([
      ...['Disk full: größer', '.hidden', '..', ''],
      'Or reply with one word: accept, resolve or escalate. Anything else becomes a comment.',
    ])
    expect(read.html).toMatch(/^<p>größer<\/p><p.*>Or reply/)
    const header = (name: string) => read.headers.find(({ key }) => key === name)?.value
    expect(header('x-tocsin-notification')).toBe('1')
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(header('list-unsubscribe')).toBeUndefined()
    const replyTo = read.replyTo?.[0]?.address ?? ''
    expect(await verifyReplyAddress(env.SECRET, replyTo)).toEqual({ userId: 7, incidentId: 42 })
  })

  it('gets any subject, with no line too long', async ({ expect }) => {
    const subject = `[PROM-42] ${'Störung 🔥 am Gerät, '.repeat(8)}Ende`
    await smtp.send(mail('bea@example.com', { subject, text: 'ü'.repeat(5000) }), deployment(), LONG)
    const [received] = await taken('bea@example.com')
    expect((await PostalMime.parse(received?.raw ?? '')).subject).toBe(subject)
    const lines = (received?.raw ?? '').split('\r\n')
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(100)
    expect(received?.raw).toMatch(/^[\x20-\x7e\r\n]*$/)
  })

  it('can’t be made to take headers that somebody smuggles in', async ({ expect }) => {
    await smtp.send(mail('cleo@example.com', { subject: 'Disk\r\nBcc: all@example.com' }), deployment(), LONG)
    const [received] = await taken('cleo@example.com')
    expect(received?.raw).not.toMatch(/^Bcc/m)
    const result = await smtp.send(mail('a@example.com>\r\nRCPT TO:<b@example.com'), deployment(), LONG)
    expect(result).toMatchObject({ sent: false, permanent: true, fault: 'contact' })
    expect(await taken('b@example.com')).toEqual([])
  })

  it('may know us without a login', async ({ expect }) => {
    const SMTP_URL = `smtp://127.0.0.1:${inject('smtp').plain}?tls=off`
    expect(await smtp.send(mail('dora@example.com'), deployment({ SMTP_URL }), LONG)).toEqual({ sent: true })
    expect(await taken('dora@example.com')).toMatchObject([{ user: null }])
  })

  it.for([
    ['unknown@example.com', { permanent: true, fault: 'contact' }, '5.1.1'],
    ['relayed@example.com', { permanent: true }, '5.7.1'],
    ['full@example.com', { permanent: true }, 'the mailbox is full'],
    ['busy@example.com', { permanent: false }, '451'],
  ] as const)('refuses %s', async ([to, refused, reason], { expect }) => {
    const result = await smtp.send(mail(to), deployment(), LONG)
    expect(result).toEqual({ sent: false, ...refused, reason: expect.stringContaining(reason) })
    expect(JSON.stringify(result)).not.toContain(to)
  })

  it('does not take every password, and tells none', async ({ expect }) => {
    const SMTP_URL = `smtp://tocsin:hidden@127.0.0.1:${inject('smtp').plain}?tls=off`
    const result = await smtp.send(mail('ann@example.com'), deployment({ SMTP_URL }), LONG)
    expect(result).toMatchObject({ sent: false, permanent: true, reason: expect.stringContaining('SMTP_URL (535') })
    expect(JSON.stringify(result)).not.toContain('hidden')
  })

  it('without STARTTLS is not told the password', async ({ expect }) => {
    const SMTP_URL = `smtp://tocsin:${PASSWORD}@127.0.0.1:${inject('smtp').plain}`
    const result = await smtp.send(mail('ann@example.com'), deployment({ SMTP_URL }), LONG)
    expect(result).toMatchObject({ permanent: true, reason: expect.stringContaining('no encryption') })
  })

  it.for(['smtp', 'smtps'])('whose certificate nobody signed is told nothing: %s', async (protocol, { expect }) => {
    const SMTP_URL = `${protocol}://tocsin:${PASSWORD}@127.0.0.1:${inject('smtp').selfSigned}`
    const result = await smtp.send(mail('eve@example.com'), deployment({ SMTP_URL }), LONG)
    expect(result).toMatchObject({ sent: false, permanent: false, reason: expect.stringContaining('certificate') })
    expect(await taken('eve@example.com')).toEqual([])
  })

  it('that hangs up is a passing fault', async ({ expect }) => {
    const SMTP_URL = `smtp://127.0.0.1:${inject('smtp').rude}?tls=off`
    const result = await smtp.send(mail('ann@example.com'), deployment({ SMTP_URL }), LONG)
    expect(result).toEqual({ sent: false, permanent: false, reason: 'the SMTP server hung up' })
  })

  it('that says nothing is left when the time is over', async ({ expect }) => {
    const SMTP_URL = `smtp://127.0.0.1:${inject('smtp').silent}?tls=off`
    const sending = smtp.send(mail('ann@example.com'), deployment({ SMTP_URL }), AbortSignal.timeout(100))
    await expect(sending).rejects.toThrow(/time|abort/i)
  })
})

describe('SMTP_URL', () => {
  it.for([
    ['mail.example.com', 'no address such as'],
    ['https://mail.example.com', 'no address such as'],
    ['smtp://:587', 'SMTP_URL'],
    ['smtps://tocsin@mail.example.com', 'no password'],
    ['smtps://tocsin:50%@mail.example.com', 'stray %'],
    ['smtps://mail.example.com?tls=off', 'one of both'],
  ])('%s is refused in words', async ([SMTP_URL, words], { expect }) => {
    const result = await smtp.send(mail('ann@example.com'), deployment({ SMTP_URL }), LONG)
    expect(result).toMatchObject({ sent: false, permanent: true, reason: expect.stringContaining(words ?? '') })
  })

  it('needs a sender beside it', async ({ expect }) => {
    const result = await smtp.send(mail('ann@example.com'), deployment({ MAIL_FROM: 'Tocsin' }), LONG)
    expect(result).toMatchObject({ permanent: true, reason: expect.stringContaining('MAIL_FROM') })
    expect(smtp.isConfigured(deployment({ MAIL_FROM: '' }))).toBe(false)
  })
})
