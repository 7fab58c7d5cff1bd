import type { Processed } from '../src/alert-sources/processing/model.ts'

/** Rows above which nothing more is held back: an endless stream of new keys must not fill the object. */
const ROWS_KEPT = 10_000
const TIDY_EVERY_MS = 60_000

/**
 * Events that a rule holds back until enough came, counted by rule and group. A row each, because a count that is lost with
 * the process would hold a problem back for ever.
 */
export class Suppressions {
  readonly #sql: SqlStorage
  #tidiedAt = 0
  #full = false

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Counts one event. Null: enough came, let it through, and the count begins anew; otherwise how many came. */
  count({ rule, events, windowMs }: NonNullable<Processed['suppress']>, groupKey: string, now: number): number | null {
    this.#tidy(now)
    const name = `${rule}\n${groupKey}`
    const [known] = this.#sql.exec<{ times: string }>('SELECT times FROM suppression WHERE name = ?', name)
    if (!known && this.#full) return null
    const times = (known ? (JSON.parse(known.times) as number[]) : []).filter((at) => at > now - windowMs)
    times.push(now)
    if (times.length >= events) {
      this.#sql.exec('DELETE FROM suppression WHERE name = ?', name)
      return null
    }
    this.#sql.exec(
      'INSERT OR REPLACE INTO suppression (name, until, times) VALUES (?, ?, ?)',
      ...[name, now + windowMs, JSON.stringify(times)],
    )
    return times.length
  }

  /** Now and then, because it looks at every row. */
  #tidy(now: number): void {
    if (Math.abs(now - this.#tidiedAt) < TIDY_EVERY_MS) return
    this.#tidiedAt = now
    this.#sql.exec('DELETE FROM suppression WHERE until <= ?', now)
    this.#full = this.#sql.exec<{ rows: number }>('SELECT COUNT(*) AS rows FROM suppression').one().rows >= ROWS_KEPT
  }
}
