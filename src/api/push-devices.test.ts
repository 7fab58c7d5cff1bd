import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, inject, it } from 'vitest'
import { loadPagerProfile } from '../directory/publish.ts'
import { LIMITS } from '../limits.ts'
import type { Device } from './schemas/push-device.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let ada: Client
beforeAll(async () => {
  ada = await deployment()
})
afterEach(() => {
  Object.assign(env, { SANDBOX: '1', PUSHOVER_TOKEN: '', PUSHOVER_API_URL: '' })
})

async function person(name: string) {
  const { id } = await ada.person(name)
  return { id, devices: `/users/${id}/devices` }
}

/** A browser that subscribed at the double. */
async function webPush(browser: string, name = 'Firefox on Android') {
  const keys = await (await fetch(`${inject('carriers')}/push-subscriptions/${browser}`)).json<object>()
  const endpoint = `${inject('carriers')}/push/${browser}`
  return { kind: 'WEB_PUSH', name, subscription: { endpoint, expirationTime: null, keys } }
}

const ntfy = (topic: string, other = {}) => ({
  ...{ kind: 'NTFY', name: 'Phone', url: `${inject('carriers')}/ntfy/${topic}`, ...other },
})

describe('devices', () => {
  it('live, reach the pager, and tell no keys', async ({ expect }) => {
    const { id, devices } = await person('Bea')
    const { publicKey } = await ada.get<{ publicKey: string }>('/push/public-key')
    expect(publicKey).toMatch(/^B[\w-]{86}$/)
    const browser = await webPush('api-bea')
    const created = await ada.post<Device>(devices, browser)
    const host = new URL(inject('carriers')).host
    const shown = { id: created.id, kind: 'WEB_PUSH', name: 'Firefox on Android', target: host, fault: null }
    expect(created).toEqual({ ...shown, createdAt: expect.any(String) })
    const topic = await ada.post<Device>(devices, ntfy('private-topic', { token: 'tk_tests' }))
    expect(topic).toMatchObject({ kind: 'NTFY', target: `${host}/pr…` })
    expect(await ada.get(devices)).toEqual([created, topic])

    const profile = await loadPagerProfile(env, id)
    expect(profile?.devices?.map(({ target }) => target)).toEqual([
      browser.subscription.endpoint,
      ntfy('private-topic').url,
    ])
    expect(JSON.stringify(profile)).not.toContain('tk_tests')

    await ada.delete(`${devices}/${topic.id}`)
    expect(await ada.refused('DELETE', `${devices}/${topic.id}`)).toMatchObject({ status: 404 })
    expect(await ada.refused('DELETE', `/users/1/devices/${created.id}`)).toMatchObject({ status: 404 })
    expect((await loadPagerProfile(env, id))?.devices).toHaveLength(1)
  })

  it('are renewed, not doubled, and go along with whoever uses the browser', async ({ expect }) => {
    const cleo = await person('Cleo')
    const dan = await person('Dan')
    const browser = await webPush('api-shared')
    const first = await ada.post<Device>(cleo.devices, browser)
    const again = await ada.post<Device>(cleo.devices, { ...browser, name: 'Renamed' })
    expect(again).toMatchObject({ id: first.id, name: 'Renamed' })

    const keysOfAnother = (await webPush('api-another')).subscription.keys
    const guessed = { ...browser, subscription: { ...browser.subscription, keys: keysOfAnother } }
    await ada.post(dan.devices, guessed)
    expect(await ada.get(cleo.devices)).toHaveLength(1)

    await ada.post(dan.devices, browser)
    expect(await ada.get(cleo.devices)).toEqual([])
    expect(await ada.get(dan.devices)).toHaveLength(1)
    expect((await loadPagerProfile(env, cleo.id))?.devices).toEqual([])
  })

  it('are limited, also when many are added at once', async ({ expect }) => {
    const { devices } = await person('Eve')
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => ada.raw('POST', devices, JSON.stringify(ntfy(`t${n}`)))),
    )
    const refused = answers.filter(({ status }) => status === 409)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(LIMITS.pushDevicesPerUser)
    expect(await refused[0]?.json()).toMatchObject({ code: 'LIMIT_EXCEEDED' })
    const [kept] = await ada.get<Device[]>(devices)
    // The one that is there may be renewed all the same.
    const renewed = Array.from({ length: 12 }, (_, n) => ada.raw('POST', devices, JSON.stringify(ntfy(`t${n}`))))
    expect((await Promise.all(renewed)).filter(({ status }) => status === 201)).toHaveLength(LIMITS.pushDevicesPerUser)
    expect((await ada.get<Device[]>(devices))[0]).toEqual(kept)
  })

  it('say which field is wrong', async ({ expect }) => {
    const { devices } = await person('Fay')
    env.SANDBOX = '0'
    const { subscription } = await webPush('api-wrong')
    const endpoint = 'https://push.example.com/1'
    const sub = (other: object) => ({
      kind: 'WEB_PUSH',
      name: 'x',
      subscription: { ...subscription, endpoint, ...other },
    })
    const wrong: [object, string][] = [
      [sub({ endpoint: 'https://10.0.0.1/x' }), 'subscription.endpoint'],
      [sub({ endpoint: 'http://push.example.com/x' }), 'subscription.endpoint'],
      [sub({ keys: { ...subscription.keys, p256dh: 'x' } }), 'subscription.keys.p256dh'],
      [sub({ keys: { ...subscription.keys, p256dh: `B${'A'.repeat(86)}` } }), 'subscription.keys.p256dh'],
      [sub({ keys: { ...subscription.keys, auth: 'short' } }), 'subscription.keys.auth'],
      [{ kind: 'NTFY', name: 'x', url: 'https://ntfy.sh' }, 'url'],
      [{ kind: 'NTFY', name: 'x', url: 'https://localhost/x' }, 'url'],
      [{ kind: 'NTFY', name: 'x', url: 'https://ntfy.sh/x', token: 'a\r\nb' }, 'token'],
      [{ kind: 'NTFY', name: ' ', url: 'https://ntfy.sh/x' }, 'name'],
      [{ kind: 'PUSHOVER', name: 'x', userKey: 'short' }, 'userKey'],
      [{ kind: 'PUSHOVER', name: 'x', userKey: 'u'.repeat(30) }, 'kind'],
      [{ kind: 'PAGER', name: 'x' }, 'kind'],
    ]
    for (const [body, field] of wrong)
      expect(await ada.refused('POST', devices, body), JSON.stringify(body)).toMatchObject({ status: 400, field })
    Object.assign(env, { PUSHOVER_TOKEN: 'token-of-the-tests', PUSHOVER_API_URL: inject('carriers') })
    const unknown = { kind: 'PUSHOVER', name: 'x', userKey: 'unknown'.padEnd(30, 'x') }
    expect(await ada.refused('POST', devices, unknown)).toMatchObject({ status: 400, field: 'userKey' })
    const known = await ada.post<Device>(devices, { ...unknown, userKey: 'u'.repeat(30) })
    expect(known.target).toBe('uuu…uu')
  })

  it('are their user’s own', async ({ expect }) => {
    const { id, devices } = await person('Gil')
    const gil = await clientOf(id)
    const { id: deviceId } = await gil.post<Device>(devices, ntfy('own'))
    const hal = await clientOf((await person('Hal')).id)
    for (const [method, path] of [
      ['GET', devices],
      ['POST', devices],
      ['DELETE', `${devices}/${deviceId}`],
      ['POST', `${devices}/${deviceId}/test`],
    ] as const)
      expect(await hal.refused(method, path, method === 'POST' ? ntfy('own') : undefined)).toMatchObject({
        status: 403,
      })
  })
})

