import { env } from 'cloudflare:workers'
import { describe, inject, it } from 'vitest'
import type { Env } from '../../env.ts'
import type { Messages } from '../channels/channel.ts'
import type { PushDevice } from '../model.ts'
import { ntfy, sealToken, topicOf } from './ntfy.ts'
import { addressProblem } from './public-address.ts'
import { pushover, silence, userKeyProblem } from './pushover.ts'
import { vapidKeys, vapidSubject } from './vapid.ts'
import { payloadOf, webPush } from './web-push.ts'

const LONG = AbortSignal.timeout(60_000)
const SET_UP: Env = { ...env, PUSHOVER_TOKEN: 'token-of-the-tests', PUSHOVER_API_URL: inject('carriers') }
const MESSAGE: Messages['PUSH'] = {
  ...{ channel: 'PUSH', notificationId: '42-7-1-0', userId: 7, incidentId: 42, devices: [] },
  ...{ title: 'PROM-42 · Prometheus', body: 'Disk full', url: 'https://tocsin.example.com/incidents/PROM-42' },
  ...{ urgent: true, topic: 'incident-42' },
  links: {
    ...{ incident: 'https://tocsin.example.com/incidents/PROM-42', accept: 'https://tocsin.example.com/act/a' },
    ...{ resolve: 'https://tocsin.example.com/act/r', escalate: 'https://tocsin.example.com/act/e' },
  },
}
const NOTICE: Messages['PUSH'] = { ...MESSAGE, incidentId: null, urgent: false, topic: 'notice-a b/ü', links: null }

async function taken(account: string): Promise<Record<string, string>[]> {
  return (await fetch(`${inject('carriers')}/taken/${account}`)).json()
}

async function browser(name: string): Promise<PushDevice> {
  const keys = await (await fetch(`${inject('carriers')}/push-subscriptions/${name}`)).json<PushDevice['keys']>()
  return { id: 1, kind: 'WEB_PUSH', target: `${inject('carriers')}/push/${name}`, keys }
}

describe('pushes to browsers', () => {
  it('arrive encrypted, signed and with buttons', async ({ expect }) => {
    expect(await webPush.send(MESSAGE, await browser('unit-1'), SET_UP, LONG)).toEqual({ sent: true })
    const [message] = await taken('push-unit-1')
    expect(message).toMatchObject({ ttl: '3600', urgency: 'high', topic: 'incident-42' })
    expect(JSON.parse(message?.payload ?? '')).toEqual({
      ...{ v: 1, title: 'PROM-42 · Prometheus', body: 'Disk full', url: MESSAGE.url, tag: 'incident-42', urgent: true },
      ...{ timestamp: expect.any(Number), badge: null },
      acts: [
        { action: 'accept', title: 'Accept', url: 'https://tocsin.example.com/act/a' },
        { action: 'resolve', title: 'Resolve', url: 'https://tocsin.example.com/act/r' },
        { action: 'escalate', title: 'Escalate', url: 'https://tocsin.example.com/act/e' },
      ],
    })
  })

  it('that need no answer take their time and have no buttons', async ({ expect }) => {
    expect(await webPush.send(NOTICE, await browser('unit-2'), SET_UP, LONG)).toEqual({ sent: true })
    const [message] = await taken('push-unit-2')
    expect(message).toMatchObject({ ttl: '86400', urgency: 'normal', topic: 'notice-a-b--' })
    expect(JSON.parse(message?.payload ?? '')).toMatchObject({ acts: [] })
  })

  it.for([
    ['gone', { permanent: true, fault: 'contact' }, '410'],
    ['foreign', { permanent: true }, '403'],
    ['busy', { permanent: false }, '429'],
    ['broken', { permanent: false }, '500'],
  ] as const)('are refused: %s', async ([name, what, status], { expect }) => {
    const result = await webPush.send(MESSAGE, await browser(`${name}-1`), SET_UP, LONG)
    expect(result).toEqual({ sent: false, ...what, reason: expect.stringContaining(status) })
  })

  it('stay small, whatever a tool wrote', ({ expect }) => {
    const url = `https://tocsin.example.com/${'x'.repeat(300)}`
    const links = { incident: url, accept: url, resolve: url, escalate: url }
    const json = payloadOf({ ...MESSAGE, title: '\u0000'.repeat(900), body: '\u0001'.repeat(900), links })
    expect(new TextEncoder().encode(json).byteLength).toBeLessThan(3000)
    expect(JSON.parse(json)).toMatchObject({ v: 1, acts: [{}, {}, {}] })
  })

  it('are signed by the same key for ever, and another deployment has another', async ({ expect }) => {
    const { publicKey } = await vapidKeys({ SECRET: 'a secret of the tests, long enough to be taken' })
    // All subscriptions of all deployments are lost where this changes.
    expect(publicKey).toBe('BPKu4Dr88a7gUZ2lS2AbJKudXrxTmjC_AAe7zHimP0WARDLGoyli0IaNdF4oWxEy3PBjqkB4RUyNCNCoIu2SIAA')
    expect((await vapidKeys({ SECRET: 'another secret of the tests, long enough' })).publicKey).not.toBe(publicKey)
  })

  it('say whom to write to', ({ expect }) => {
    const subject = (other: Partial<Env>) => vapidSubject({ ...env, SANDBOX: '0', PUBLIC_URL: '', ...other })
    expect(subject({ MAIL_FROM: 'Tocsin <t@example.com>' })).toBe('mailto:t@example.com')
    expect(subject({ MAIL_FROM: 't@example.com' })).toBe('mailto:t@example.com')
    expect(subject({ PUBLIC_URL: 'https://tocsin.example.com' })).toBe('https://tocsin.example.com')
    expect(subject({ PUBLIC_URL: 'http://localhost' })).toBeNull()
  })
})

