import type { Bundle } from '../src/notifications/bundles.ts'
import * as bundles from '../src/notifications/bundles.ts'
import type { BundleWindow } from '../src/notifications/bundling.ts'
import * as bundling from '../src/notifications/bundling.ts'
import type { OutgoingBundle } from '../src/notifications/notification.ts'
import type { Admission, Notification, PageState, User } from '../src/notifications/paging.ts'
import * as paging from '../src/notifications/paging.ts'
import type { Delivery, Receipt } from '../src/notifications/sending.ts'
import * as sending from '../src/notifications/sending.ts'
import { type PagerStore, preparePager } from './pager-store.ts'
import { isInUse } from './storage/schema.ts'

/** What a consumer is told to send. */
type BundleClaim =
  | ({ granted: true } & Pick<OutgoingBundle, 'channel' | 'target' | 'waiting' | 'pages'>)
  | { granted: false; reason: string }

/** A mail can list so many; nobody reads more at night. */
const LISTED = 50
/** Of more nobody asks any more. */
const KEPT = 20

/**
 * A Pager's bundles, one row each, and how stormy it is at each of its user's contacts. That is in memory and has no row:
 * each message that goes out carries it, so that it is found again after a restart.
 */
export class PagerBundles {
  readonly #storage: DurableObjectStorage
  readonly #store: PagerStore
  #windows: Map<string, BundleWindow> | null = null

  constructor(storage: DurableObjectStorage, store: PagerStore) {
    this.#storage = storage
    this.#store = store
  }

