import type { Opening } from '../src/incidents/model.ts'
import { log } from '../src/log.ts'
import type { AlertSourceStore } from './alert-source-store.ts'

/** Openings under way at once. A storm is answered at the speed of one row each; what is slow runs behind, here. */
const AT_ONCE = 16
/** When to look again at what is waiting or under way, should the process die meanwhile. */
const LEASE_MS = 2_000
const RETRY_MS = 2_000
const MAX_RETRY_MS = 60_000

interface Pause {
  failures: number
  until: number
}

/**
 * Turns promised incidents into open ones, in their order, a bounded number at a time, each until it has confirmed. One
 * that fails pauses alone: others go on.
 *
 * The promises are rows of the store; here is only which of them are waiting, under way or pausing.
 */
export class Openings {
  readonly #store: AlertSourceStore
  readonly #openIncident: (opening: Opening) => Promise<void>
  readonly #waiting: number[]
  readonly #underWay = new Map<number, Promise<void>>()
  readonly #pausing = new Map<number, Pause>()
  #hands = 0

  constructor(store: AlertSourceStore, openIncident: (opening: Opening) => Promise<void>) {
    this.#store = store
    this.#openIncident = openIncident
    // What an earlier life of this object left behind.
    this.#waiting = store.unconfirmed()
  }

  add(number: number): void {
    this.#waiting.push(number)
  }

  /** Whether every promise has been kept. */
  get done(): boolean {
    return this.#waiting.length + this.#underWay.size + this.#pausing.size === 0
  }

  /** When to look after what is not confirmed. */
  nextDue(): number | null {
    const pauses = [...this.#pausing.values()].map(({ until }) => until)
    const looks = this.#waiting.length + this.#underWay.size > 0 ? [Date.now() + LEASE_MS] : []
    const due = [...pauses, ...looks]
    return due.length > 0 ? Math.min(...due) : null
  }

  /** Opens what waits, and what has paused long enough. Never throws. */
  async run(): Promise<void> {
    const now = Date.now()
    const rested = [...this.#pausing].filter(([, { until }]) => until <= now).map(([number]) => number)
    this.#waiting.unshift(...rested.filter((number) => !this.#waiting.includes(number)))
    await Promise.all(Array.from({ length: Math.min(AT_ONCE - this.#hands, this.#waiting.length) }, () => this.#work()))
  }

  async #work(): Promise<void> {
    this.#hands++
    try {
      for (;;) {
        const number = this.#waiting.shift()
        if (number === undefined) return
        await this.open(number).catch(() => undefined)
      }
    } finally {
      this.#hands--
    }
  }

  /** Opens one now, whoever is before it. At once when it is confirmed already. Throws when it can't be opened yet. */
  async open(number: number): Promise<void> {
    const running = this.#underWay.get(number)
    if (running) return running
    const opening = this.#store.opening(number)
    if (!opening) return
    const promise = this.#confirm(number, opening).finally(() => this.#underWay.delete(number))
    this.#underWay.set(number, promise)
    return promise
  }

  async #confirm(number: number, opening: Opening): Promise<void> {
    try {
      await this.#openIncident(opening)
      this.#store.confirmOpened(number)
      this.#pausing.delete(number)
    } catch (error) {
      const failures = (this.#pausing.get(number)?.failures ?? 0) + 1
      this.#pausing.set(number, { failures, until: Date.now() + Math.min(RETRY_MS * 2 ** failures, MAX_RETRY_MS) })
      log.error('incident not opened yet, will try again', { incident: opening.reference, failures, error })
      throw error
    }
  }
}
