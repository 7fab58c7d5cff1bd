import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

/**
 * Counts the rows that the product really writes, which is what the platform bills most: of SQL as SQLite counted them
 * (an index's entries are rows too), one for each key-value pair and each alarm set, and of D1 what it says itself.
 */
export class WrittenRows {
  #writes: Write[] = []
  readonly #restore: (() => void)[] = []

  static async watch(): Promise<WrittenRows> {
    const rows = new WrittenRows()
    const probe = env.LIVE_FEED.getByName('probe') as DurableObjectStub
    await runInDurableObject(probe, (_, { storage }) => rows.#watchObjects(storage))
    rows.#watchDatabase()
    return rows
  }

  /** Rows by who wrote them, since the last time. Without the simulated carrier's: nobody deploys it. */
  async take(): Promise<Record<string, number>> {
    const writes = this.#writes
    this.#writes = []
    const owners = await ownersOfStorages()
    const rows: Record<string, number> = {}
    for (const { storage, count } of writes) {
      const owner = storage === null ? 'D1' : owners.get(storage)
      if (owner === undefined) throw new Error('Something was written by an object that is not watched')
      if (owner !== 'SANDBOX_CARRIER') rows[owner] = (rows[owner] ?? 0) + count()
    }
    return rows
  }

  stop(): void {
    for (const restore of this.#restore.splice(0)) restore()
  }

  /** All objects of this isolate have the same prototypes, so whoever's storage this is, everybody's is watched. */
  #watchObjects(storage: DurableObjectStorage): void {
    const { sql, kv } = storage
    const rows = this
    this.#replace(
      sql,
      'exec',
      (exec) =>
        function (this: object, query: unknown, ...binds: unknown[]) {
          // A cursor tells only of the last statement. Scripts with several are migrations, with no other semicolons.
          const script = binds.length === 0 ? String(query).split(';') : [String(query)]
          const statements = script.filter((statement) => statement.trim() !== '')
          const cursors = statements.map((statement) => exec.call(this, statement, ...binds) as SqlStorageCursor<never>)
          for (const cursor of cursors) rows.#writes.push({ storage: this, count: () => cursor.rowsWritten })
          return cursors.at(-1)
        },
    )
    for (const [target, method] of [
      [kv, 'put'],
      [kv, 'delete'],
      [storage, 'put'],
      [storage, 'delete'],
      [storage, 'setAlarm'],
    ] as const) {
      this.#replace(target, method, (write) => {
        return function (this: object, ...args: unknown[]) {
          rows.#writes.push({ storage: this, count: () => 1 })
          return write.apply(this, args)
        }
      })
    }
  }

  #watchDatabase(): void {
    const count = (answer: D1Result) => this.#writes.push({ storage: null, count: () => answer.meta.rows_written })
    this.#replace(
      env.DB,
      'batch',
      (batch) =>
        async function (this: object, ...args: unknown[]) {
          const answers = (await batch.apply(this, args)) as D1Result[]
          answers.forEach(count)
          return answers
        },
    )
    // `raw` and `first` say nothing of rows; they are for reading.
    for (const method of ['run', 'all'] as const) {
      this.#replace(
        env.DB.prepare('SELECT 1'),
        method,
        (ask) =>
          async function (this: object, ...args: unknown[]) {
            const answer = (await ask.apply(this, args)) as D1Result
            count(answer)
            return answer
          },
      )
    }
  }

  #replace(instance: object, method: string, replacement: (original: Method) => Method): void {
    const prototype: object = Object.getPrototypeOf(instance)
    const original: Method = Reflect.get(prototype, method)
    Reflect.set(prototype, method, replacement(original))
    this.#restore.push(() => Reflect.set(prototype, method, original))
  }
}

interface Write {
  /** What it was written through; null: D1. */
  storage: object | null
  /** Known only when its cursor has been read. */
  count: () => number
}

type Method = (this: object, ...args: unknown[]) => unknown

/** Which class each storage, its SQL side and its key-value side belong to. */
async function ownersOfStorages(): Promise<Map<object, string>> {
  const owners = new Map<object, string>()
  for (const owner of [
    'ALERT_SOURCE',
    'INCIDENT',
    'PAGER',
    'LIVE_FEED',
    'SANDBOX_CARRIER',
    'MESSAGE_BUDGET',
  ] as const) {
    const namespace: DurableObjectNamespace = env[owner]
    for (const id of await listDurableObjectIds(namespace)) {
      await runInDurableObject(namespace.get(id), (_, { storage }) => {
        for (const part of [storage, storage.sql, storage.kv]) owners.set(part, owner)
      })
    }
  }
  return owners
}
