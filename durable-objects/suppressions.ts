import type { Processed } from '../src/alert-sources/processing/model.ts'

/**
 * Events that a rule holds back until enough came, counted by rule and group. A row each, because a count that is lost with
 * the process would hold a problem back for ever.
 */
export class Suppressions {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Counts one event. Null: enough came, let it through, and the count begins anew; otherwise how many came. */
  count({ rule, events, windowMs }: NonNullable<Processed['suppress']>, groupKey: string, now: number): number | null {
    const name = `${rule}\n${groupKey}`
    this.#sql.exec('DELETE FROM suppression WHERE until <= ?', now)
    const [known] = this.#sql.exec<{ times: string }>('SELECT times FROM suppression WHERE name = ?', name)
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
}
