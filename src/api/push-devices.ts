import * as z from 'zod'
import { recordAttempts } from '../directory/delivery-log.ts'
import { Refusal } from '../directory/refusal.ts'
import {
  createDevice,
  deleteDevice,
  findDevice,
  listDevices,
  type NewDevice,
  noteOutcomes,
  type StoredDevice,
} from '../directory/users/push-devices.ts'
import { findUser } from '../directory/users/users.ts'
import type { Env } from '../env.ts'
import { inform } from '../notifications/channels/index.ts'
import { sealToken, topicOf } from '../notifications/push/ntfy.ts'
import { addressProblem } from '../notifications/push/public-address.ts'
import { pushover, userKeyProblem } from '../notifications/push/pushover.ts'
import { vapidKeys } from '../notifications/push/vapid.ts'
import { webPush } from '../notifications/push/web-push.ts'
import { send } from '../notifications/send.ts'
import { publicUrl } from '../public-url.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import {
  type Device,
  type DeviceInput,
  device,
  deviceInput,
  deviceParams,
  deviceTestResult,
  pushPublicKey,
} from './schemas/push-device.ts'

const tags = ['Devices']
const path = '/users/{id}/devices'

/** Where a user's pushes go. */
export const pushDevices = router()

pushDevices.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/push/public-key', tags, summary: 'The key that browsers subscribe to pushes with' },
    responses: { 200: json(pushPublicKey, 'It stays the same as long as this deployment') },
  }),
  async (c) => {
    refuseWithoutWebPush(c.env)
    return c.json({ publicKey: (await vapidKeys(c.env)).publicKey }, 200)
  },
)

pushDevices.openapi(
  route('self', {
    ...{ method: 'get', path, tags, summary: "List a user's devices" },
    request: { params: idParam },
    responses: { 200: json(z.array(device), 'All of them') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json((await listDevices(c.env, id)).map(present), 200)
  },
)

pushDevices.openapi(
  route('self', {
    ...{ method: 'post', path, tags, summary: 'Add a device, or renew it' },
    request: { params: idParam, body: body(deviceInput) },
    responses: { 201: json(device, 'The device') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    const checked = await check(c.env, c.req.valid('json'))
    return c.json(present(await createDevice(c.env, id, checked)), 201)
  },
)

pushDevices.openapi(
  route('self', {
    ...{ method: 'delete', path: `${path}/{deviceId}`, tags, summary: 'Remove a device' },
    request: { params: deviceParams },
    responses: noContent,
  }),
  async (c) => {
    const { id, deviceId } = c.req.valid('param')
    await deleteDevice(c.env, id, deviceId)
    return c.body(null, 204)
  },
)

pushDevices.openapi(
  route('self', {
    ...{ method: 'post', path: `${path}/{deviceId}/test`, tags, summary: 'Send a test to this device alone' },
    request: { params: deviceParams },
    responses: { 200: json(deviceTestResult, 'What came of it') },
  }),
  async (c) => {
    const { id, deviceId } = c.req.valid('param')
    const user = await findUser(c.env, id)
    const { kind, name, target, keys } = await findDevice(c.env, id, deviceId)
    const message = inform(
      {
        ...{ id: `test-${crypto.randomUUID()}`, channel: 'PUSH', target: '' },
        devices: [{ id: deviceId, kind, target, keys }],
        user: { userId: id, name: user.firstName, language: 'en' },
        notice: {
          ...{ id: `test-${deviceId}`, title: 'Test from Tocsin', text: `Pushes reach ${name}.`, path: '/' },
          expiresAt: Date.now() + TEST_MS,
        },
      },
      `${publicUrl(c.env, c.req.raw)}/`,
    )
    const { delivery, attempts } = await send(message, c.env)
    // So that the device is seen to be well again, or goes where it is gone.
    await recordAttempts(c.env, [{ message, attempts }])
    await noteOutcomes(c.env, [{ attempts }])
    const sent = delivery.outcome === 'sent'
    return c.json({ sent, message: sent ? `${delivery.provider} took the test` : delivery.reason }, 200)
  },
)

const TEST_MS = 60_000

/** What is to be kept of it, once it is something that pushes can be sent to. */
async function check(env: Env, input: DeviceInput): Promise<NewDevice> {
  const { kind, name } = input
  switch (kind) {
    case 'WEB_PUSH': {
      refuseWithoutWebPush(env)
      const { endpoint, keys } = input.subscription
      refuseAddress(endpoint, 'subscription.endpoint', env)
      if (!(await isPoint(keys.p256dh)))
        throw new Refusal('BAD_REQUEST', 'The key p256dh is no public key', 'subscription.keys.p256dh')
      return { kind, name, target: endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }
    }
    case 'NTFY': {
      const { url, token } = input
      refuseAddress(url, 'url', env)
      if (!topicOf(url))
        throw new Refusal('BAD_REQUEST', 'The address must end in the topic’s name, as https://ntfy.sh/my-topic', 'url')
      return { kind, name, target: new URL(url).href, keys: token ? { token: await sealToken(env, token) } : {} }
    }
    case 'PUSHOVER': {
      if (!pushover.isConfigured(env))
        throw new Refusal('BAD_REQUEST', 'This deployment is not set up for Pushover: it needs PUSHOVER_TOKEN', 'kind')
      const problem = await userKeyProblem(env, input.userKey)
      if (problem) throw new Refusal('BAD_REQUEST', problem, 'userKey')
      return { kind, name, target: input.userKey, keys: {} }
    }
  }
}

function refuseWithoutWebPush(env: Env): void {
  if (!webPush.isConfigured(env))
    throw new Refusal('NOT_POSSIBLE', 'This deployment is not set up for pushes to browsers: set PUBLIC_URL')
}

function refuseAddress(address: string, field: string, env: Env): void {
  const problem = addressProblem(address, env)
  if (problem) throw new Refusal('BAD_REQUEST', `The address ${problem}`, field)
}

/** Whether something can be encrypted for it: a point of the curve P-256. */
async function isPoint(base64url: string): Promise<boolean> {
  try {
    const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
    const point = Uint8Array.from(text, (character) => character.charCodeAt(0))
    await crypto.subtle.importKey('raw', point, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
    return point[0] === 0x04
  } catch {
    return false
  }
}

function present({ id, kind, name, target, fault, createdAt }: StoredDevice): Device {
  return { ...{ id, kind, name, fault }, target: shown(kind, target), createdAt: createdAt.toISOString() }
}

/** Who knows an endpoint, a topic or a user key could send to it. */
function shown(kind: StoredDevice['kind'], target: string): string {
  if (kind === 'PUSHOVER') return `${target.slice(0, 3)}…${target.slice(-2)}`
  const { host } = new URL(target)
  return kind === 'NTFY' ? `${host}/${topicOf(target)?.name.slice(0, 2) ?? ''}…` : host
}
