import type { QueryClient } from '@tanstack/react-query'
import { addDevice, devicesQuery, pushPublicKey, removeDevice } from '../data/devices.ts'
import { deviceName, isApplePhone } from './device-name.ts'
import { type Remembered, remember, remembered } from './remembered.ts'

/** Why this browser can't be turned on, or whether it is. */
export type PushState = 'unsupported' | 'not-installed' | 'denied' | 'off' | 'on'

/** @param devices of the user, by id: what the server knows */
export async function pushState(userId: number, devices: readonly { id: number }[]): Promise<PushState> {
  // A tab of an iPhone has no push at all; the app on its home screen has.
  if (!isSupported())
    return isApplePhone(navigator.userAgent, navigator.maxTouchPoints) ? 'not-installed' : 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  const known = remembered()
  const isKnown = known?.userId === userId && devices.some(({ id }) => id === known.deviceId)
  return isKnown && (await subscriptionHere()) ? 'on' : 'off'
}

/** Asks for permission, so only on a click. Throws with words for people when it was not given. */
export async function turnOn(userId: number): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') {
    throw new Error('The browser was not allowed to show notifications, so nothing was turned on.')
  }
  await register(userId, null)
}

export async function turnOff(): Promise<void> {
  const known = remembered()
  remember(null)
  // Either is enough: the server deletes by itself what a push service calls gone.
  const [unsubscribed] = await Promise.allSettled([
    subscriptionHere().then((subscription) => subscription?.unsubscribe()),
    known && removeDevice(known.userId, known.deviceId),
  ])
  if (unsubscribed.status === 'rejected') throw unsubscribed.reason
}

/**
 * At each visit: what the browser, the push service or a new key of the deployment made invalid is renewed without a word.
 * A subscription of somebody else who used this browser is given up.
 */
export function keepFresh(queryClient: QueryClient, userId: number): Promise<void> {
  // One at a time: two would make two devices of it.
  freshening ??= renew(queryClient, userId).finally(() => {
    freshening = null
  })
  return freshening
}

let freshening: Promise<void> | null = null

async function renew(queryClient: QueryClient, userId: number): Promise<void> {
  const known = remembered()
  if (!known || !isSupported()) return
  const subscription = await subscriptionHere()
  if (known.userId !== userId) {
    remember(null)
    await subscription?.unsubscribe()
    return
  }
  if (Notification.permission !== 'granted') return
  const [devices, publicKey] = await Promise.all([queryClient.fetchQuery(devicesQuery(userId)), pushPublicKey()])
  const isFresh =
    subscription?.endpoint === known.endpoint &&
    isFor(subscription, publicKey) &&
    devices.some(({ id }) => id === known.deviceId)
  if (isFresh) return
  await register(userId, devices.some(({ id }) => id === known.deviceId) ? known : null)
  await queryClient.invalidateQueries({ queryKey: devicesQuery(userId).queryKey })
}

/** @param replaced the device that this browser was before */
async function register(userId: number, replaced: Remembered | null): Promise<void> {
  const publicKey = await pushPublicKey()
  const subscription = await subscribe(publicKey)
  const { endpoint = '', keys = {} } = subscription.toJSON()
  const device = await addDevice(userId, {
    kind: 'WEB_PUSH',
    name: deviceName(navigator.userAgent, navigator.maxTouchPoints),
    subscription: { endpoint, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' } },
  })
  remember({ userId, deviceId: device.id, endpoint })
  // Only now: better a push twice than none.
  if (replaced && replaced.deviceId !== device.id) await removeDevice(userId, replaced.deviceId)
}

async function subscribe(publicKey: string): Promise<PushSubscription> {
  await navigator.serviceWorker.register('/push-worker.js')
  const { pushManager } = await navigator.serviceWorker.ready
  const existing = await pushManager.getSubscription()
  if (existing && isFor(existing, publicKey)) return existing
  // A browser refuses a second one with another key.
  await existing?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  if (!isSupported()) return null
  const registration = await navigator.serviceWorker.getRegistration('/push-worker.js')
  return (await registration?.pushManager.getSubscription()) ?? null
}

function isSupported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

/** Whether a deployment with this key may send to it. A browser that does not tell is believed. */
function isFor({ options }: PushSubscription, publicKey: string): boolean {
  const key = options?.applicationServerKey
  if (!key) return true
  return base64url(key) === publicKey.replace(/=+$/, '')
}

function base64url(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