describe('an address that a user gave us', () => {
  it.for([
    ['http://push.example.com/1', 'https'],
    ['https://127.0.0.1/1', 'public'],
    ['https://2130706433/1', 'public'],
    ['https://0x7f.1/1', 'public'],
    ['https://[::1]/1', 'public'],
    ['https://localhost/1', 'public'],
    ['https://localhost./1', 'public'],
    ['https://db.internal/1', 'public'],
    ['https://printer/1', 'public'],
    ['https://a:b@push.example.com/1', 'password'],
    ['push.example.com', 'whole'],
    [`https://push.example.com/${'x'.repeat(1000)}`, '1000'],
  ] as const)('%s is refused', async ([address, words], { expect }) => {
    expect(addressProblem(address, { SANDBOX: '0' })).toContain(words)
    // Also where it was saved before.
    const production = { ...SET_UP, SANDBOX: '0' }
    const result = await webPush.send(MESSAGE, { ...(await browser('never')), target: address }, production, LONG)
    expect(result).toMatchObject({ sent: false, permanent: true, reason: expect.stringContaining(words) })
  })

  it('is taken where it is public, and on a laptop anywhere', ({ expect }) => {
    expect(addressProblem('https://fcm.googleapis.com/fcm/send/x', { SANDBOX: '0' })).toBeNull()
    expect(addressProblem('http://127.0.0.1:1/x', { SANDBOX: '1' })).toBeNull()
    expect(addressProblem('file:///etc/passwd', { SANDBOX: '1' })).toContain('https')
  })
})

