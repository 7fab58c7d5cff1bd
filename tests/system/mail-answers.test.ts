import { env } from 'cloudflare:workers'
import PostalMime from 'postal-mime'
import { afterEach, describe, inject } from 'vitest'
import { replyAddress } from '../../src/notifications/mail/reply-address.ts'
import type { TakenMail } from '../doubles/smtp.ts'
import { send } from './harness/inbound-mail.ts'
import { it, mail, sms, type TestUser, type Tocsin } from './harness/tocsin.ts'

const DOMAIN = 'alerts.example.com'
const NO_SUCH = 'There is no such address.'

afterEach(() => {
  Object.assign(env, { SMTP_URL: undefined, MAIL_FROM: undefined })
})

/** Ann is paged by mail, and then Bea; `reply` answers as somebody's mail program does. */
async function paged(tocsin: Tocsin) {
  const ann = await tocsin.user('Ann', mail())
  const bea = await tocsin.user('Bea', sms())
  const web = await tocsin.source(await tocsin.policy([[ann], [bea]]))
  const incident = await web.alert('Disk full on db-1')
  await ann.getsMail('Disk full on db-1')
  const { id: incidentId } = await tocsin.incident(incident)
  const to = await replyAddress(env.SECRET, DOMAIN, { userId: ann.id, incidentId: Number(incidentId) })
  return { ann, bea, web, incident, to }
}

let mails = 0

