import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../../src/env.ts'
import { log } from '../../src/log.ts'

/**
 * A Durable Object with many due times and one alarm.
 *
 * The due times are wherever the object's data has them, and `nextDue` finds the earliest: there is no second copy that
 * could disagree. The alarm may ring too early (it is then set again), never too late.
 *
 * - An alarm in the past may be lost (workerd#6866), so it is set to the next millisecond at the earliest.
 * - A handler that throws is retried six times and then never again, so nothing is thrown from here.
 * - An alarm that should have rung a minute ago is taken for lost and set again by whatever touches the object.
 */
export abstract class TimedObject extends DurableObject<Env> {
  /** When the alarm rings; null: it is not set. */
  #armedAt: number | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.blockConcurrencyWhile(async () => {
      this.#armedAt = await ctx.storage.getAlarm()
    })
  }

  /** The earliest due time in the object's data, in milliseconds; null when nothing is due ever. */
  protected abstract nextDue(): number | null

  /** Does all that is due by `now`, and moves what failed to a later time. */
  protected abstract onDue(now: number): Promise<void>

  /** To be called in the transaction that changed a due time. */
  protected arm(): void {
    const due = this.nextDue()
    if (due === null) return
    const now = Date.now()
    const at = Math.max(due, now + 1)
    if (this.#armedAt !== null && this.#armedAt <= at && this.#armedAt > now - LOST_AFTER_MS) return
    this.#setAlarm(at)
  }

  override async alarm(): Promise<void> {
    this.#armedAt = null
    try {
      await this.onDue(Date.now())
      this.arm()
    } catch (error) {
      log.error('alarm failed', { object: this.constructor.name, name: this.ctx.id.name, error })
      this.#setAlarm(Date.now() + RETRY_AFTER_MS)
    }
  }

  /** The watchdog's and the tests' way to make sure that nothing overdue is left. */
  async poke(): Promise<void> {
    await this.alarm()
  }

  /** Deletes all that the object keeps, its alarm too. */
  protected async forgetEverything(): Promise<void> {
    this.#armedAt = null
    await this.ctx.storage.deleteAll()
  }

  #setAlarm(at: number): void {
    this.#armedAt = at
    // Not awaited: it joins the transaction of the writes around it, and the output gate waits for it.
    void this.ctx.storage.setAlarm(at)
  }
}

const LOST_AFTER_MS = 60_000
const RETRY_AFTER_MS = 5_000
