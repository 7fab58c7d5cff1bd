import { log } from '../src/log.ts'
import { type DutyNews, type DutyWatch, follow, look } from '../src/notifications/duties.ts'
import type { Duties } from '../src/notifications/model.ts'

const KEY = 'duties'
const RETRY_MS = 60 * 60_000

/** How far a Pager has looked at its user's shifts. What comes of it must be kept in the same transaction. */
export class PagerDuties {
  readonly #storage: DurableObjectStorage
  #watch: DutyWatch | null | undefined

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  /** Asked for with every change of a page, so it is no more than a number that was worked out before. */
  nextDue(): number | null {
    return this.#known?.lookAt ?? null
  }

  /** What is to be told now. */
  look(duties: Duties, userId: number, now: number): DutyNews[] {
    const watch = this.#known
    return watch ? this.#keep(now, () => look(watch, duties, userId, now)) : []
  }

  /** What is to be told now that these are the user's shifts and preferences. */
  follow(before: Duties | undefined, after: Duties | undefined, userId: number, now: number): DutyNews[] {
    return this.#keep(now, () => follow(this.#known, before, after, userId, now))
  }

  forget(): void {
    this.#watch = null
  }

  /** A schedule that can't be read must not keep anybody from being paged. */
  #keep(now: number, work: () => { watch: DutyWatch | null; news: DutyNews[] }): DutyNews[] {
    try {
      const { watch, news } = work()
      this.#write(watch)
      return news
    } catch (error) {
      log.error('shifts not looked at, will try again', { error })
      if (this.#known) this.#write({ ...this.#known, lookAt: now + RETRY_MS })
      return []
    }
  }

  #write(watch: DutyWatch | null): void {
    if (!watch) return
    this.#watch = watch
    this.#storage.kv.put(KEY, watch)
  }

  get #known(): DutyWatch | null {
    if (this.#watch === undefined) this.#watch = this.#storage.kv.get<DutyWatch>(KEY) ?? null
    return this.#watch
  }
}
