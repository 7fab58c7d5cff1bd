import { DurableObject } from 'cloudflare:workers'
import { type Cap, giveBack, noSpending, type Reached, type Spending, spend } from '../src/notifications/budget.ts'

/** What is counted is written at most this seldom: a storm must not cost a row for each of its texts. */
const WRITTEN_EVERY = 10
const WRITTEN_AFTER_MS = 10_000

/**
 * Counts the texts and calls of the whole deployment. Named `deployment`. It counts in memory; when it is evicted in the
 * seconds after a write, the few messages since then are forgotten. The rule is in `src/notifications/budget.ts`.
 */
export class MessageBudget extends DurableObject {
  #spending: Spending | null = null
  #unwritten = 0
  #writtenAt = 0

  /** Counts one message. Not null: it must not go out. */
  spend(userId: number, caps: Cap[]): Reached | null {
    const now = Date.now()
    const { spending, reached } = spend(this.#current(now), caps, userId, now)
    if (!reached || reached.first) this.#keep(spending, now, reached !== null)
    return reached
  }

  /** One that was counted did not go out. */
  giveBack(userId: number, caps: Cap[]): void {
    const now = Date.now()
    this.#keep(giveBack(this.#current(now), caps, userId, now), now, false)
  }

  #current(now: number): Spending {
    this.#spending ??= this.ctx.storage.kv.get<Spending>('spending') ?? noSpending(now)
    return this.#spending
  }

  #keep(spending: Spending, now: number, atOnce: boolean): void {
    this.#spending = spending
    this.#unwritten++
    if (!atOnce && this.#unwritten < WRITTEN_EVERY && now - this.#writtenAt < WRITTEN_AFTER_MS) return
    this.ctx.storage.kv.put('spending', spending)
    this.#unwritten = 0
    this.#writtenAt = now
  }
}
