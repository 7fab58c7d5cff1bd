import { log } from '../../src/log.ts'

/**
 * What must leave the object. Written in the transaction of the change that caused it, sent at once, deleted when the
 * receivers have confirmed; what was not confirmed is sent again, so receivers must not mind hearing a thing twice.
 *
 * All messages of one change are one row. Messages to one receiver keep their order: while an earlier one waits for
 * another try, later ones wait behind it.
 */
export class Outbox<Message> {
  readonly #sql: SqlStorage
  readonly #receiver: (message: Message) => string
  readonly #deliver: (message: Message) => Promise<void>
  #draining: Promise<void> | null = null
  #again = false

  constructor(
    sql: SqlStorage,
    options: { receiver: (message: Message) => string; deliver: (message: Message) => Promise<void> },
  ) {
    this.#sql = sql
    this.#receiver = options.receiver
    this.#deliver = options.deliver
  }

  /** To be called in the transaction of the change; then `drain` once it is over. */
  put(messages: Message[]): void {
    if (messages.length === 0) return
    const dueAt = Date.now() + LEASE_MS
    this.#sql.exec('INSERT INTO outbox (messages, due_at, attempts) VALUES (?, ?, 0)', JSON.stringify(messages), dueAt)
  }

  /** When something must be sent again; null when nothing waits. A process that dies while sending is covered by this. */
  nextDue(): number | null {
    return this.#sql.exec<{ due: number | null }>('SELECT MIN(due_at) AS due FROM outbox').one().due
  }

  /** Sends what waits. Calls join the run under way, which looks once more before it ends. Never throws. */
  drain(): Promise<void> {
    if (this.#draining) {
      this.#again = true
      return this.#draining
    }
    this.#draining = this.#run().finally(() => {
      this.#draining = null
    })
    return this.#draining
  }

  async #run(): Promise<void> {
    do {
      this.#again = false
      const blocked = new Set<string>()
      for (const row of this.#rows()) await this.#send(row, blocked)
    } while (this.#again)
  }

  async #send(row: Row, blocked: Set<string>): Promise<void> {
    const messages: Message[] = JSON.parse(row.messages)
    const waitsForRetry = row.attempts > 0 && row.due_at > Date.now()
    const left: Message[] = []
    await Promise.all(
      messages.map(async (message) => {
        const receiver = this.#receiver(message)
        if (waitsForRetry || blocked.has(receiver)) {
          left.push(message)
          return
        }
        try {
          await this.#deliver(message)
        } catch (error) {
          log.warn('could not deliver, will try again', { receiver, attempt: row.attempts + 1, error })
          left.push(message)
        }
      }),
    )
    for (const message of left) blocked.add(this.#receiver(message))
    if (left.length === 0) this.#sql.exec('DELETE FROM outbox WHERE id = ?', row.id)
    else if (!waitsForRetry) {
      const dueAt = Date.now() + Math.min(RETRY_MS * 2 ** row.attempts, MAX_RETRY_MS)
      const body = JSON.stringify(left)
      this.#sql.exec(
        'UPDATE outbox SET messages = ?, due_at = ?, attempts = attempts + 1 WHERE id = ?',
        body,
        dueAt,
        row.id,
      )
    }
  }

  #rows(): Row[] {
    return this.#sql.exec<Row>('SELECT id, messages, due_at, attempts FROM outbox ORDER BY id').toArray()
  }
}

/** The table that an object with an outbox creates in its migrations. */
export const OUTBOX_TABLE = `CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  messages TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL
)`

type Row = { id: number; messages: string; due_at: number; attempts: number }

/** How long a message may be under way before it is taken for lost. */
const LEASE_MS = 5_000
const RETRY_MS = 1_000
const MAX_RETRY_MS = 5 * 60_000
