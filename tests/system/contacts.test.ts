import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, vi } from 'vitest'
import type { CodeSent, ContactMessage, TestSent } from '../../src/api/schemas/contact-message.ts'
import type { Health } from '../../src/api/schemas/health.ts'
import type { Contact } from '../../src/api/schemas/user.ts'
import { noteFaults } from '../../src/directory/users/contact-faults.ts'
import type { Message } from '../../src/notifications/channels/channel.ts'
import { takeAnswer } from '../../src/notifications/doors/sms-answers.ts'
import type { SendResult } from '../../src/notifications/providers/provider.ts'
import { receiveReceipt } from '../../src/notifications/receive-receipt.ts'
import { HOUR, MINUTE, standStill } from './harness/clock.ts'
import { call, it, mail, type Step, sms, type TestUser, type Tocsin } from './harness/tocsin.ts'

const OURS = '+4915199000000'

beforeEach(() => {
  env.TWILIO_FROM = OURS
})
afterEach(() => {
  delete env.TWILIO_FROM
  vi.restoreAllMocks()
})

const pathOf = (user: TestUser) => `/users/${user.id}/contacts/phone-numbers/${user.contacts.phone.id}`
const phoneOf = (tocsin: Tocsin, user: TestUser) => tocsin.api.get<Contact>(pathOf(user))

/** Ann, whose changed number is not verified. */
async function locked(tocsin: Tocsin, ...steps: Step[]) {
  const ann = await tocsin.user('Ann', ...steps)
  await tocsin.api.put(pathOf(ann), { target: '+4915112349999' })
  return ann
}

const ask = (tocsin: Tocsin, user: TestUser, body: object = {}) =>
  tocsin.api.post<CodeSent>(`${pathOf(user)}/verification`, body)

async function refused(tocsin: Tocsin, method: string, path: string, body: object) {
  const headers = { Authorization: `Bearer ${tocsin.api.apiKey}`, 'Content-Type': 'application/json' }
  const response = await tocsin.api.raw(method, `/api/v1${path}`, { headers, body: JSON.stringify(body) })
  return { status: response.status, ...(await response.json<{ message: string; field?: string }>()) }
}

const enter = (tocsin: Tocsin, user: TestUser, code: string) =>
  refused(tocsin, 'PUT', `${pathOf(user)}/verification`, { code })

async function codeFrom(user: TestUser): Promise<string> {
  const { message } = await user.getsSms('Your Tocsin code is ')
  return /\d{6}/.exec(message.text)?.[0] ?? ''
}

