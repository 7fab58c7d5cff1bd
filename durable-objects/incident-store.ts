import type { IncidentState, NotificationReport } from '../src/incidents/model.ts'
import type { TimelineEntry } from '../src/incidents/timeline.ts'
import { LIMITS } from '../src/limits.ts'
import { OUTBOX_TABLE } from './storage/outbox.ts'
import { isInUse, migrate } from './storage/schema.ts'

export type StoredEntry = { id: number; at: number; entry: TimelineEntry }

export interface TimelinePage {
  startIndex: number
  maxResults: number
  order: 'asc' | 'desc'
}

const MIGRATIONS = [
  `CREATE TABLE timeline (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, entry TEXT NOT NULL);
   ${OUTBOX_TABLE}`,
]

/**
 * What an incident keeps: its state under one key (each change is one row written, and a table less to make), and its
 * timeline.
 */
export class IncidentStore {
  readonly #storage: DurableObjectStorage
  #state: IncidentState | null | undefined
  #entries: number | undefined
  #isCut: boolean | undefined

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
    // Asking for an incident that never was must not leave tables behind; `save` makes them.
    if (isInUse(storage)) migrate(storage, MIGRATIONS)
  }

  /** Null until the incident is opened. */
  get state(): IncidentState | null {
    if (this.#state === undefined) this.#state = this.#storage.kv.get<IncidentState>('state') ?? null
    return this.#state
  }

  save(state: IncidentState): void {
    if (!this.#state) migrate(this.#storage, MIGRATIONS)
    this.#storage.kv.put('state', state)
    this.#state = state
  }

  /** After a transaction that was rolled back: memory must not know more than storage. */
  reload(): void {
    this.#state = undefined
    this.#entries = undefined
    this.#isCut = undefined
  }

  /**
   * A tool that repeats itself for days must not fill the object: beyond the limit its events are only counted. What
   * people need to know afterwards (states, pages, answers) is kept however long the list is.
   */
  append(entries: TimelineEntry[], at: number): void {
    for (const entry of entries) {
      if (entry.type !== 'event' || this.#count() < LIMITS.timelineEntries) this.#insert(entry, at)
      else if (!this.#wasCut()) {
        this.#insert({ type: 'cut' }, at)
        this.#isCut = true
      }
    }
  }

  timeline({ startIndex, maxResults, order }: TimelinePage): StoredEntry[] {
    const rows = this.#sql.exec<{ id: number; at: number; entry: string }>(
      `SELECT id, at, entry FROM timeline ORDER BY id ${order === 'asc' ? 'ASC' : 'DESC'} LIMIT ? OFFSET ?`,
      maxResults,
      startIndex,
    )
    return rows.toArray().map(({ id, at, entry }) => ({ id, at, entry: JSON.parse(entry) }))
  }

  /** Whether the timeline tells of this outcome already. A scan, for few reports and few entries: an index costs a row written each. */
  hasReport({ notificationId, outcome, at }: NotificationReport): boolean {
    const found = this.#sql.exec(
      `SELECT 1 FROM timeline WHERE entry LIKE '{"type":"notification"%'
        AND json_extract(entry, '$.report.notificationId') = ? AND json_extract(entry, '$.report.outcome') = ?
        AND json_extract(entry, '$.report.at') = ? LIMIT 1`,
      notificationId,
      outcome,
      at,
    )
    return found.toArray().length > 0
  }

  get #sql(): SqlStorage {
    return this.#storage.sql
  }

  #insert(entry: TimelineEntry, at: number): void {
    this.#sql.exec('INSERT INTO timeline (at, entry) VALUES (?, ?)', at, JSON.stringify(entry))
    this.#entries = this.#count() + 1
  }

  #wasCut(): boolean {
    this.#isCut ??= this.#sql.exec(`SELECT 1 FROM timeline WHERE entry = '{"type":"cut"}' LIMIT 1`).toArray().length > 0
    return this.#isCut
  }

  #count(): number {
    this.#entries ??= this.#sql.exec<{ entries: number }>('SELECT COUNT(*) AS entries FROM timeline').one().entries
    return this.#entries
  }
}
