import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, inject } from 'vitest'
import type { Device } from '../../src/api/schemas/push-device.ts'
import type { WebPushPayload } from '../../src/notifications/push/web-push.ts'
import { settle, until } from './harness/settle.ts'
import { it, mail, push, type TestUser, type Tocsin } from './harness/tocsin.ts'

let tests = 0
let test = ''

beforeEach(() => {
  test = `system-${++tests}`
  Object.assign(env, { PUSHOVER_TOKEN: 'token-of-the-tests', PUSHOVER_API_URL: inject('carriers') })
})
afterEach(() => {
  Object.assign(env, { PUSHOVER_TOKEN: '', PUSHOVER_API_URL: '' })
})

/** The user's browser subscribes, and its push service carries what it gets. */
async function browser(tocsin: Tocsin, user: TestUser, name: string): Promise<Device> {
  const keys = await (await fetch(`${inject('carriers')}/push-subscriptions/${name}`)).json<object>()
  const subscription = { endpoint: `${inject('carriers')}/push/${name}`, keys }
  return tocsin.api.post(`/users/${user.id}/devices`, { kind: 'WEB_PUSH', name: 'Browser', subscription })
}

/** What a push service took for this account since the last look. */
async function taken(account: string): Promise<Record<string, string>[]> {
  await settle()
  return (await fetch(`${inject('carriers')}/taken/${account}`)).json()
}

async function shown(name: string): Promise<WebPushPayload[]> {
  return (await taken(`push-${name}`)).map(({ payload = '' }) => JSON.parse(payload))
}

/** A button of a push that was pressed: nobody is signed in. */
async function press(tocsin: Tocsin, url: string, body = '', type = 'application/json'): Promise<Response> {
  const headers = { Accept: 'application/json', 'Content-Type': type }
  const response = await tocsin.api.raw('POST', url, body ? { body, headers } : { headers })
  await settle()
  return response
}

const entered = (tocsin: Tocsin, incident: string, words: string) =>
  until(async () => (await tocsin.timeline(incident)).join('\n').includes(words), `the timeline says "${words}"`)

describe('a push to a browser', () => {
  it('is accepted by its button', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', push(), mail(3))
    await browser(tocsin, ann, test)
    const incident = await (await tocsin.source(await tocsin.policy([[ann]]))).alert('Disk full on db-1')
    const [message, ...more] = await shown(test)
    expect(more).toEqual([])
    expect(message).toMatchObject({ body: 'Disk full on db-1', urgent: true })
    expect(message?.url).toBe(`https://tocsin.example.com/incidents/${incident}`)
    const accept = message?.acts.find(({ action }) => action === 'accept')
    expect(await (await press(tocsin, accept?.url ?? '')).json()).toEqual({
      answer: `Accepted ${incident}: Disk full on db-1.`,
    })
    expect((await tocsin.incident(incident)).status).toBe('ACCEPTED')
    await entered(tocsin, incident, 'by push')
  })

  it('goes to all of them', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', push())
    await browser(tocsin, ann, `${test}-a`)
    await browser(tocsin, ann, `${test}-b`)
    const incident = await (await tocsin.source(await tocsin.policy([[ann]]))).alert('Disk full')
    for (const name of [`${test}-a`, `${test}-b`]) expect(await shown(name)).toMatchObject([{ body: 'Disk full' }])
    await tocsin.api.put(`/incidents/${incident}/resolve`)
  })

  it('that is gone has the next step go out at once, and is removed', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', push(), mail(30))
    await browser(tocsin, ann, `gone-${test}`)
    const incident = await (await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))).alert('Disk full')
    await ann.getsMail('Disk full')
    await entered(tocsin, incident, 'takes no pushes any more')
    await until(async () => (await tocsin.api.get<Device[]>(`/users/${ann.id}/devices`)).length === 0, 'it is removed')
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.api.put(`/incidents/${incident}/resolve`)
  })

  it('that fails is no harm where another takes it', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', push(), mail(30))
    await browser(tocsin, ann, test)
    await browser(tocsin, ann, `broken-${test}`)
    const incident = await (await tocsin.source(await tocsin.policy([[ann]]))).alert('Disk full')
    expect(await shown(test)).toHaveLength(1)
    const faults = async () => (await tocsin.api.get<Device[]>(`/users/${ann.id}/devices`)).map(({ fault }) => fault)
    await until(async () => (await faults())[1] !== null, 'its fault is shown')
    expect(await faults()).toEqual([null, expect.stringContaining('500')])
    await tocsin.api.put(`/incidents/${incident}/resolve`)
  })
})

describe('a push by ntfy', () => {
  it('is accepted by its button', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', push())
    const url = `${inject('carriers')}/ntfy/${test}`
    await tocsin.api.post(`/users/${ann.id}/devices`, { kind: 'NTFY', name: 'Phone', url })
    const incident = await (await tocsin.source(await tocsin.policy([[ann]]))).alert('Disk full')
    const [message] = await taken(`ntfy-${test}`)
    const { actions, priority } = JSON.parse(message?.body ?? '')
    expect(priority).toBe(5)
    expect((await press(tocsin, actions[0].url)).status).toBe(200)
    expect((await tocsin.incident(incident)).status).toBe('ACCEPTED')
    await entered(tocsin, incident, 'by push')
  })
})

describe('a push by Pushover', () => {
  it('is accepted when it is acknowledged there', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', push())
    const userKey = test.replaceAll('-', '').padEnd(30, 'x')
    const device = await tocsin.api.post<{ id: number }>(`/users/${ann.id}/devices`, {
      ...{ kind: 'PUSHOVER', name: 'Phone', userKey },
    })
    const incident = await (await tocsin.source(await tocsin.policy([[ann]]))).alert('Disk full')
    const [message] = await taken(`pushover-${userKey}`)
    expect(message).toMatchObject({ priority: '2', message: 'Disk full' })
    // https://pushover.net/api/receipts#callback
    const said = new URLSearchParams({ receipt: 'r'.repeat(30), acknowledged: '1', acknowledged_by: userKey })
    const called = await press(tocsin, message?.callback ?? '', said.toString(), 'application/x-www-form-urlencoded')
    expect(called.status).toBe(200)
    expect((await tocsin.incident(incident)).status).toBe('ACCEPTED')
    await entered(tocsin, incident, 'by push')
    // Other devices of hers may still ring for it.
    const tag = `incident-${(await tocsin.incident(incident)).id}-${device.id}`
    await until(async () => (await taken(`pushover-cancelled-${tag}`)).length === 1, 'Pushover is told to be silent')
  })
})

describe('the simulated phone', () => {
  it('shows pushes of who has no device', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', push())
    const incident = await (await tocsin.source(await tocsin.policy([[ann]]))).alert('Disk full')
    await (await ann.getsPush('Disk full')).tap('accept', 'Accepted')
    expect((await tocsin.incident(incident)).status).toBe('ACCEPTED')
  })
})