  /** Whether a page's notification goes out by itself now. To be kept in the same transaction as the page. */
  admit({ request }: PageState, { channel, target }: Notification, now: number): Admission {
    const key = bundling.contactKey(channel, target, request.priority)
    const { window, held } = bundling.admit(this.#known.get(key) ?? null, channel, now)
    this.#known.set(key, window)
    if (!held) return { window }
    const collecting = this.#read('WHERE contact = ?', key).find(bundles.collects)
    const bundle = collecting ?? bundles.startBundle(channel, target, request.priority, window)
    if (!collecting) {
      this.#forgetOld()
      this.save(bundle)
    }
    return { bundleId: bundle.id }
  }

  /** Before pages are deleted, what they know of storms is read. */
  remember(): void {
    void this.#known
  }

  nextDue(): number | null {
    if (!isInUse(this.#storage)) return null
    return this.#storage.sql.exec<{ due: number | null }>('SELECT MIN(due_at) AS due FROM bundle').one().due
  }

  /** Marks what is due as queued and says which; `lost`: no consumer brings them back any more. */
  takeDue(now: number): { queue: string[]; lost: Bundle[] } {
    const queue: string[] = []
    const lost: Bundle[] = []
    if (!isInUse(this.#storage)) return { queue, lost }
    for (const before of this.#read('WHERE due_at <= ?', now)) {
      const taken = bundles.takeDue(before, now)
      if (!taken) continue
      this.save(taken.bundle)
      if (taken.lost) lost.push(taken.bundle)
      else queue.push(taken.bundle.id)
    }
    return { queue, lost }
  }

  get(id: string): Bundle | null {
    if (!isInUse(this.#storage)) return null
    return this.#read('WHERE id = ?', id)[0] ?? null
  }

  /** The pages that wait for this bundle and still ask for attention, the newest first. */
  waitingFor(id: string): PageState[] {
    return this.#store
      .open()
      .filter((page) => paging.isHeldBy(page, id))
      .sort(({ request: a }, { request: b }) => b.assignedAt - a.assignedAt || b.incidentId - a.incidentId)
  }

  /** Nothing is awaited in here, so two claims of one bundle can't both be granted. */
  claim(id: string, consumer: string, now: number): BundleClaim {
    const bundle = this.get(id)
    const refused = bundle ? sending.refusal(bundle, consumer, now) : 'there is no such bundle'
    if (!bundle || refused) return { granted: false, reason: refused ?? '' }
    const held = this.waitingFor(id)
    if (held.length === 0) {
      this.#keep(bundles.cancel(this.#asKnown(bundle)))
      return { granted: false, reason: 'all of it was answered' }
    }
    const incidentIds = held.map(({ request }) => request.incidentId)
    this.#keep(bundles.claim(this.#asKnown(bundle), incidentIds, consumer, now))
    const told = this.#store.open().filter((page) => page.status === 'open' && page.lastSentAt > 0)
    const waiting = new Set([...incidentIds, ...told.map(({ request }) => request.incidentId)]).size
    const pages = held.slice(0, LISTED).map(({ code, request }) => ({ code, page: request }))
    return { granted: true, channel: bundle.channel, target: bundle.target, waiting, pages }
  }

  /** Writes down what the provider said, and gives the pages that it told of, changed. */
  settle(id: string, delivery: Delivery, user: User, now: number): PageState[] {
    const bundle = this.get(id)
    const result = bundle && bundles.settle(bundle, delivery, now)
    if (!result) return []
    this.save(result.settled)
    const failed = delivery.outcome === 'failed' ? delivery.reason : delivery.after
    const reason = [bundles.togetherText(bundle), failed].filter(Boolean).join('; ') || null
    return this.#toldOf(bundle, { outcome: result.outcome, provider: delivery.provider, reason }, user, now)
  }

  /** The same of what the carrier says later. */
  receive(id: string, { outcome, provider, reason }: Receipt, user: User, now: number): PageState[] {
    const bundle = this.get(id)
    const isKnown = bundle?.status === 'sent' || bundle?.status === 'claimed'
    if (!bundle || !isKnown || bundle.receipt === outcome) return []
    const failed = outcome === 'undelivered' ? { status: 'failed' as const, leaseUntil: null } : {}
    this.save({ ...bundle, ...failed, receipt: outcome })
    return this.#toldOf(bundle, { outcome, provider, reason }, user, now)
  }

  /** No consumer brings it back. */
  giveUp(bundle: Bundle, user: User, now: number): PageState[] {
    return this.#toldOf(bundle, { outcome: 'failed', provider: null, reason: 'no outcome ever came back' }, user, now)
  }

  /** With its contact's window as it is by now. */
  #asKnown(bundle: Bundle): Bundle {
    const { channel, target, priority, window } = bundle
    return { ...bundle, window: this.#known.get(bundling.contactKey(channel, target, priority)) ?? window }
  }

  #toldOf(
    { id, incidentIds }: Bundle,
    result: Parameters<typeof paging.settleBundle>[2],
    user: User,
    now: number,
  ): PageState[] {
    return incidentIds.flatMap((incidentId) => {
      const page = this.#store.get(incidentId)
      return page ? [paging.settleBundle(page, id, result, user, now)] : []
    })
  }

  /**
   * Keeps a bundle that changed its contact's window. What a carrier says later of an old one is only saved: it does not
   * turn back what has happened since.
   */
  #keep(bundle: Bundle): void {
    this.#known.set(bundling.contactKey(bundle.channel, bundle.target, bundle.priority), bundle.window)
    this.save(bundle)
  }

  save(bundle: Bundle): void {
    preparePager(this.#storage)
    const contact = bundling.contactKey(bundle.channel, bundle.target, bundle.priority)
    this.#storage.sql.exec(
      `INSERT INTO bundle (id, contact, due_at, state) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, state = excluded.state`,
      ...[bundle.id, contact, sending.due(bundle), JSON.stringify(bundle)],
    )
  }

  /** A call to this number is over, as its carrier says: what waits for it may go. */
  callEnded(target: string, now: number): void {
    const key = bundling.contactKey('VOICE', target, 'HIGH')
    const window = this.#known.get(key)
    if (!window) return
    const free = bundling.callEnded(window, now)
    this.#known.set(key, free)
    for (const bundle of this.#read('WHERE contact = ?', key)) {
      if (bundle.status !== 'scheduled' || bundle.attempts > 0) continue
      this.save({ ...bundle, window: free, dueAt: bundling.bundleDue(free) ?? bundle.dueAt })
    }
  }

  /** What is in memory, too, goes with the table. */
  forget(): void {
    this.#windows = new Map()
  }

  #forgetOld(): void {
    this.#storage.sql.exec(
      `DELETE FROM bundle WHERE due_at IS NULL AND rowid NOT IN (SELECT rowid FROM bundle ORDER BY rowid DESC LIMIT ?)`,
      KEPT,
    )
  }

  /** Of each contact the latest. */
  get #known(): Map<string, BundleWindow> {
    if (this.#windows) return this.#windows
    const windows = new Map<string, BundleWindow>()
    const note = (key: string, window: BundleWindow) => {
      const other = windows.get(key)
      if (!other || age(window) >= age(other)) windows.set(key, window)
    }
    for (const { request, notifications } of this.#store.all()) {
      for (const { channel, target, window } of notifications) {
        if (window) note(bundling.contactKey(channel, target, request.priority), window)
      }
    }
    if (isInUse(this.#storage)) {
      for (const { channel, target, priority, window } of this.#read('')) {
        note(bundling.contactKey(channel, target, priority), window)
      }
    }
    this.#windows = windows
    return windows
  }

  #read(where: string, ...binds: (string | number)[]): Bundle[] {
    const rows = this.#storage.sql.exec<{ state: string }>(`SELECT state FROM bundle ${where} ORDER BY rowid`, ...binds)
    return rows.toArray().map(({ state }) => JSON.parse(state))
  }
}

/** Of one contact's windows the latest is the greatest. */
function age({ openedAt, singles, bundled, heldSince }: BundleWindow): number {
  return openedAt + singles / 10 + (heldSince === null ? 0 : 0.4) + (bundled ? 0.5 : 0)
}
