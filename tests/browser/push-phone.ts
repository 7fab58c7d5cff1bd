import type { BrowserContext, CDPSession, Worker } from 'playwright-core'

interface Shown {
  title: string
  body?: string
  tag?: string
  silent: boolean
  requireInteraction?: boolean
  actions: { action: string; title: string }[]
}

/**
 * A browser with the real worker of the dashboard, to which pushes are delivered as a push service would. The browser that
 * npm brings refuses every notification, has no screen for them, and ends a worker that counts on the app's icon: both are
 * kept here instead, by the rules of the Notifications API.
 */
export class PushPhone {
  readonly #origin: string
  readonly #devtools: CDPSession
  readonly #worker: Worker
  readonly #registrationId: string

  private constructor(origin: string, devtools: CDPSession, worker: Worker, registrationId: string) {
    this.#origin = origin
    this.#devtools = devtools
    this.#worker = worker
    this.#registrationId = registrationId
  }

  static async open(context: BrowserContext, origin: string): Promise<PushPhone> {
    const page = await context.newPage()
    await page.goto(`${origin}/incidents`)
    const devtools = await context.newCDPSession(page)
    const registered = new Promise<string>((resolve) => {
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin))
        if (own) resolve(own.registrationId)
      })
    })
    await devtools.send('ServiceWorker.enable')
    const started = context.waitForEvent('serviceworker')
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/push-worker.js')
      await navigator.serviceWorker.ready
    })
    const worker = await started
    await worker.evaluate(keepNotifications)
    return new PushPhone(origin, devtools, worker, await registered)
  }

  /** Answers when the worker has shown something for it, and counted. */
  async deliver(data: string): Promise<void> {
    const counted = this.#worker.evaluate(() => (globalThis as unknown as Screen).nextCounted())
    const { origin, registrationId } = { origin: this.#origin, registrationId: this.#registrationId }
    await this.#devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
    await counted
  }

  /** The number on the app's icon. */
  badge(): Promise<number> {
    return this.#worker.evaluate(() => (globalThis as unknown as Screen).badge)
  }

  shown(): Promise<Shown[]> {
    return this.#worker.evaluate(async () => {
      const list = await (globalThis as unknown as Screen).registration.getNotifications()
      return list.map(({ title, body, tag, silent, requireInteraction, actions }) => ({
        ...{ title, body, tag, silent, requireInteraction, actions },
      }))
    })
  }

  /**
   * Presses a button of the notification, which no protocol can: the worker gets the event that the browser would send. Only
   * the browser's own events can be waited for, so this one brings its own way to.
   */
  async click(action: string): Promise<void> {
    await this.#worker.evaluate(async (action) => {
      const [notification] = await (globalThis as unknown as Screen).registration.getNotifications()
      const work: Promise<unknown>[] = []
      const waitUntil = (promise: Promise<unknown>) => work.push(promise)
      globalThis.dispatchEvent(Object.assign(new Event('notificationclick'), { notification, action, waitUntil }))
      await Promise.all(work)
    }, action)
  }
}

/** What `keepNotifications` makes of the worker. */
interface Screen {
  registration: { getNotifications: () => Promise<Shown[]>; showNotification: unknown }
  badge: number
  nextCounted: () => Promise<void>
}

/** Runs in the worker. */
function keepNotifications() {
  const screen = globalThis as unknown as Screen
  let shown: (Shown & { close: () => void })[] = []
  screen.registration.getNotifications = async () => [...shown]
  screen.registration.showNotification = async (
    title: string,
    options: Omit<Shown, 'title' | 'actions'> & { actions?: Shown['actions']; renotify?: true; vibrate?: number[] },
  ) => {
    if (options.renotify && !options.tag) throw new TypeError('renotify needs a tag')
    if (options.silent && options.vibrate) throw new TypeError('silent notifications do not vibrate')
    const notification = {
      ...options,
      title,
      actions: options.actions ?? [],
      close: () => {
        shown = shown.filter((one) => one !== notification)
      },
    }
    shown = [...shown.filter(({ tag }) => !tag || tag !== options.tag), notification]
  }

  let counted = () => {}
  screen.nextCounted = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    counted = resolve
    return promise
  }
  const setAppBadge = async (count: number) => {
    screen.badge = count
    counted()
  }
  Object.assign(navigator, { setAppBadge, clearAppBadge: () => setAppBadge(0) })
}
