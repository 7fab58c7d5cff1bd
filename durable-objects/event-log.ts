import type { RawRequest } from '../src/alert-sources/delivery.ts'
import type { EventType } from '../src/alert-sources/event.ts'
import { LIMITS } from '../src/limits.ts'

/** What came to a source, and what became of it. */
export interface LogEntry {
  at: number
  outcome:
    | 'opened'
    | 'appended'
    | 'accepted'
    | 'resolved'
    | 'collected'
    | 'dropped'
    | 'suppressed'
    | 'no-open-incident'
    | 'ignored'
    | 'change'
  reason: string | null
  incident: { id: number; reference: string } | null
  eventType: EventType | null
  incidentKey: string | null
  summary: string
  /** Templates and rules that failed, in words. */
  notes: string[]
  /** Masked. Of a request with several events only at the first. */
  request: RawRequest | null
}

export type LoggedEntry = LogEntry & { id: number }

interface LogRow {
  number: number
  entries: LoggedEntry[]
  characters: number
}

/** Entries in one row, and rows in the ring: the last 1,000 in a storm, the last 50 of events that come one by one. */
const ENTRIES_PER_ROW = 20
const ROWS = 50
const ROW_CHARACTERS = 400_000
/** What waits in memory is written after so long at the latest. */
const WRITE_AFTER_MS = 2_000

/**
 * The log of a source's events: a ring of rows, each with several entries, because row writes are what the platform bills
 * most. An entry of an event that left a trace elsewhere (at its incident) may wait a moment in memory; one that did not is
 * written before its sender is answered.
 */
export class EventLog {
  readonly #storage: DurableObjectStorage
  /** The newest row as it is in memory, with what is not written yet. */
  #row: LogRow | null = null
  #waiting = false

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  /** @param only nothing else keeps this event, so it is written at once */
  add(entry: LogEntry, { only }: { only: boolean }): void {
    const row = this.#roomyRow()
    const id = row.number * ENTRIES_PER_ROW + row.entries.length
    const logged = { id, ...entry }
    row.entries.push(logged)
    row.characters += JSON.stringify(logged).length
    if (only || row.entries.length === ENTRIES_PER_ROW) this.write()
    else this.#writeSoon()
  }

  /** Writes what waits. */
  write(): void {
    const row = this.#row
    this.#waiting = false
    if (!row || row.entries.length === 0) return
    this.#storage.sql.exec(
      'INSERT OR REPLACE INTO event_log (slot, row_number, entries) VALUES (?, ?, ?)',
      ...[row.number % ROWS, row.number, JSON.stringify(row.entries)],
    )
  }

  /** The object forgets everything. */
  forget(): void {
    this.#row = null
    this.#waiting = false
  }

  /** Newest first. */
  list(most: number): LoggedEntry[] {
    if (this.#waiting) this.write()
    const rows = this.#storage.sql.exec<{ entries: string }>('SELECT entries FROM event_log ORDER BY row_number DESC')
    const entries: LoggedEntry[] = []
    for (const row of rows) {
      entries.push(...(JSON.parse(row.entries) as LoggedEntry[]).reverse())
      if (entries.length >= most) break
    }
    return entries.slice(0, most)
  }

  /** The row that the next entry goes to. After a restart the newest row goes on where it was. */
  #roomyRow(): LogRow {
    this.#row ??= this.#newest()
    const { number, entries, characters } = this.#row
    if (entries.length < ENTRIES_PER_ROW && characters < ROW_CHARACTERS - LIMITS.loggedPayloadCharacters * 4)
      return this.#row
    if (this.#waiting) this.write()
    this.#row = { number: number + 1, entries: [], characters: 0 }
    return this.#row
  }

  #newest(): LogRow {
    const [row] = this.#storage.sql.exec<{ row_number: number; entries: string }>(
      'SELECT row_number, entries FROM event_log ORDER BY row_number DESC LIMIT 1',
    )
    return row
      ? { number: row.row_number, entries: JSON.parse(row.entries), characters: row.entries.length }
      : { number: 0, entries: [], characters: 0 }
  }

  #writeSoon(): void {
    if (this.#waiting) return
    this.#waiting = true
    setTimeout(() => this.#waiting && this.write(), WRITE_AFTER_MS)
  }
}
