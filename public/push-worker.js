/*
 * Takes the pushes of this deployment, also when no page of it is open: shows each, answers from its buttons, opens its
 * incident. It caches nothing and answers no requests of pages. Plain JavaScript, because it is served as it is; the
 * payload is what src/notifications/push/ sends.
 */

const LOOKS = { icon: '/icon-192.png', badge: '/badge-96.png' }
const ANSWER_TIMEOUT_MS = 20_000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => event.waitUntil(show(readPush(event.data))))

self.addEventListener('notificationclick', (event) => {
  const { notification, action } = event
  const act = notification.data?.acts?.find((one) => one.action === action)
  notification.close()
  event.waitUntil((act ? answer(notification, act) : open(notification.data?.url)).finally(countBadge))
})

self.addEventListener('notificationclose', (event) => event.waitUntil(countBadge()))

self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain(event)))

/** What a push says. Browsers take the permission from who shows nothing for a push, so one we can't read shows too. */
function readPush(data) {
  try {
    const push = data.json()
    if (push.v === 1 && typeof push.title === 'string') return push
  } catch {
    // Empty, or not JSON.
  }
  return { title: 'Tocsin', body: 'Something happened. Open Tocsin to see what.', url: '/', urgent: false, acts: [] }
}

async function show({ title, body, url, tag, urgent, timestamp, acts }) {
  const own = (Array.isArray(acts) ? acts : []).filter((act) => isOwn(act.url))
  await self.registration.showNotification(title, {
    ...LOOKS,
    body,
    // Sounds again where it replaces one. Only what has a tag can.
    ...(tag && { tag, renotify: true }),
    // Stays until somebody does something about it.
    requireInteraction: urgent === true,
    silent: false,
    vibrate: urgent ? [300, 100, 300, 100, 300] : [200],
    ...(Number.isFinite(timestamp) && { timestamp }),
    // Most browsers show the first two, iPhones none: a tap opens the incident, where all three are.
    actions: own.map(({ action, title }) => ({ action, title })),
    data: { url: isOwn(url) ? url : '/', acts: own },
  })
  await countBadge()
}

/** The link is signed and says whose answer it is: no session is needed. */
async function answer({ title, tag, data }, act) {
  const said = await post(act.url)
  if (said) {
    const { acts: _over, ...rest } = data
    return self.registration.showNotification(said, { ...LOOKS, tag, silent: true, data: { ...rest, acts: [] } })
  }
  // With its buttons, to try again, and aloud: it still waits.
  return self.registration.showNotification(`That did not work: ${title}`, {
    ...LOOKS,
    body: 'Your answer did not arrive. Try again, or tap to open Tocsin.',
    ...(tag && { tag, renotify: true }),
    requireInteraction: true,
    actions: data.acts.map(({ action, title }) => ({ action, title })),
    data,
  })
}

/** What the server says to an answer; null: it did not get there. */
async function post(url) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json' },
      credentials: 'omit',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    })
    return response.ok ? (await response.json()).answer : null
  } catch {
    return null
  }
}

/** Brings the window to the front that shows it already, or opens one. */
async function open(url) {
  const target = new URL(isOwn(url) ? url : '/', self.location.origin).href
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const shown = windows.find((one) => one.url === target)
  return shown ? shown.focus() : self.clients.openWindow(target)
}

/** On the app's icon: how many notifications still wait for an answer. */
async function countBadge() {
  const shown = await self.registration.getNotifications()
  const waiting = shown.filter(({ data }) => data?.acts?.length > 0).length
  // Not every browser has a badge, and none is worth failing for.
  await (waiting > 0 ? navigator.setAppBadge?.(waiting) : navigator.clearAppBadge?.())?.catch(() => {})
}

/**
 * The browser gave the subscription up. A new one is told to the server while somebody is signed in here; otherwise the
 * dashboard notices at the next visit, and gives the device its name again.
 */
async function subscribeAgain({ newSubscription }) {
  const { publicKey } = await (await fetch('/api/v1/push/public-key')).json()
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  const subscription = newSubscription ?? (await self.registration.pushManager.subscribe(options))
  const { id } = await (await fetch('/api/v1/users/current')).json()
  const { endpoint, keys } = subscription.toJSON()
  await fetch(`/api/v1/users/${id}/devices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'WEB_PUSH', name: 'A browser', subscription: { endpoint, keys } }),
  })
}

/** Whatever a push says, only this deployment is opened or told anything. */
function isOwn(url) {
  return URL.canParse(url, self.location.origin) && new URL(url, self.location.origin).origin === self.location.origin
}
