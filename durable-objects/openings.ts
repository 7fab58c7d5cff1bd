import type { Opening } from '../src/incidents/model.ts'
import { log } from '../src/log.ts'
import type { AlertSourceStore } from './alert-source-store.ts'

/** Openings under way at once. A storm is answered at the speed of one row each; what is slow runs behind, here. */
const AT_ONCE = 16
const RETRY_MS = 2_000
const MAX_RETRY_MS = 60_000

/**
 * Turns promised incidents into open ones, in their order, a bounded number at a time, each until it has confirmed.
 *
 * The promises are rows of the store; here is only which of them are waiting and which are under way.
 */
export class Openings {
  readonly #store: AlertSourceStore
  readonly #openIncident: (opening: Opening) => Promise<void>
  #waiting: number[]
  readonly #underWay = new Map<number, Promise<void>>()
  #hands = 0
  #failures = 0
  #retryAt: number | null = null

  constructor(store: AlertSourceStore, openIncident: (opening: Opening) => Promise<void>) {
    this.#store = store
    this.#openIncident = openIncident
    // What an earlier life of this object left behind.
    this.#waiting = store.unconfirmed()
  }

  add(number: number): void {
    this.#waiting.push(number)
  }

  /** When to look after what is not confirmed; a process that dies before that is covered too. */
  nextDue(): number | null {
    if (this.#retryAt !== null) return this.#retryAt
    return this.#waiting.length + this.#underWay.size > 0 ? Date.now() + RETRY_MS : null
  }

  /** Opens what waits, until nothing does or one fails. */
  async run(): Promise<void> {
    const hands = Array.from({ length: Math.min(AT_ONCE - this.#hands, this.#waiting.length) }, () => this.#work())
    await Promise.all(hands)
  }

  async #work(): Promise<void> {
    this.#hands++
    for (;;) {
      const number = this.#retryAt === null ? this.#waiting.shift() : undefined
      if (number === undefined) break
      await this.open(number).catch(() => this.#waiting.unshift(number))
    }
    this.#hands--
  }

  /** After a failure and its pause, or a restart. */
  async resume(): Promise<void> {
    this.#retryAt = null
    await this.run()
  }

  /** Opens one now, whoever is before it. At once when it is confirmed already. */
  open(number: number): Promise<void> {
    const running = this.#underWay.get(number)
    if (running) return running
    const opening = this.#store.opening(number)
    if (!opening) return Promise.resolve()
    const promise = this.#confirm(number, opening).finally(() => this.#underWay.delete(number))
    this.#underWay.set(number, promise)
    return promise
  }

  async #confirm(number: number, opening: Opening): Promise<void> {
    try {
      await this.#openIncident(opening)
    } catch (error) {
      this.#failures++
      this.#retryAt = Date.now() + Math.min(RETRY_MS * 2 ** this.#failures, MAX_RETRY_MS)
      log.error('incident not opened yet, will try again', { incident: opening.reference, error })
      throw error
    }
    this.#failures = 0
    this.#store.confirmOpened(number)
  }
}