/** The headers on top as Email Routing puts them there; `headers` replace or add to them. */
function reply(to: string, text: string, headers: Record<string, string> = {}, envelopeFrom = 'ann@example.com') {
  const all = {
    Received: 'from mail.example.com by cloudflare-email.net (cloudflare) id 1',
    'Authentication-Results':
      'mx.cloudflare.net; dkim=pass header.d=example.com; dmarc=pass header.from=example.com policy.dmarc=reject; spf=pass (mx.cloudflare.net: domain of ann@example.com; all well) smtp.mailfrom=ann@example.com',
    From: 'Ann Example <Ann@Example.com>',
    To: to,
    Subject: 'Re: [SRC1-1] Disk full on db-1',
    Date: 'Wed, 04 Jan 2040 09:00:00 +0000',
    'Message-ID': `<${++mails}@example.com>`,
    'In-Reply-To': '<1-1@alerts.example.com>',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return send(to, `${lines.join('\r\n')}\r\n\r\n${text.replaceAll('\n', '\r\n')}`, { from: envelopeFrom })
}

const QUOTE = `
On Wed, 4 Jan 2040 at 09:00, Tocsin <tocsin@example.com> wrote:

> Disk full on db-1
>
> Accept:   https://tocsin.example.com/act/1
> Resolve:  https://tocsin.example.com/act/2`

describe('a reply to a mail', () => {
  it('accepts, and its sender is told on the same thread', async ({ tocsin, expect }) => {
    const { ann, incident, to } = await paged(tocsin)
    expect(await reply(to, `\nAccept!\n${QUOTE}`)).toBeNull()
    expect(await tocsin.incident(incident)).toMatchObject({ status: 'ACCEPTED' })
    expect((await tocsin.timeline(incident)).join('\n')).toMatch(/Ann.*(mail|e-mail)/i)
    const { message } = await ann.getsMail(`Accepted ${incident}`)
    expect(message).toMatchObject({ subject: `Re: [${incident}] Disk full on db-1`, target: 'ann@example.com' })
  })

  it('resolves, in German, too', async ({ tocsin, expect }) => {
    const { ann, incident, to } = await paged(tocsin)
    await reply(to, 'Gelöst.\n\nAm 04.01.2040 um 09:00 schrieb Tocsin:\n> accept')
    expect((await tocsin.incident(incident)).status).toBe('RESOLVED')
    await ann.getsMail(`Resolved ${incident}`)
  })

  it('escalates', async ({ tocsin, expect }) => {
    const { ann, bea, incident, to } = await paged(tocsin)
    await reply(to, `escalate\n${QUOTE}`)
    await ann.getsMail(`Escalated ${incident}`)
    await bea.getsSms('Disk full on db-1')
    await reply(to, 'e')
    await ann.getsMail('already escalated by you')
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.api.put(`/incidents/${incident}/accept`)
  })

  it('that says anything else is a comment, without what it quotes', async ({ tocsin, expect }) => {
    const { ann, incident, to } = await paged(tocsin)
    await reply(to, `Please accept this, Bea: I am\non a plane.\n${QUOTE}\n`)
    await ann.getsMail(`now a comment on ${incident}`)
    const timeline = (await tocsin.timeline(incident)).join('\n')
    expect(timeline).toContain('on a plane.')
    expect(timeline).not.toContain('act/1')
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.api.put(`/incidents/${incident}/accept`)
  })

  it('that only quotes does nothing, and says how', async ({ tocsin, expect }) => {
    const { ann, incident, to } = await paged(tocsin)
    const before = await tocsin.timeline(incident)
    await reply(to, QUOTE)
    await ann.getsMail('accept, resolve or escalate')
    expect(await tocsin.timeline(incident)).toEqual(before)
    await tocsin.api.put(`/incidents/${incident}/accept`)
  })

  it('hears who was faster', async ({ tocsin }) => {
    const { ann, bea, incident, to } = await paged(tocsin)
    await tocsin.pass(5 * 60_000)
    await (await bea.getsSms('Disk full on db-1')).reply('1a', 'Accepted')
    await reply(to, 'a')
    await ann.getsMail(`${incident} was already accepted by Bea Example`)
    await reply(to, 'done')
    await ann.getsMail(`Resolved ${incident}`)
    await reply(to, 'ack')
    await ann.getsMail(`${incident} was already resolved by you`)
  })

  it('may come from another address of theirs', async ({ tocsin, expect }) => {
    const { ann, incident, to } = await paged(tocsin)
    await tocsin.api.post(`/users/${ann.id}/contacts/emails`, { target: 'ann@private.example.net' })
    await env.DB.prepare(`UPDATE contacts SET status = 'OK' WHERE target = 'ann@private.example.net'`).run()
    const from = {
      From: 'ann@private.example.net',
      'Authentication-Results': 'mx.cloudflare.net; dmarc=pass header.from=private.example.net',
    }
    expect(await reply(to, 'accept', from)).toBeNull()
    const { message } = await ann.getsMail(`Accepted ${incident}`)
    expect(message.target).toBe('ann@private.example.net')
  })
})

describe('a reply does nothing and is rejected', () => {
  async function nothingDone(tocsin: Tocsin, incident: string): Promise<void> {
    const { status } = await tocsin.incident(incident)
    if (status !== 'PENDING') throw new Error(`The incident is ${status}`)
    await tocsin.carrier.expectSilence()
    await tocsin.api.put(`/incidents/${incident}/accept`)
  }

  it('to an address that nobody signed', async ({ tocsin, expect }) => {
    const { incident, to } = await paged(tocsin)
    const forged = `${to.slice(0, 20)}${to[20] === 'b' ? 'c' : 'b'}${to.slice(21)}`
    expect(await reply(forged, 'accept')).toBe(NO_SUCH)
    expect(await reply(`re-1@${DOMAIN}`, 'accept')).toBe(NO_SUCH)
    await nothingDone(tocsin, incident)
  })

  it.for([
    ['where DMARC fails', 'mx.cloudflare.net; dkim=pass header.d=example.net; dmarc=fail header.from=example.com'],
    ['where DMARC speaks of another domain', 'mx.cloudflare.net; dmarc=pass header.from=example.net'],
    [
      'where DMARC is quoted in a comment',
      'mx.cloudflare.net; spf=fail (x; dmarc=pass header.from=example.com) smtp.mailfrom=x',
    ],
    ['where another server says that DMARC passed', 'mx.example.net; dmarc=pass header.from=example.com'],
    ['where nobody looked', 'mx.cloudflare.net; none'],
  ] as const)('%s', async ([, results], { tocsin, expect }) => {
    const { incident, to } = await paged(tocsin)
    expect(await reply(to, 'accept', { 'Authentication-Results': results })).toMatch(/DMARC/)
    await nothingDone(tocsin, incident)
  })

  it('where its own word stands below that of the platform', async ({ tocsin, expect }) => {
    const { incident, to } = await paged(tocsin)
    const headers = {
      'Authentication-Results': 'mx.cloudflare.net; dmarc=fail header.from=example.com',
      'AUTHENTICATION-RESULTS': 'mx.cloudflare.net; dmarc=pass header.from=example.com',
    }
    expect(await reply(to, 'accept', headers)).toMatch(/DMARC/)
    await nothingDone(tocsin, incident)
  })

  it('from two senders at once', async ({ tocsin, expect }) => {
    const { incident, to } = await paged(tocsin)
    expect(await reply(to, 'accept', { From: 'eve@example.com, ann@example.com' })).toMatch(/DMARC/)
    expect(await reply(to, 'accept', { FROM: 'eve@example.com' })).toMatch(/DMARC/)
    await nothingDone(tocsin, incident)
  })

  it('from somebody else, also where they use Tocsin', async ({ tocsin, expect }) => {
    const { incident, to } = await paged(tocsin)
    expect(await reply(to, 'accept', { From: 'bea@example.com' })).toMatch(/only the person/)
    await nothingDone(tocsin, incident)
  })

  it('from an address that its user has not verified', async ({ tocsin, expect }) => {
    const { ann, incident, to } = await paged(tocsin)
    await tocsin.api.post(`/users/${ann.id}/contacts/emails`, { target: 'new@example.com' })
    await env.DB.prepare(`UPDATE contacts SET status = 'LOCKED' WHERE target = 'new@example.com'`).run()
    expect(await reply(to, 'accept', { From: 'new@example.com' })).toMatch(/only the person/)
    await nothingDone(tocsin, incident)
  })
})

describe('a machine’s reply', () => {
  it.for([
    ['an absence note', { 'Auto-Submitted': 'auto-replied' }, 'ann@example.com'],
    ['anything automatic', { 'Auto-Submitted': 'auto-generated' }, 'ann@example.com'],
    ['our own mail', { 'X-Tocsin-Notification': '1' }, 'ann@example.com'],
    ['a bounce', { From: 'MAILER-DAEMON@example.com' }, ''],
    ['a list', { Precedence: 'list' }, 'ann@example.com'],
  ] as [string, Record<string, string>, string][])(
    'is ignored and not answered: %s',
    async ([, headers, from], { tocsin, expect }) => {
      const { incident, to } = await paged(tocsin)
      expect(await reply(to, 'accept', headers, from)).toBeNull()
      await tocsin.carrier.expectSilence()
      expect((await tocsin.incident(incident)).status).toBe('PENDING')
      await tocsin.api.put(`/incidents/${incident}/accept`)
    },
  )

  it('that does not say so is answered a few times only', async ({ tocsin, expect }) => {
    const { ann, incident, to } = await paged(tocsin)
    // How often somebody is answered is remembered beyond a test, so here they have an address that no other test has.
    await ann.moves('ann@away.example.com')
    await env.DB.prepare(`UPDATE contacts SET status = 'OK' WHERE target = 'ann@away.example.com'`).run()
    const away = {
      From: 'ann@away.example.com',
      'Authentication-Results': 'mx.cloudflare.net; dmarc=pass header.from=away.example.com',
    }
    for (let answer = 0; answer < 8; answer++) expect(await reply(to, 'I am away until Monday.', away)).toBeNull()
    for (let answer = 0; answer < 5; answer++) await ann.getsMail(`now a comment on ${incident}`)
    await tocsin.carrier.expectSilence()
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.api.put(`/incidents/${incident}/accept`)
  })
})

describe('through a mail server', () => {
  it('page, reply and outcome are one thread', async ({ tocsin, expect }) => {
    const ann: TestUser = await tocsin.user('Ann', mail())
    await ann.moves('ann@thread.example.com')
    const SMTP_URL = `smtp://127.0.0.1:${inject('smtp').plain}?tls=off`
    Object.assign(env, { SMTP_URL, MAIL_FROM: 'Tocsin <tocsin@example.com>' })
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    const incident = await web.alert('Disk full on db-1')
    await tocsin.timeline(incident)
    const page = await lastMail('ann@thread.example.com')
    expect(page.subject).toBe(`[${incident}] Disk full on db-1`)

    const vouched = 'mx.cloudflare.net; dmarc=pass header.from=thread.example.com'
    const from = { From: 'ann@thread.example.com', 'Authentication-Results': vouched }
    expect(await reply(page.replyTo?.[0]?.address ?? '', 'accept', from)).toBeNull()
    const outcome = await lastMail('ann@thread.example.com')
    expect(outcome.text).toContain(`Accepted ${incident}`)
    expect(outcome.references).toBe(page.references)
    expect(outcome.replyTo).toEqual(page.replyTo)
    expect(outcome.messageId).not.toBe(page.messageId)
  })
})

async function lastMail(address: string) {
  const taken: TakenMail[] = await (await fetch(`${inject('smtp').url}/${encodeURIComponent(address)}`)).json()
  return PostalMime.parse(taken.at(-1)?.raw ?? '')
}