describe('ntfy', () => {
  const device = (topic: string, keys = {}): PushDevice => ({
    ...{ id: 2, kind: 'NTFY', target: `${inject('carriers')}/ntfy/${topic}`, keys },
  })

  it('gets the message with three buttons that act', async ({ expect }) => {
    expect(await ntfy.send({ ...MESSAGE, title: 'A\r\nX: y' }, device('unit'), SET_UP, LONG)).toEqual({ sent: true })
    const [message] = await taken('ntfy-unit')
    const body = JSON.parse(message?.body ?? '')
    expect(body).toMatchObject({
      topic: 'unit',
      title: 'A X: y',
      message: 'Disk full',
      priority: 5,
      click: MESSAGE.url,
    })
    expect(body.actions).toHaveLength(3)
    expect(body.actions[0]).toMatchObject({ action: 'http', method: 'POST', url: MESSAGE.links?.accept, clear: true })
    await ntfy.send(NOTICE, device('unit'), SET_UP, LONG)
    const [notice] = await taken('ntfy-unit')
    expect(JSON.parse(notice?.body ?? '')).toMatchObject({ priority: 3 })
    expect(notice?.body).not.toContain('actions')
  })

  it('writes to protected topics by a token', async ({ expect }) => {
    const token = await sealToken(SET_UP, 'tk_tests')
    expect(token).not.toContain('tk_tests')
    expect(await ntfy.send(MESSAGE, device('private', { token }), SET_UP, LONG)).toEqual({ sent: true })
    const without = await ntfy.send(MESSAGE, device('private'), SET_UP, LONG)
    expect(without).toMatchObject({ sent: false, permanent: true, reason: expect.stringContaining('access token') })
    const other = await ntfy.send(MESSAGE, device('private', { token: 'v1.AAAA.AAAA' }), SET_UP, LONG)
    expect(other).toMatchObject({ permanent: true, reason: expect.stringContaining('enter it again') })
  })

  it('may be busy', async ({ expect }) => {
    expect(await ntfy.send(MESSAGE, device('busy'), SET_UP, LONG)).toMatchObject({ sent: false, permanent: false })
  })

  it('knows topics by their address', ({ expect }) => {
    expect(topicOf('https://ntfy.sh/ops')).toEqual({ server: 'https://ntfy.sh/', name: 'ops' })
    expect(topicOf('https://x.example/ntfy/ops')).toEqual({ server: 'https://x.example/ntfy/', name: 'ops' })
    for (const no of ['https://ntfy.sh', 'https://ntfy.sh/', 'https://ntfy.sh/a b', 'https://ntfy.sh/a?b', 'ops'])
      expect(topicOf(no)).toBeNull()
  })
})

describe('Pushover', () => {
  const device = (start: string): PushDevice => ({
    ...{ id: 3, kind: 'PUSHOVER', target: start.padEnd(30, 'x'), keys: {} },
  })

  it('rings for an incident until it is acknowledged, which accepts it', async ({ expect }) => {
    expect(await pushover.send(MESSAGE, device('unit1'), SET_UP, LONG)).toEqual({ sent: true })
    expect(await taken(`pushover-${device('unit1').target}`)).toMatchObject([
      { priority: '2', retry: '60', expire: '3600', callback: MESSAGE.links?.accept, tags: 'incident-42-3' },
    ])
    await silence(SET_UP, [device('unit1')], 42)
    expect(await taken('pushover-cancelled-incident-42-3')).toHaveLength(1)
  })

  it('rings once for what can’t be answered, and not at all for the rest', async ({ expect }) => {
    await pushover.send({ ...MESSAGE, links: null }, device('unit2'), SET_UP, LONG)
    await pushover.send(NOTICE, device('unit2'), SET_UP, LONG)
    const [bundle, notice] = await taken(`pushover-${device('unit2').target}`)
    expect(bundle?.priority).toBe('1')
    expect(notice).toMatchObject({ ttl: '86400' })
    expect(notice).not.toHaveProperty('priority')
  })

  it.for([
    ['unknown', {}, { permanent: true, fault: 'contact' }, 'user key'],
    ['busy', {}, { permanent: false }, '429'],
    ['x', { PUSHOVER_TOKEN: 'other' }, { permanent: true }, 'PUSHOVER_TOKEN'],
  ] as const)('refuses %s', async ([user, other, what, words], { expect }) => {
    const result = await pushover.send(MESSAGE, device(user), { ...SET_UP, ...other }, LONG)
    expect(result).toEqual({ sent: false, ...what, reason: expect.stringContaining(words) })
  })

  it('is asked whether it knows a user', async ({ expect }) => {
    expect(await userKeyProblem(SET_UP, device('x').target)).toBeNull()
    expect(await userKeyProblem(SET_UP, device('unknown').target)).toContain('does not know')
    expect(
      await userKeyProblem({ ...SET_UP, PUSHOVER_API_URL: `${inject('carriers')}/nowhere` }, device('x').target),
    ).toBeNull()
  })
})
