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
    /** It was delivered twice. */
    | 'duplicate'
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
/** Payloads of one outcome in a row. */
const ALIKE_SHOWN = 3
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
  /** Something in memory is not written yet. */
  #waiting = false
  #timed = false

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  /**
   * Adds what became of one delivery's events.
   *
   * @param only nothing else keeps them, so they are written at once
   */
  add(entries: LogEntry[], { only }: { only: boolean }): void {
    for (const entry of entries) this.#append(entry)
    if (only) this.write()
    else if (entries.length > 0) this.#writeSoon()
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

  #append(entry: LogEntry): void {
    const row = this.#roomyRow()
    // A storm of what is dropped for one reason would rewrite the same payload over and over.
    const alike = row.entries.filter(({ request, outcome }) => request && outcome === entry.outcome)
    const request = only(entry) && alike.length >= ALIKE_SHOWN ? null : entry.request
    const logged = { id: row.number * ENTRIES_PER_ROW + row.entries.length, ...entry, request }
    row.entries.push(logged)
    row.characters += JSON.stringify(logged).length
    this.#waiting = true
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
    if (this.#timed) return
    this.#timed = true
    setTimeout(() => {
      this.#timed = false
      if (this.#waiting) this.write()
    }, WRITE_AFTER_MS)
  }
}

/** An entry; what is not given says nothing. */
export function logEntry(given: Partial<LogEntry> & Pick<LogEntry, 'at' | 'outcome' | 'summary'>): LogEntry {
  const nothing = { reason: null, incident: null, eventType: null, incidentKey: null, notes: [], request: null }
  return { ...nothing, ...given }
}

/** Whether the log alone keeps this event: it left no trace at an incident. */
export function only({ outcome }: Pick<LogEntry, 'outcome'>): boolean {
  return ['dropped', 'suppressed', 'no-open-incident', 'ignored', 'change'].includes(outcome)
}
