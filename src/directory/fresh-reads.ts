import type { Env } from '../env.ts'
import { log } from '../log.ts'

/** How long paging waits for D1 before it goes on with what it knows. */
const PATIENCE_MS = 2_000

/** How long a read waits for others to join it: a first page is waiting too. */
const GATHER_MS = 5

/**
 * What paging needs to know as D1 has it at this moment. In a storm many incidents ask the same at the same time, and one
 * read answers them all, also across objects. Nobody joins a read that has begun: it might not see a shift taken over, or a
 * maintenance window made, a moment ago.
 */
export class FreshReads<Asked, Value> {
  readonly #what: string
  readonly #read: (env: Env, asked: Asked) => Promise<Value>
  /** Reads that have not begun, by what they will read. */
  readonly #gathering = new Map<string, Promise<Value>>()

  /** @param what as the log names it */
  constructor(what: string, read: (env: Env, asked: Asked) => Promise<Value>) {
    this.#what = what
    this.#read = read
  }

  /** Never throws: null with D1 failing or slow. */
  async join(env: Env, asked: Asked): Promise<Value | null> {
    const key = String(asked)
    const read = this.#gathering.get(key) ?? this.#gather(env, asked)
    const value = await this.#inTime(read, asked)
    // A read of an object that died while it gathered would never begin, and everybody after it would wait in vain.
    if (value === null && this.#gathering.get(key) === read) this.#gathering.delete(key)
    return value
  }

  /** The same for somebody who only looks. A request that is given up takes its read along, so nobody else waits for this one. */
  alone(env: Env, asked: Asked): Promise<Value | null> {
    return this.#inTime(this.#read(env, asked), asked)
  }

  #gather(env: Env, asked: Asked): Promise<Value> {
    const read = this.#begin(env, asked)
    this.#gathering.set(String(asked), read)
    return read
  }

  async #begin(env: Env, asked: Asked): Promise<Value> {
    await scheduler.wait(GATHER_MS)
    this.#gathering.delete(String(asked))
    return this.#read(env, asked)
  }

  /** Null: D1 failed or was too slow. */
  async #inTime(read: Promise<Value>, asked: Asked): Promise<Value | null> {
    let patience: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      patience = setTimeout(() => reject(new Error(`D1 did not answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
    })
    try {
      return await Promise.race([read, late])
    } catch (error) {
      log.warn(`${this.#what} not read, going on with what was known last`, { asked, error })
      return null
    } finally {
      clearTimeout(patience)
    }
  }
}
