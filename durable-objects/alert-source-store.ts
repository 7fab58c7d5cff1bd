import { type AlertSourceConfig, ANY_MAIL, NO_PROCESSING } from '../src/alert-sources/config.ts'
import type { Priority } from '../src/alert-sources/event.ts'
import { type OpenIncident, type OpenIncidents, STORM_KEY } from '../src/alert-sources/grouping.ts'
import type { IncidentStatus, Opening } from '../src/incidents/model.ts'
import { LIMITS } from '../src/limits.ts'
import { isInUse, migrate } from './storage/schema.ts'

const MIGRATIONS = [
  `CREATE TABLE incident (
     number INTEGER PRIMARY KEY,
     group_key TEXT NOT NULL,
     status TEXT NOT NULL,
     opened_at INTEGER NOT NULL,
     opening TEXT,
     resolved_at INTEGER
   );
   CREATE INDEX incident_group ON incident (group_key);
   CREATE TABLE dropped_event (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, reason TEXT NOT NULL, event TEXT NOT NULL)`,
  `DROP TABLE dropped_event;
   CREATE TABLE event_log (slot INTEGER PRIMARY KEY, row_number INTEGER NOT NULL, entries TEXT NOT NULL);
   CREATE TABLE suppression (name TEXT PRIMARY KEY, until INTEGER NOT NULL, times TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE collected (group_key TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
   CREATE INDEX collected_number ON collected (number)`,
]

/** Long enough that a sender who repeats itself after a day's outage still finds its incident. */
export const REMEMBER_RESOLVED_MS = 24 * 60 * 60_000

/**
 * An alert source's tables. A row of `incident` is the promise that its incident exists: `opening` holds all that is
 * needed to open it, until the incident has confirmed.
 */
