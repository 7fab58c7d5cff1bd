import { log } from '../../src/log.ts'

/**
 * What must leave the object. Written in the transaction of the change that caused it, sent at once, deleted when the
 * receivers have confirmed; what was not confirmed is sent again, so receivers must not mind hearing a thing twice.
 *
 * The messages of one change are one row. Messages to one receiver keep their order: while an earlier one waits for
 * another try, later ones wait behind it. Receivers do not wait for each other.
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
    const dueAt = Date.now() + LEASE_MS
    for (let from = 0; from < messages.length; from += MESSAGES_PER_ROW) {
      const body = JSON.stringify(messages.slice(from, from + MESSAGES_PER_ROW))
      this.#sql.exec('INSERT INTO outbox (messages, due_at, attempts) VALUES (?, ?, 0)', body, dueAt)
    }
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
      const waiting = this.#waiting()
      const chains = Map.groupBy(
        waiting.flatMap(({ letters }) => letters),
        ({ receiver }) => receiver,
      )
      await Promise.all([...chains.values()].map((letters) => this.#sendInOrder(letters)))
      for (const row of waiting) this.#settle(row)
    } while (this.#again)
  }

  /** One receiver's messages, one after the other, until one fails or is not due for another try yet. */
  async #sendInOrder(letters: Letter<Message>[]): Promise<void> {
    for (const letter of letters) {
      if (letter.retryAt > Date.now()) return
      try {
        await withDeadline(this.#deliver(letter.message))
        letter.state = 'confirmed'
      } catch (error) {
        letter.state = 'failed'
        log.warn('could not deliver, will try again', { receiver: letter.receiver, attempt: letter.attempt, error })
        return
      }
    }
  }

  /** Keeps of a row what was not confirmed. What only stood behind another's failure has not failed itself. */
  #settle({ id, attempts, letters }: Row<Message>): void {
    const left = letters.filter(({ state }) => state !== 'confirmed')
    if (left.length === 0) {
      this.#sql.exec('DELETE FROM outbox WHERE id = ?', id)
      return
    }
    const failed = left.some(({ state }) => state === 'failed')
    if (!failed && left.length === letters.length && attempts > 0) return
    const tries = failed ? attempts + 1 : Math.max(attempts, 1)
    const dueAt = Date.now() + Math.min(RETRY_MS * 2 ** (tries - 1), MAX_RETRY_MS)
    const messages = JSON.stringify(left.map(({ message }) => message))
    this.#sql.exec('UPDATE outbox SET messages = ?, due_at = ?, attempts = ? WHERE id = ?', messages, dueAt, tries, id)
  }

  #waiting(): Row<Message>[] {
    const rows = this.#sql.exec<{ id: number; messages: string; due_at: number; attempts: number }>(
      'SELECT id, messages, due_at, attempts FROM outbox ORDER BY id',
    )
    return rows.toArray().map(({ id, messages, due_at, attempts }) => ({
      id,
      attempts,
      letters: (JSON.parse(messages) as Message[]).map((message) => ({
        message,
        receiver: this.#receiver(message),
        attempt: attempts + 1,
        // What was never tried goes out now; its due time is for a process that dies before that.
        retryAt: attempts > 0 ? due_at : 0,
        state: 'waiting' as const,
      })),
    }))
  }
}

/** The table that an object with an outbox creates in its migrations. */
export const OUTBOX_TABLE = `CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  messages TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL
)`

interface Letter<Message> {
  message: Message
  receiver: string
  attempt: number
  retryAt: number
  state: 'waiting' | 'confirmed' | 'failed'
}

interface Row<Message> {
  id: number
  attempts: number
  letters: Letter<Message>[]
}

/** A row may hold 2 MB (https://developers.cloudflare.com/durable-objects/platform/limits/). */
const MESSAGES_PER_ROW = 50
/** How long a message may be under way before it is taken for lost. */
const LEASE_MS = 5_000
const RETRY_MS = 1_000
const MAX_RETRY_MS = 5 * 60_000
/** A receiver that does not answer must not hold up what is written meanwhile for others. */
const DEADLINE_MS = 10_000

async function withDeadline(delivery: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS / 1000} s`)), DEADLINE_MS)
  })
  try {
    await Promise.race([delivery, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