const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('a code', () => {
  it('by text verifies a changed number, and nothing was sent there before', async ({ tocsin, expect }) => {
    const ann = await locked(tocsin, sms(), mail(5))
    expect(await phoneOf(tocsin, ann)).toMatchObject({ status: 'LOCKED' })
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
    const first = await source.alert('Disk full', { alertKey: 'first' })
    await tocsin.carrier.expectSilence()
    await tocsin.pass(5 * MINUTE)
    await ann.getsMail('Disk full')
    await source.resolve('first')

    const { id, method } = await ask(tocsin, ann)
    expect(method).toBe('SMS')
    const code = await codeFrom(ann)
    expect(await tocsin.api.get(`${pathOf(ann)}/verification/${id}`)).toMatchObject({ status: 'SENT' })
    expect(await enter(tocsin, ann, code)).toMatchObject({ status: 'OK', target: '+4915112349999' })
    await source.alert('Fan broken')
    await ann.getsSms('Fan broken')
    await tocsin.api.put(`/incidents/SRC1-2/resolve`)
    expect((await tocsin.timeline(first)).join()).not.toContain('9999')
  })

  it('by call is read digit by digit', async ({ tocsin, expect }) => {
    const ann = await locked(tocsin)
    await ask(tocsin, ann, { method: 'VOICE' })
    const { message } = await ann.getsCall('Your Tocsin code is ')
    const digits = /code is ((?:\d, ){5}\d)\. /.exec(message.text)?.[1] ?? ''
    expect(await enter(tocsin, ann, digits)).toMatchObject({ status: 'OK' })
  })

  it('is kept nowhere that people or logs can read it', async ({ tocsin, expect }) => {
    const logged: string[] = []
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation((...said) => void logged.push(JSON.stringify(said)))
    }
    const ann = await locked(tocsin)
    const sent = await ask(tocsin, ann)
    const code = await codeFrom(ann)
    const tables = await env.DB.batch(
      ['contacts', 'delivery_log', 'pending_notices'].map((name) => env.DB.prepare(`SELECT * FROM ${name}`)),
    )
    const followed = await tocsin.api.get(`${pathOf(ann)}/verification/${sent.id}`)
    const log = await tocsin.api.get('/delivery-log')
    const said = JSON.stringify([tables.map(({ results }) => results), sent, followed, log, await phoneOf(tocsin, ann)])
    expect(said).toContain(sent.id)
    expect(said + logged.join()).not.toContain(code)
  })

  it('that is wrong is refused, and after five times a new one is needed', async ({ tocsin, expect }) => {
    const ann = await locked(tocsin)
    expect(await enter(tocsin, ann, '123456')).toMatchObject({
      status: 400,
      message: expect.stringContaining('ask for'),
    })
    await ask(tocsin, ann)
    const code = await codeFrom(ann)
    expect(await enter(tocsin, ann, '12')).toMatchObject({ status: 400, field: 'code' })
    expect(await enter(tocsin, ann, other(code))).toMatchObject({
      ...{ status: 400, field: 'code', message: expect.stringContaining('4 more tries') },
    })
    for (let left = 4; left > 0; left--) await enter(tocsin, ann, other(code))
    expect(await enter(tocsin, ann, code)).toMatchObject({ status: 400, message: expect.stringContaining('5 times') })
    await ask(tocsin, ann)
    const next = await codeFrom(ann)
    expect(await enter(tocsin, ann, next)).toMatchObject({ status: 'OK' })
  })

  it('ends after 15 minutes', async ({ tocsin, expect }) => {
    const ann = await locked(tocsin)
    await ask(tocsin, ann)
    const code = await codeFrom(ann)
    standStill(15 * MINUTE)
    expect(await enter(tocsin, ann, code)).toMatchObject({ status: 400, message: expect.stringContaining('older') })
    expect(await phoneOf(tocsin, ann)).toMatchObject({ status: 'LOCKED' })
  })

  it('of a number is worth nothing for another', async ({ tocsin, expect }) => {
    const ann = await locked(tocsin)
    await ask(tocsin, ann)
    const code = await codeFrom(ann)
    await tocsin.api.put(pathOf(ann), { target: '+4915112348888' })
    expect(await enter(tocsin, ann, code)).toMatchObject({ status: 400 })
    // To the same again changes nothing.
    await tocsin.api.put(pathOf(ann), { target: '+4915112348888' })
    expect(await phoneOf(tocsin, ann)).toMatchObject({ status: 'LOCKED' })
  })

  it('is sent five times an hour to one number, whoever has it', async ({ tocsin, expect }) => {
    const ann = await locked(tocsin)
    const bea = await tocsin.user('Bea')
    await tocsin.api.put(pathOf(bea), { target: '+4915112349999' })
    for (let sent = 0; sent < 5; sent++) await ask(tocsin, ann)
    const again = () => refused(tocsin, 'POST', `${pathOf(bea)}/verification`, {})
    expect(await again()).toMatchObject({ status: 409, message: expect.stringContaining('5 codes an hour') })
    await tocsin.carrier.ignore()
    standStill(HOUR)
    expect(await again()).toMatchObject({ status: 201 })
    await bea.getsSms('Your Tocsin code')
  })

  it('is bounded for one user, whatever their numbers', async ({ tocsin, expect }) => {
    const ann = await locked(tocsin)
    const asking = () => refused(tocsin, 'POST', `${pathOf(ann)}/verification`, {})
    for (let sent = 0; sent < 15; sent++) {
      await tocsin.api.put(pathOf(ann), { target: `+49151123490${10 + sent}` })
      expect(await asking()).toMatchObject({ status: 201 })
    }
    await tocsin.api.put(pathOf(ann), { target: '+4915112349099' })
    expect(await asking()).toMatchObject({ status: 409, message: expect.stringContaining('for one user') })
    await tocsin.carrier.ignore()
  })
})

