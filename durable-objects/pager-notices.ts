import { log } from '../src/log.ts'
import type { Claim } from '../src/notifications/deliver.ts'
import type { NoticeTarget } from '../src/notifications/model.ts'
import type { Notice } from '../src/notifications/notice.ts'
import type { NoticeState, NoticeWord } from '../src/notifications/notices.ts'
import * as notices from '../src/notifications/notices.ts'
import type { OutgoingNotice } from '../src/notifications/notification.ts'
import type { Received } from '../src/notifications/receive-receipt.ts'
import type { Delivery, Receipt } from '../src/notifications/sending.ts'
import { preparePager } from './pager-store.ts'
import { isInUse } from './storage/schema.ts'

/** How a followed notice is doing. */
export interface NoticeFate {
  notice: Notice
  status: NoticeState['messages'][number]['status']
  said: NoticeWord | null
}

/** How long it is remembered what was told, so that news that comes again is not told again. */
const REMEMBERED_MS = 35 * 86_400_000
const REMEMBERED = 1000

/** A Pager's notices: one row each, its messages inside. Once it is told, only its id is kept. */
export class PagerNotices {
  readonly #storage: DurableObjectStorage

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  /** Keeps a notice, which is then due; what was told before is not. */
  tell(notice: Notice, userId: number, targets: NoticeTarget[], lastResort: string): void {
    const now = Date.now()
    if (notice.expiresAt <= now || this.#isKnown(notice.id)) return
    preparePager(this.#storage)
    this.#forgetOld(now)
    this.#save(notices.startNotice(notice, userId, targets, lastResort, now))
  }

  nextDue(): number | null {
    if (!isInUse(this.#storage)) return null
    const query = 'SELECT MIN(due_at) AS due FROM notice WHERE due_at IS NOT NULL'
    return this.#storage.sql.exec<{ due: number | null }>(query).one().due
  }

  /** Marks what is due as queued, and says which messages. */
  takeDue(now: number): string[] {
    if (!isInUse(this.#storage)) return []
    return this.#read('WHERE due_at <= ?', now).flatMap((before) => {
      const { state, queue } = notices.takeDue(before, now)
      this.#save(state)
      return queue
    })
  }

  /** Nothing is awaited in here, so two claims of one message can't both be granted. */
  claim(messageId: string, consumer: string, user: Pick<OutgoingNotice, 'user' | 'devices'>): Claim {
    const now = Date.now()
    const state = this.#stateOf(messageId)
    if (!state) return { granted: false, reason: 'it is told' }
    const refused = notices.refusal(state, messageId, consumer, now)
    const notice = notices.outgoing(state, messageId, user)
    if (refused || !notice) return { granted: false, reason: refused ?? 'there is no such message' }
    this.#save(notices.claim(state, messageId, consumer, now))
    return { granted: true, notice }
  }

  /** What became of a claimed message. */
  settle(messageId: string, delivery: Delivery): void {
    const state = this.#stateOf(messageId)
    if (state) this.#save(notices.settle(state, messageId, delivery, Date.now()))
  }

  /** What the carrier says later; only of those that somebody watches it is kept. */
  receive(messageId: string, receipt: Receipt): Received | null {
    const state = this.#stateOf(messageId)
    const message = state?.messages.find(({ id }) => id === messageId)
    if (!state?.notice.followed || !message) return null
    this.#save(notices.receive(state, messageId, receipt, Date.now()))
    return { incidentId: null, channel: message.channel, target: message.target }
  }

  /** What became of a followed notice so far; null: there is none of this id, or no longer. */
  fateOf(noticeId: string): NoticeFate | null {
    if (!isInUse(this.#storage)) return null
    const state = this.#read('WHERE state IS NOT NULL AND id = ?', noticeId)[0]
    const message = state?.messages[0]
    return state && message ? { notice: state.notice, status: message.status, said: message.said ?? null } : null
  }

  #save(state: NoticeState): void {
    const due = notices.noticeDue(state)
    const { id } = state.notice
    if (due === null && notices.hasFailed(state)) {
      log.error('notice reached nobody', { userId: state.userId, notice: id })
    }
    this.#storage.sql.exec(
      `INSERT INTO notice (id, told_at, due_at, state) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, state = excluded.state`,
      id,
      Date.now(),
      due,
      due === null && !state.notice.followed ? null : JSON.stringify(state),
    )
  }

  #forgetOld(now: number): void {
    this.#storage.sql.exec(
      `DELETE FROM notice WHERE due_at IS NULL AND (told_at < ? OR id IN (
         SELECT id FROM notice ORDER BY told_at DESC LIMIT -1 OFFSET ?))`,
      now - REMEMBERED_MS,
      REMEMBERED,
    )
  }

  #isKnown(id: string): boolean {
    if (!isInUse(this.#storage)) return false
    return this.#storage.sql.exec('SELECT 1 FROM notice WHERE id = ?', id).toArray().length > 0
  }

  #stateOf(messageId: string): NoticeState | null {
    const id = notices.noticeOf(messageId)
    if (id === null || !isInUse(this.#storage)) return null
    return this.#read('WHERE state IS NOT NULL AND id = ?', id)[0] ?? null
  }

  #read(where: string, ...binds: (string | number)[]): NoticeState[] {
    const rows = this.#storage.sql.exec<{ state: string }>(`SELECT state FROM notice ${where}`, ...binds)
    return rows.toArray().map(({ state }) => JSON.parse(state))
  }
}
