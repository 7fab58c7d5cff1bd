import type { PagerProfile } from '../src/notifications/model.ts'
import { type PageState, pageDue } from '../src/notifications/paging.ts'
import { isInUse, migrate } from './storage/schema.ts'

const MIGRATIONS = [
  `CREATE TABLE page (incident_id INTEGER PRIMARY KEY, code INTEGER NOT NULL, status TEXT NOT NULL, due_at INTEGER, page TEXT NOT NULL)`,
  `CREATE TABLE notice (id TEXT PRIMARY KEY, told_at INTEGER NOT NULL, due_at INTEGER, state TEXT) WITHOUT ROWID;
   CREATE INDEX notice_due ON notice (due_at) WHERE due_at IS NOT NULL`,
  `CREATE TABLE bundle (id TEXT PRIMARY KEY, contact TEXT NOT NULL, due_at INTEGER, state TEXT NOT NULL)`,
]

/** To be called before anything is written; nothing is kept of a Pager that was only asked. */
export function preparePager(storage: DurableObjectStorage): void {
  migrate(storage, MIGRATIONS)
}

/** A Pager's profile and pages: one row a page, its notifications inside, so that each change is one row written. */
export class PagerStore {
  readonly #storage: DurableObjectStorage
  #profile: PagerProfile | null | undefined

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
    if (isInUse(storage)) preparePager(storage)
  }

  get profile(): PagerProfile | null {
    if (this.#profile === undefined) this.#profile = this.#storage.kv.get<PagerProfile>('profile') ?? null
    return this.#profile
  }

  set profile(profile: PagerProfile) {
    this.#profile = profile
    preparePager(this.#storage)
    this.#storage.kv.put('profile', profile)
  }

  /** What is in memory, too, goes with the table. */
  forget(): void {
    this.#profile = null
  }

  /** The user was deleted: a profile that was read before and comes late must not bring them back. */
  get removed(): boolean {
    return this.#storage.kv.get('removed') === true
  }

  set removed(removed: true) {
    this.#storage.kv.put('removed', removed)
  }

  get(incidentId: number): PageState | null {
    if (!isInUse(this.#storage)) return null
    return this.#read('WHERE incident_id = ?', incidentId)[0] ?? null
  }

  save(page: PageState): void {
    preparePager(this.#storage)
    this.#storage.sql.exec(
      'INSERT OR REPLACE INTO page (incident_id, code, status, due_at, page) VALUES (?, ?, ?, ?, ?)',
      page.request.incidentId,
      page.code,
      page.status,
      pageDue(page),
      JSON.stringify(page),
    )
  }

  due(now: number): PageState[] {
    if (!isInUse(this.#storage)) return []
    return this.#read('WHERE due_at <= ?', now)
  }

  nextDue(): number | null {
    if (!isInUse(this.#storage)) return null
    return this.#storage.sql.exec<{ due: number | null }>('SELECT MIN(due_at) AS due FROM page').one().due
  }

  /** Pages of incidents that are still open, the ones that still ask for attention first, then the last told first. */
  open(): PageState[] {
    if (!isInUse(this.#storage)) return []
    const rank = (page: PageState) => (page.status === 'open' ? 0 : 1)
    return this.#read(`WHERE status <> 'resolved'`).sort((a, b) => rank(a) - rank(b) || b.lastSentAt - a.lastSentAt)
  }

  /** Also the resolved ones whose code is not given again yet. */
  all(): PageState[] {
    return isInUse(this.#storage) ? this.#read('') : []
  }

  byCode(code: number): PageState | null {
    if (!isInUse(this.#storage)) return null
    return this.#read(`WHERE code = ? ORDER BY status = 'resolved', incident_id DESC`, code)[0] ?? null
  }

  /** The smallest code that is free, made free of the resolved page that a late reply could still have meant. */
  takeCode(): number {
    if (!isInUse(this.#storage)) return 1
    const rows = this.#storage.sql.exec<{ code: number }>(
      `SELECT code FROM page WHERE status <> 'resolved' ORDER BY code`,
    )
    let code = 1
    for (const used of rows.toArray()) if (used.code === code) code++
    this.#storage.sql.exec(`DELETE FROM page WHERE code = ? AND status = 'resolved' AND due_at IS NULL`, code)
    return code
  }

  #read(where: string, ...binds: number[]): PageState[] {
    const rows = this.#storage.sql.exec<{ page: string }>(`SELECT page FROM page ${where}`, ...binds)
    return rows.toArray().map(({ page }) => JSON.parse(page))
  }
}