describe('a mail address', () => {
  it('that is the own one needs no code, any other does', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann')
    const emails = `/users/${ann.id}/contacts/emails`
    expect(ann.contacts.mailbox).toMatchObject({ status: 'OK', target: 'ann@example.com' })
    await tocsin.api.delete(`${emails}/${ann.contacts.mailbox.id}`)
    expect(await tocsin.api.post(emails, { target: 'Ann@example.com' })).toMatchObject({ status: 'OK' })
    const second = await tocsin.api.post<Contact>(emails, { target: 'second@example.com' })
    expect(second).toMatchObject({ status: 'LOCKED', faults: [], smsStopped: false })
    await tocsin.api.post(`${emails}/${second.id}/verification`, {})
    const { message } = await ann.getsMail('Your Tocsin code is ')
    expect(message.target).toBe('second@example.com')
    const code = /\d{6}/.exec(message.text)?.[0]
    expect(await tocsin.api.put(`${emails}/${second.id}/verification`, { code })).toMatchObject({ status: 'OK' })
    expect(await refused(tocsin, 'POST', `${emails}/${second.id}/verification`, {})).toMatchObject({ status: 409 })
  })
})

describe('STOP', () => {
  const texts = (user: TestUser, text: string) =>
    takeAnswer(env, { from: user.contacts.phone.target, to: OURS, text, messageId: text }, true)

  it('leaves out texts until START, and calls go on', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), call(1))
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
    expect(await texts(ann, ' Stop ')).toEqual({ answer: null, acted: false })
    expect(await phoneOf(tocsin, ann)).toMatchObject({ status: 'OK', smsStopped: true })
    expect(await texts(ann, 'STOP')).toEqual({ answer: null, acted: false })
    await source.alert('Disk full', { alertKey: 'first' })
    await tocsin.carrier.expectSilence()
    await tocsin.pass(MINUTE)
    await ann.getsCall('Disk full')
    await source.resolve('first')
    expect(await refused(tocsin, 'POST', `${pathOf(ann)}/test`, {})).toMatchObject({ status: 409, field: 'method' })

    await texts(ann, 'START')
    expect(await phoneOf(tocsin, ann)).toMatchObject({ smsStopped: false })
    await source.alert('Fan broken', { alertKey: 'second' })
    await ann.getsSms('Fan broken')
    await source.resolve('second')
  })

  it('of a stranger, or to another number, stops nothing', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    await takeAnswer(env, { from: '+4915112340000', to: OURS, text: 'STOP', messageId: '1' }, true)
    await takeAnswer(env, { from: ann.contacts.phone.target, to: '+491', text: 'STOP', messageId: '2' }, false)
    expect(await phoneOf(tocsin, ann)).toMatchObject({ smsStopped: false })
  })
})

describe('what a provider says at once', () => {
  const result = { sent: false, permanent: true, reason: 'no such mailbox', fault: 'contact' } as const
  const tried = (user: TestUser, channel: 'SMS' | 'EMAIL', said: SendResult) => {
    const { phone, mailbox } = user.contacts
    const to = channel === 'SMS' ? phone.target : mailbox.target
    const common = { notificationId: '1-1-0', userId: user.id, incidentId: null, to, text: 'Disk full' }
    const message: Message =
      channel === 'SMS'
        ? { ...common, channel }
        : { ...common, channel, subject: 'Disk full', html: '', links: null, thread: null }
    return noteFaults(env, [{ message, attempts: [{ provider: 'one', result: said, durationMs: 1, device: null }] }])
  }

  it('breaks a contact until something is taken for it', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann')
    const mailbox = () => tocsin.api.get<Contact>(`/users/${ann.id}/contacts/emails/${ann.contacts.mailbox.id}`)
    await tried(ann, 'EMAIL', result)
    const broken = await mailbox()
    expect(broken).toMatchObject({ status: 'BLACKLISTED', faults: [{ method: 'EMAIL', reason: 'no such mailbox' }] })
    // The same said again is no news: it is known since when.
    standStill(MINUTE)
    await tried(ann, 'EMAIL', result)
    expect(await mailbox()).toEqual(broken)
    await tried(ann, 'EMAIL', { sent: true })
    expect(await mailbox()).toMatchObject({ status: 'OK', faults: [] })
  })

  it('of a number that replied STOP stops texts, and breaks nothing', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), mail(3))
    await tried(ann, 'SMS', { ...result, stopped: true })
    expect(await phoneOf(tocsin, ann)).toMatchObject({ status: 'OK', faults: [], smsStopped: true })
    const source = await tocsin.source(await tocsin.policy([[ann]]))
    await source.alert('Disk full')
    await tocsin.carrier.expectSilence()
    await tocsin.pass(3 * MINUTE)
    await ann.getsMail('Disk full')
    await tocsin.api.put('/incidents/SRC1-1/resolve')
  })

  it('never throws where the database is not to be reached', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann')
    vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: gone'))
    await expect(tried(ann, 'EMAIL', result)).resolves.toBeUndefined()
  })
})