describe('a test', () => {
  it('goes to this device alone, and says what came of it', async ({ expect }) => {
    const { devices } = await person('Ida')
    const { id } = await ada.post<Device>(devices, ntfy('tested'))
    await ada.post<Device>(devices, ntfy('not-tested'))
    expect(await ada.post(`${devices}/${id}/test`)).toEqual({ sent: true, message: 'ntfy took the test' })
    const taken = async (topic: string) => (await fetch(`${inject('carriers')}/taken/ntfy-${topic}`)).json<object[]>()
    expect(await taken('tested')).toHaveLength(1)
    expect(await taken('not-tested')).toEqual([])
  })

  it('shows what is wrong with a device, until it is mended', async ({ expect }) => {
    const { devices } = await person('Jo')
    const { id } = await ada.post<Device>(devices, ntfy('private-jo'))
    const failed = await ada.post<{ sent: boolean }>(`${devices}/${id}/test`)
    expect(failed).toMatchObject({ sent: false, message: expect.stringContaining('access token') })
    expect((await ada.get<Device[]>(devices))[0]?.fault).toContain('access token')
    await ada.post<Device>(devices, ntfy('private-jo', { token: 'tk_tests' }))
    expect((await ada.get<Device[]>(devices))[0]?.fault).toBeNull()
    expect(await ada.post(`${devices}/${id}/test`)).toMatchObject({ sent: true })
  })

  it('removes a browser that takes none any more', async ({ expect }) => {
    const { id: userId, devices } = await person('Kim')
    const { id } = await ada.post<Device>(devices, await webPush('gone-kim'))
    expect(await ada.post(`${devices}/${id}/test`)).toMatchObject({
      sent: false,
      message: expect.stringContaining('410'),
    })
    expect(await ada.get(devices)).toEqual([])
    expect((await loadPagerProfile(env, userId))?.devices).toEqual([])
  })
})
