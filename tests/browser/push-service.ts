import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { startDouble } from '../doubles/double.ts'

export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** A push service with one subscription of a browser, whose keys read what it takes. */
export class PushService {
  readonly subscription: Subscription
  readonly stop: () => void
  readonly #taken: string
  readonly #payloads: string[] = []

  private constructor(subscription: Subscription, taken: string, stop: () => void) {
    this.subscription = subscription
    this.#taken = taken
    this.stop = stop
  }

  static async start(): Promise<PushService> {
    const { url, stop } = await startDouble()
    const browser = randomUUID()
    const keys = await (await fetch(`${url}/push-subscriptions/${browser}`)).json()
    return new PushService({ endpoint: `${url}/push/${browser}`, keys }, `${url}/taken/push-${browser}`, stop)
  }

  /** The payload that says this, once it has come. */
  gets(text: string): Promise<string> {
    return vi.waitFor(
      async () => {
        const taken = (await (await fetch(this.#taken)).json()) as { payload: string }[]
        this.#payloads.push(...taken.map(({ payload }) => payload))
        const found = this.#payloads.find((payload) => payload.includes(text))
        if (found === undefined) throw new Error(`No push says ${text}: ${this.#payloads.join('\n')}`)
        return found
      },
      { timeout: 20_000 },
    )
  }
}