export class AlertSourceStore implements OpenIncidents {
  readonly #storage: DurableObjectStorage
  #config: AlertSourceConfig | null | undefined
  #forgetAt: number | null | undefined
  #open: number | undefined
  readonly #collected = new Map<number, number>()

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
    if (isInUse(storage)) migrate(storage, MIGRATIONS)
  }

  get config(): AlertSourceConfig | null {
    if (this.#config === undefined) this.#config = complete(this.#storage.kv.get<AlertSourceConfig>('config'))
    return this.#config
  }

  /** Makes the tables. */
  prepare(): void {
    migrate(this.#storage, MIGRATIONS)
  }

  set config(config: AlertSourceConfig) {
    this.prepare()
    this.#storage.kv.put('config', config)
    this.#config = config
  }

  /** What is in memory, too, goes with the tables. */
  forget(): void {
    this.#config = null
    this.#forgetAt = null
    this.#open = undefined
    this.#collected.clear()
  }

  /** The source was deleted: a configuration that was read before and comes late must not bring it back. */
  get removed(): boolean {
    return this.#storage.kv.get('removed') === true
  }

  set removed(removed: true) {
    this.#storage.kv.put('removed', removed)
  }

  /** The number that the next incident gets. Rows of the newest incident are never deleted, so numbers never repeat. */
  nextNumber(): number {
    return this.#sql.exec<{ next: number }>('SELECT COALESCE(MAX(number), 0) + 1 AS next FROM incident').one().next
  }

  promise(number: number, groupKey: string, opening: Opening): void {
    this.#sql.exec(
      `INSERT INTO incident (number, group_key, status, opened_at, opening) VALUES (?, ?, 'PENDING', ?, ?)`,
      number,
      groupKey,
      opening.openedAt,
      JSON.stringify(opening),
    )
    if (this.#open !== undefined) this.#open++
  }

  /** What must still be opened, for `number`; null when it has been confirmed. */
  opening(number: number): Opening | null {
    const row = this.#sql
      .exec<{ opening: string | null }>('SELECT opening FROM incident WHERE number = ?', number)
      .toArray()[0]
    return row?.opening ? JSON.parse(row.opening) : null
  }

  confirmOpened(number: number): void {
    this.#sql.exec('UPDATE incident SET opening = NULL WHERE number = ?', number)
  }

  /** Numbers of incidents that have not confirmed. A scan: asked once when the object starts, and by its alarm. */
  unconfirmed(): number[] {
    if (!isInUse(this.#storage)) return []
    const rows = this.#sql.exec<{ number: number }>(
      'SELECT number FROM incident WHERE opening IS NOT NULL ORDER BY number',
    )
    return rows.toArray().map(({ number }) => number)
  }

  setStatus(number: number, status: IncidentStatus, now: number): void {
    if (!isInUse(this.#storage)) return
    const resolvedAt = status === 'RESOLVED' ? now : null
    // Resolved is final: an answer that was overtaken must not open it again here.
    const [changed] = this.#sql.exec<{ group_key: string }>(
      `UPDATE incident SET status = ?, resolved_at = ? WHERE number = ? AND status <> ? AND status <> 'RESOLVED'
       RETURNING group_key`,
      ...[status, resolvedAt, number, status],
    )
    if (!changed || resolvedAt === null) return
    if (this.#open !== undefined) this.#open--
    if (changed.group_key.startsWith(STORM_KEY)) {
      this.#sql.exec('DELETE FROM collected WHERE number = ?', number)
      this.#collected.delete(number)
    }
    if (this.forgetAt !== null) return
    this.#forgetAt = resolvedAt + REMEMBER_RESOLVED_MS
    this.#storage.kv.put('forgetAt', this.#forgetAt)
  }

  /** Whether the newest incident of a group was resolved at or after an instant. */
  resolvedSince(groupKey: string, at: number): boolean {
    const [newest] = this.#sql.exec<{ resolved_at: number | null }>(
      'SELECT resolved_at FROM incident WHERE group_key = ? ORDER BY number DESC LIMIT 1',
      groupKey,
    )
    return typeof newest?.resolved_at === 'number' && newest.resolved_at >= at
  }

  byKey(groupKey: string): OpenIncident | null {
    return this.#one(
      `SELECT number, status FROM incident WHERE group_key = ? AND status <> 'RESOLVED' ORDER BY number DESC LIMIT 1`,
      groupKey,
    )
  }

  /** The incident that this very event opened, open or not. */
  openedBy(groupKey: string): number | null {
    const found = this.#sql.exec<{ number: number }>(
      'SELECT number FROM incident WHERE group_key = ? LIMIT 1',
      groupKey,
    )
    return found.toArray()[0]?.number ?? null
  }

  newest({ pendingOnly, openedAfter }: { pendingOnly: boolean; openedAfter: number }): OpenIncident | null {
    const states = pendingOnly ? `status = 'PENDING'` : `status <> 'RESOLVED'`
    return this.#one(
      `SELECT number, status FROM incident WHERE ${states} AND opened_at > ? ORDER BY number DESC LIMIT 1`,
      openedAfter,
    )
  }

  openNumbers(most: number): number[] {
    if (!isInUse(this.#storage)) return []
    const rows = this.#sql.exec<{ number: number }>(
      `SELECT number FROM incident WHERE status <> 'RESOLVED' AND opening IS NULL ORDER BY number DESC LIMIT ?`,
      most,
    )
    return rows.toArray().map(({ number }) => number)
  }

  /** Counted once and kept in memory: each new incident asks. */
  openCount(): number {
    if (!isInUse(this.#storage)) return 0
    this.#open ??= this.#sql
      .exec<{ open: number }>(`SELECT COUNT(*) AS open FROM incident WHERE status <> 'RESOLVED'`)
      .one().open
    return this.#open
  }

  /** Notes that a problem is told in the incident of a storm. Those without a key, or above the bound, share one row. */
  collect(groupKey: string, number: number): void {
    const own = !groupKey.startsWith('event:') && this.collectedCount(number) < COLLECTED_KEPT
    const key = own ? groupKey : `${ENDLESS}${number}`
    const added = this.#sql.exec(
      'INSERT OR IGNORE INTO collected (group_key, number) VALUES (?, ?) RETURNING number',
      ...[key, number],
    )
    if (added.toArray().length > 0) this.#collected.set(number, this.collectedCount(number) + 1)
  }

  /** The incident in which a problem was collected; null: none. */
  collectedIn(groupKey: string): number | null {
    const found = this.#sql.exec<{ number: number }>('SELECT number FROM collected WHERE group_key = ?', groupKey)
    return found.toArray()[0]?.number ?? null
  }

  /** How many problems of a storm's incident are not over. Counted once and kept in memory. */
  collectedCount(number: number): number {
    let count = this.#collected.get(number)
    if (count === undefined) {
      const found = this.#sql.exec<{ count: number }>(
        'SELECT COUNT(*) AS count FROM collected WHERE number = ?',
        number,
      )
      count = found.one().count
      this.#collected.set(number, count)
    }
    return count
  }

  /** One of the collected problems is over. */
  endCollected(groupKey: string, number: number): void {
    const gone = this.#sql.exec('DELETE FROM collected WHERE group_key = ? RETURNING number', groupKey)
    if (gone.toArray().length > 0) this.#collected.set(number, this.collectedCount(number) - 1)
  }

  /** When to look for incidents that can be forgotten. */
  get forgetAt(): number | null {
    if (this.#forgetAt === undefined) this.#forgetAt = this.#storage.kv.get<number>('forgetAt') ?? null
    return this.#forgetAt
  }

  /** Forgets incidents that were resolved before `before`, all but the newest, whose number must not be given again. */
  forgetResolved(before: number): void {
    this.#sql.exec(
      `DELETE FROM incident WHERE status = 'RESOLVED' AND resolved_at <= ? AND number < (SELECT MAX(number) FROM incident)`,
      before,
    )
    const { oldest } = this.#sql
      .exec<{ oldest: number | null }>(`SELECT MIN(resolved_at) AS oldest FROM incident WHERE status = 'RESOLVED'`)
      .one()
    // The newest is always left; it is looked at again a day later, with whatever has ended by then.
    this.#forgetAt = oldest === null ? null : Math.max(oldest, before + 1) + REMEMBER_RESOLVED_MS
    if (this.#forgetAt === null) this.#storage.kv.delete('forgetAt')
    else this.#storage.kv.put('forgetAt', this.#forgetAt)
  }

  #one(query: string, ...binds: (string | number)[]): OpenIncident | null {
    return this.#sql.exec<{ number: number; status: OpenIncident['status'] }>(query, ...binds).toArray()[0] ?? null
  }

  get #sql(): SqlStorage {
    return this.#storage.sql
  }
}

/** Problems of one storm that are remembered one by one. */
const COLLECTED_KEPT = 100_000
/** Stands for the problems of a storm that can't say that they are over. */
const ENDLESS = 'endless:'

/** What a source that was configured before there was more than its first settings goes on with, until it is told. */
const FIRST_SETTINGS = {
  raiseAtSupportHours: false,
  resolveDelayMs: 0,
  eventsPerMinute: LIMITS.eventsPerMinute,
  maxOpenIncidents: LIMITS.openIncidentsPerSource,
  maintenance: [],
  processing: NO_PROCESSING,
  mail: ANY_MAIL,
  sms: null,
  heartbeat: null,
  signing: null,
  plans: {},
} satisfies Partial<AlertSourceConfig>

function complete(
  stored: (AlertSourceConfig & { /** Until there were support hours. */ defaultPriority?: Priority }) | undefined,
): AlertSourceConfig | null {
  if (!stored) return null
  const { defaultPriority = 'HIGH', ...known } = stored
  const first: Partial<AlertSourceConfig> = {
    ...FIRST_SETTINGS,
    priority: { type: 'fixed', priority: defaultPriority },
  }
  return { ...first, ...known }
}