describe('a test', () => {
  const send = (tocsin: Tocsin, user: TestUser, body: object = {}) =>
    tocsin.api.post<TestSent>(`${pathOf(user)}/test`, body)
  const statusOf = (tocsin: Tocsin, user: TestUser, id: string) =>
    tocsin.api.get<ContactMessage>(`${pathOf(user)}/test/${id}`)

  it('is followed, and shows a fault that goes when something arrives', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann')
    const { id } = await send(tocsin, ann)
    const { message } = await ann.getsSms('Test message from Tocsin')
    const notification = message.notificationId ?? ''
    expect(await statusOf(tocsin, ann, id)).toEqual({ status: 'SENT', provider: 'sandbox', reason: null })
    const reason = 'the number does not exist any more: correct the contact (30005)'
    await receiveReceipt(env, ann.id, notification, {
      ...{ outcome: 'undelivered', provider: 'twilio', reason, fault: 'contact' },
    })
    expect(await statusOf(tocsin, ann, id)).toEqual({ status: 'FAILED', provider: 'twilio', reason })
    expect(await phoneOf(tocsin, ann)).toMatchObject({
      ...{ status: 'BLACKLISTED', faults: [{ method: 'SMS', reason, at: '2040-01-04T09:00:00.000Z' }] },
    })
    expect(await tocsin.api.get('/broken-contacts')).toMatchObject([{ user: { name: 'Ann Example' }, method: 'SMS' }])
    expect(await brokenCheck(tocsin)).toMatchObject({ ok: false, count: 1 })

    await receiveReceipt(env, ann.id, notification, { outcome: 'delivered', provider: 'twilio', reason: null })
    expect(await statusOf(tocsin, ann, id)).toMatchObject({ status: 'DELIVERED' })
    expect(await phoneOf(tocsin, ann)).toMatchObject({ status: 'OK', faults: [] })
    expect(await brokenCheck(tocsin)).toMatchObject({ ok: true, count: 0 })
  })

  it('is bounded, and refused where the contact is not verified', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann')
    for (let sent = 0; sent < 5; sent++) await send(tocsin, ann, { method: 'VOICE' })
    await ann.getsCall('Test message from Tocsin')
    await tocsin.carrier.ignore()
    const again = () => refused(tocsin, 'POST', `${pathOf(ann)}/test`, {})
    expect(await again()).toMatchObject({ status: 409, message: expect.stringContaining('5 tests') })
    standStill(10 * MINUTE)
    await tocsin.api.put(pathOf(ann), { target: '+4915112349999' })
    expect(await again()).toMatchObject({ status: 409, message: expect.stringContaining('not verified') })
    expect(await refused(tocsin, 'POST', `${pathOf(ann)}/verification`, { method: 'EMAIL' })).toMatchObject({
      ...{ status: 400, field: 'method' },
    })
  })
})

async function brokenCheck(tocsin: Tocsin) {
  const headers = { Authorization: `Bearer ${tocsin.api.apiKey}` }
  const { checks } = await (await tocsin.api.raw('GET', '/api/v1/health', { headers })).json<Health>()
  return checks.find(({ name }) => name === 'broken contacts')
}
