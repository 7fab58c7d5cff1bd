import { askIncident } from '../src/ask-incident.ts'
import { loadPagerProfile } from '../src/directory/publish.ts'
import type { Env, QueuedNotification } from '../src/env.ts'
import { CONNECTIONS, inParallel } from '../src/in-parallel.ts'
import type { Act, AnswerChannel, PageRequest, StatusChange, Withdrawal } from '../src/incidents/model.ts'
import { log } from '../src/log.ts'
import { answerAllText, answerText, type Question, understand } from '../src/notifications/answers.ts'
import { isBundleId } from '../src/notifications/bundles.ts'
import { bundleCallScript, type CallScript, callScript } from '../src/notifications/call-script.ts'
import type { Claim } from '../src/notifications/deliver.ts'
import type { DutyNews } from '../src/notifications/duties.ts'
import type { Duties, NoticeTarget, PagerProfile } from '../src/notifications/model.ts'
import type { Notice } from '../src/notifications/notice.ts'
import { noticeOf } from '../src/notifications/notices.ts'
import type { OutgoingNotification } from '../src/notifications/notification.ts'
import type { PageState } from '../src/notifications/paging.ts'
import * as paging from '../src/notifications/paging.ts'
import { isSilenceable } from '../src/notifications/push/silence.ts'
import { bringForward, putOff } from '../src/notifications/quiet-times.ts'
import type { Received } from '../src/notifications/receive-receipt.ts'
import type { Delivery, Receipt } from '../src/notifications/sending.ts'
import { statusUpdate } from '../src/notifications/status-updates.ts'
import { call } from '../src/objects.ts'
import { PagerAnswers } from './pager-answers.ts'
import { PagerBundles } from './pager-bundles.ts'
import { PagerDuties } from './pager-duties.ts'
import { type NoticeFate, PagerNotices } from './pager-notices.ts'
import { PagerStore } from './pager-store.ts'
import { Refresh } from './storage/refresh.ts'
import { TimedObject } from './storage/timed-object.ts'

/** Queue batches hold at most 100 messages. */
const BATCH = 100

/** What a consumer is to silence has the incident's id after this. */
const SILENCE = 'silence-'

/** A bundle names so many incidents. */
const BUNDLE_ASKS = 50

/** A storm's outcomes are told in rounds: the rest stays due, and the alarm comes again. */
const REPORTS_AT_ONCE = 200

/** What is known of a user's shifts gets too old by itself, also when nobody changes anything. */
const DUTIES_KEPT_MS = 12 * 60 * 60_000

/**
 * One user's pages: walks their notification preferences (the alarm), hands out reply codes, and knows of each
 * notification whether it went out. Beside them, what the user should only know: of their shifts by itself, and notices of
 * others. Named by the user's id. The rules are in `src/notifications/`: `paging.ts`, `duties.ts` and `notices.ts`.
 */
export class Pager extends TimedObject {
  readonly #store: PagerStore
  readonly #bundles: PagerBundles
  readonly #notices: PagerNotices
  readonly #duties: PagerDuties
  readonly #answers: PagerAnswers
  readonly #refresh: Refresh<PagerProfile>

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#store = new PagerStore(ctx.storage)
    this.#bundles = new PagerBundles(ctx.storage, this.#store)
    this.#notices = new PagerNotices(ctx.storage)
    this.#duties = new PagerDuties(ctx.storage)
    this.#answers = new PagerAnswers(ctx.storage, env, () => this.arm())
    this.#refresh = new Refresh({
      load: () => loadPagerProfile(env, this.#userId),
      keep: (profile) => this.#keep(profile),
      waitUntil: (promise) => ctx.waitUntil(promise),
    })
  }

  /** The directory pushes every change. */
  async configure(profile: PagerProfile): Promise<void> {
    this.#refresh.done()
    this.#keep(profile)
    await this.#queueNotices()
  }

  /** The user is gone: nothing of theirs is left behind. */
  async remove(): Promise<void> {
    // Whoever is waiting for this user hears that nobody is there.
    for (const { request, status } of this.#store.open()) {
      if (status !== 'open') continue
      await call(this.env.INCIDENT, String(request.incidentId), (incident) =>
        incident.record(this.#userId, [], request.pageNumber),
      )
    }
    this.#store.forget()
    this.#bundles.forget()
    this.#duties.forget()
    await this.forgetEverything()
    this.#store.removed = true
  }

  /** Asks for the user's attention. Safe to repeat; kept when it returns. */
  async page(request: PageRequest): Promise<void> {
    const { profile: last } = this.#store
    const profile = last || !this.#store.removed ? await this.#refresh.current(last) : null
    const known = this.#store.get(request.incidentId)
    if (known && known.request.pageNumber >= request.pageNumber) return
    this.#bundles.remember()
    const steps = profile?.steps[request.priority] ?? []
    const code = known && known.status !== 'resolved' ? known.code : this.#store.takeCode()
    await this.#queueDue([paging.startPage(request, steps, this.#userId, code, known)])
    await this.#report(request.incidentId)
  }

  /** Tells the user something that needs no answer. Safe to repeat; kept when it returns. */
  async notify(notice: Notice): Promise<void> {
    const { profile: last, removed } = this.#store
    // Without knowing where to, D1 must be asked.
    const profile = removed ? null : await this.#refresh.current(last?.duties ? last : null)
    const duties = profile?.duties
    if (!duties || this.#store.removed) return
    this.#tell([{ notice, targets: [] }], duties)
    await this.#queueNotices()
  }

  /** Sends one message to one contact, as a test of it, whatever the user's preferences say. */
  async tryContact(notice: Notice & { followed: true }, target: NoticeTarget): Promise<void> {
    const { profile: last, removed } = this.#store
    const profile = removed ? null : await this.#refresh.current(last)
    if (!profile) return
    this.#notices.tell(notice, this.#userId, [target], '')
    await this.#queueNotices()
  }

  /** What became of such a message so far; null: it is not known, or no longer. */
  fateOf(noticeId: string): NoticeFate | null {
    return this.#notices.fateOf(noticeId)
  }

  /** The page is over. The incident's outbox keeps the order, so the page itself has been here before. */
  async withdraw(withdrawal: Withdrawal): Promise<void> {
    const page = this.#store.get(withdrawal.incidentId)
    if (!page) return
    this.#store.save(paging.withdraw(page, withdrawal))
    await this.#silence(page)
    await this.#tellUpdate(page, withdrawal)
  }

  /** Something happened that ends no page. */
  async update(change: StatusChange): Promise<void> {
    const page = this.#store.get(change.incidentId)
    if (page) await this.#tellUpdate(page, change)
  }

  /**
   * A queue consumer wants to send this. The incident is asked first, because the word that it was answered may still be
   * on its way here; if it can't be asked, the page goes out: better once too often than not at all.
   */
  async claim(notificationId: string, consumer: string): Promise<Claim> {
    this.arm()
    if (notificationId.startsWith(SILENCE)) {
      const { devices } = this.#whom
      return { granted: true, silence: { incidentId: Number(notificationId.slice(SILENCE.length)), devices } }
    }
    if (noticeOf(notificationId) !== null) {
      const claim = this.#notices.claim(notificationId, consumer, this.#whom)
      this.arm()
      return claim
    }
    if (isBundleId(notificationId)) return this.#claimBundle(notificationId, consumer)
    const incidentId = incidentOf(notificationId)
    const page = this.#store.get(incidentId)
    if (!page) return { granted: false, reason: 'the page is over' }
    const refused = paging.refusal(page, notificationId, consumer, Date.now())
    if (refused) return { granted: false, reason: refused }
    return this.#grant(notificationId, consumer, await this.#asks(page))
  }

  /** What became of a claimed notification. */
  async settle(notificationId: string, delivery: Delivery): Promise<void> {
    if (noticeOf(notificationId) !== null) {
      this.#notices.settle(notificationId, delivery)
      return this.#queueNotices()
    }
    if (isBundleId(notificationId)) {
      return this.#keepTold(this.#bundles.settle(notificationId, delivery, this.#user, Date.now()))
    }
    const incidentId = incidentOf(notificationId)
    const page = this.#store.get(incidentId)
    if (!page) return
    await this.#queueDue([paging.settle(page, notificationId, delivery, this.#user, Date.now())])
    await this.#report(incidentId)
  }

  /**
   * What a carrier says later of a message that it took. Safe to repeat.
   *
   * @returns which message that was; null: it is not known any more
   */
  async receipt(notificationId: string, receipt: Receipt): Promise<Received | null> {
    if (noticeOf(notificationId) !== null) return this.#notices.receive(notificationId, receipt)
    if (isBundleId(notificationId)) return this.#bundleReceipt(notificationId, receipt)
    const incidentId = incidentOf(notificationId)
    const page = this.#store.get(incidentId)
    const notification = page?.notifications.find(({ id }) => id === notificationId)
    if (!page || !notification) return null
    if (notification.channel === 'VOICE') this.#bundles.callEnded(notification.target, Date.now())
    await this.#queueDue([paging.receive(page, notificationId, receipt, this.#user, Date.now())])
    await this.#report(incidentId)
    return { incidentId, channel: notification.channel, target: notification.target }
  }

  /** An answer on any channel, and what to tell the person: always something. */
  async answer(question: Question, channel: AnswerChannel): Promise<string> {
    const open = this.#store.open()
    const understood = understand(question, open, (code) => this.#store.byCode(code))
    if (!understood.act) return understood.message
    const actor = { type: 'user' as const, userId: this.#userId, name: this.#store.profile?.name ?? 'a user', channel }
    if ('pages' in understood) {
      const incidentIds = understood.pages.map(({ request }) => request.incidentId)
      return answerAllText(understood.act, await this.#answers.answer(understood.act, actor, incidentIds))
    }
    const act: Act = understood.act === 'escalate' ? { type: 'escalate', level: null } : { type: understood.act }
    const result = await askIncident(this.env, understood.page.request.incidentId, act, actor)
    return answerText(understood.act, result, understood.page, actor)
  }

  /**
   * What a call reads out when it is taken: the incident, or that it is over. The incident is asked as for a claim.
   *
   * @param notificationId or only its incident's id
   */
  async callScript(notificationId: string): Promise<CallScript> {
    if (!isBundleId(notificationId)) return this.#callScriptOf(this.#store.get(incidentOf(notificationId)))
    const told = this.#bundles.get(notificationId)?.incidentIds ?? []
    const waiting = this.#store
      .open()
      .filter(
        ({ status, lastSentAt, request }) => status === 'open' && (lastSentAt > 0 || told.includes(request.incidentId)),
      )
    const [only = null] = waiting
    // Whoever hears it was told of all of it, also where its carrier said so too late.
    for (const page of waiting) if (page.lastSentAt === 0) this.#store.save({ ...page, lastSentAt: Date.now() })
    return waiting.length < 2
      ? this.#callScriptOf(only)
      : bundleCallScript(waiting, this.#store.profile?.language ?? 'en')
  }

  /** What else waits for this person, for a call that is through with `done`. Null: nothing. */
  async nextCallScript(done: number[]): Promise<CallScript | null> {
    for (const page of this.#store.open()) {
      if (page.status !== 'open' || done.includes(page.request.incidentId)) continue
      const script = await this.#callScriptOf(page)
      if (script.incidentId !== null) return script
    }
    return null
  }

  hasOpenPages(): boolean {
    return this.#store.open().length > 0
  }

  protected override nextDue(): number | null {
    const parts = [this.#store, this.#bundles, this.#notices, this.#duties, this.#answers]
    const due = parts.map((part) => part.nextDue()).filter((at) => at !== null)
    return due.length > 0 ? Math.min(...due) : null
  }

  /** Pages come first. */
  protected override async onDue(now: number): Promise<void> {
    const due = this.#store.due(now)
    await this.#queueDue(due, { kept: true })
    await this.#queueBundles(now)
    await this.#lookAtDuties(now)
    await this.#queueNotices()
    await this.#reportAll(due)
    await this.#answers.workOff(now)
  }

  async #callScriptOf(page: PageState | null): Promise<CallScript> {
    const asks = page?.status === 'open' && (await this.#asks(page))
    return callScript(page, asks, this.#store.profile?.language ?? 'en')
  }

  /** Whether the incident still waits for this user. If it can't be asked: better once too often than not at all. */
  #asks({ request: { incidentId, pageNumber } }: PageState): Promise<boolean> {
    return call(this.env.INCIDENT, String(incidentId), (incident) => incident.isPaging(this.#userId, pageNumber)).catch(
      () => true,
    )
  }

  /** Asks the incidents that it will name; of the others it only says how many they are. */
  async #claimBundle(id: string, consumer: string): Promise<Claim> {
    const asked = this.#bundles.waitingFor(id).slice(0, BUNDLE_ASKS)
    await inParallel(asked, CONNECTIONS, async (page) => {
      if (!(await this.#asks(page))) this.#answeredMeanwhile(page.request)
    })
    const claim = this.#bundles.claim(id, consumer, Date.now())
    this.arm()
    if (!claim.granted) return claim
    const { channel, target, waiting, pages } = claim
    const [only] = pages
    return waiting === 1 && only
      ? { granted: true, notification: { ...this.#whom, id, channel, target, ...only } }
      : { granted: true, bundle: { ...this.#whom, id, channel, target, waiting, pages } }
  }

  async #bundleReceipt(id: string, receipt: Receipt): Promise<Received | null> {
    const bundle = this.#bundles.get(id)
    if (!bundle) return null
    if (bundle.channel === 'VOICE') this.#bundles.callEnded(bundle.target, Date.now())
    await this.#keepTold(this.#bundles.receive(id, receipt, this.#user, Date.now()))
    return { incidentId: null, channel: bundle.channel, target: bundle.target }
  }

  async #queueBundles(now: number): Promise<void> {
    const { queue, lost } = this.#bundles.takeDue(now)
    for (const bundle of lost) await this.#queueDue(this.#bundles.giveUp(bundle, this.#user, now))
    this.arm()
    await this.#queue(queue)
  }

  /** The pages that a bundle told of. */
  async #keepTold(pages: PageState[]): Promise<void> {
    await this.#queueDue(pages)
    await this.#reportAll(pages)
  }

  async #reportAll(pages: PageState[]): Promise<void> {
    await inParallel(pages.slice(0, REPORTS_AT_ONCE), CONNECTIONS, (page) => this.#report(page.request.incidentId))
  }

  #answeredMeanwhile({ incidentId, pageNumber }: PageRequest): void {
    const page = this.#store.get(incidentId)
    const withdrawal = { incidentId, pageNumber, reason: 'answered', message: 'answered meanwhile' } as const
    if (!page) return
    this.#store.save(paging.withdraw(page, withdrawal))
    this.ctx.waitUntil(this.#silence(page))
  }

  /** Some devices ring until they are told to stop. That is a matter of a carrier, and so of a consumer. */
  async #silence({ status, request, notifications }: PageState): Promise<void> {
    const rings = notifications.some(
      ({ channel, attempts, bundleId }) => channel === 'PUSH' && (attempts > 0 || bundleId !== undefined),
    )
    const { devices = [] } = this.#store.profile ?? {}
    if (status !== 'open' || !rings || !devices.some(isSilenceable)) return
    await this.#queue([`${SILENCE}${request.incidentId}`])
  }

  async #tellUpdate(page: PageState, change: StatusChange): Promise<void> {
    const { profile } = this.#store
    const news = profile && statusUpdate(page, change, profile, Date.now())
    if (!news || !profile?.duties) return
    this.#tell([news], profile.duties)
    await this.#queueNotices()
  }

  async #lookAtDuties(now: number): Promise<void> {
    const dueAt = this.#duties.nextDue()
    const { profile } = this.#store
    if (dueAt === null || dueAt > now || !profile?.duties) return
    this.#tell(this.#duties.look(profile.duties, this.#userId, now), profile.duties)
    await this.#refresh.current(profile)
  }

  /** In the transaction that found out what to tell. */
  #tell(news: DutyNews[], { reminders, email }: Duties): void {
    for (const { notice, targets } of news) {
      this.#notices.tell(notice, this.#userId, targets.length > 0 ? targets : reminders, email)
    }
    this.arm()
  }

  async #queueNotices(): Promise<void> {
    const due = this.#notices.takeDue(Date.now())
    this.arm()
    await this.#queue(due)
  }

  /** Saves the pages with what is due marked as queued, then queues it. What the queue loses comes back with its lease. */
  async #queueDue(pages: PageState[], { kept = false } = {}): Promise<void> {
    const due: string[] = []
    const quiet = this.#store.profile?.quiet
    for (const before of pages) {
      const now = Date.now()
      const { page, queue } = paging.takeDue(putOff(before, quiet, this.#user, now), this.#user, now, (one) =>
        this.#bundles.admit(before, one, now),
      )
      if (!kept || page !== before) this.#store.save(page)
      due.push(...queue)
    }
    this.arm()
    await this.#queue(due)
  }

  async #queue(notificationIds: string[]): Promise<void> {
    const userId = this.#userId
    const messages = notificationIds.map((notificationId) => ({
      body: { userId, notificationId } satisfies QueuedNotification,
    }))
    for (let from = 0; from < messages.length; from += BATCH) {
      await this.env.NOTIFICATIONS.sendBatch(messages.slice(from, from + BATCH)).catch((error: unknown) => {
        log.error('notifications not queued, will try again', { userId, error })
      })
    }
  }

  /** Nothing is awaited between reading and writing here, so two claims of one notification can't both be granted. */
  #grant(notificationId: string, consumer: string, incidentAsks: boolean): Claim {
    const page = this.#store.get(incidentOf(notificationId))
    const now = Date.now()
    const refused = !page ? 'the page is over' : paging.refusal(page, notificationId, consumer, now)
    if (!page || refused) return { granted: false, reason: refused ?? 'the page is over' }
    if (!incidentAsks) {
      this.#answeredMeanwhile(page.request)
      return { granted: false, reason: 'the incident was answered' }
    }
    const claimed = paging.claim(page, notificationId, consumer, now)
    this.#store.save(claimed)
    this.arm()
    const notification = claimed.notifications.find(({ id }) => id === notificationId) as paging.Notification
    const { channel, target } = notification
    return {
      granted: true,
      notification: { ...this.#whom, id: notificationId, channel, target, code: page.code, page: page.request },
    }
  }

  /** Whom messages are for, as channels need to know it. */
  get #whom(): Pick<OutgoingNotification, 'user' | 'devices'> {
    const { name = '', language = 'en', devices = [] } = this.#store.profile ?? {}
    return { user: { userId: this.#userId, name, language }, devices }
  }

  /** Tells the incident what became of its notifications; what it could not hear now it hears when the alarm rings. */
  async #report(incidentId: number): Promise<void> {
    const told = this.#store.get(incidentId)
    if (!told || told.reportAt === null) return
    const { reports, unreachable, request } = told
    try {
      await call(this.env.INCIDENT, String(incidentId), (incident) =>
        incident.record(this.#userId, reports, unreachable ? request.pageNumber : null),
      )
    } catch (error) {
      log.warn('outcome not reported yet, will try again', { incident: request.reference, error })
      const page = this.#store.get(incidentId)
      if (page) this.#store.save(paging.reportLater(page, Date.now()))
      this.arm()
      return
    }
    const page = this.#store.get(incidentId)
    if (page) this.#store.save(paging.reported(page, told))
  }

  #keep(profile: PagerProfile): void {
    const known = this.#store.profile
    if (this.#store.removed || (known && !isNewer(profile, known))) return
    this.#store.profile = profile
    const news = this.#duties.follow(known?.duties, profile.duties, this.#userId, Date.now())
    if (profile.duties) this.#tell(news, profile.duties)
    if (known && JSON.stringify(known.quiet) !== JSON.stringify(profile.quiet)) {
      for (const page of this.#store.open()) {
        const forward = bringForward(page, profile.quiet, Date.now())
        if (forward !== page) this.#store.save(forward)
      }
      this.arm()
    }
    // Revisions count every change of the deployment; pages are touched only by a change of these preferences.
    if (known && JSON.stringify(known.steps) === JSON.stringify(profile.steps)) return
    for (const page of this.#store.open()) {
      const changed = paging.reschedule(page, profile.steps[page.request.priority], this.#userId, Date.now())
      if (changed !== page) this.#store.save(changed)
    }
    this.arm()
  }

  get #user(): paging.User {
    return { id: this.#userId, name: this.#store.profile?.name ?? '' }
  }

  get #userId(): number {
    // The platform does not tell the name to an object that is woken by its id alone.
    return Number(this.ctx.id.name ?? this.#store.profile?.userId)
  }
}

/** Two profiles of one revision say the same, except for the shifts that are far enough from now. */
function isNewer(profile: PagerProfile, known: PagerProfile): boolean {
  const age = (profile.duties?.loadedAt ?? 0) - (known.duties?.loadedAt ?? 0)
  return profile.revision > known.revision || (profile.revision === known.revision && age >= DUTIES_KEPT_MS)
}

/** Ids of pages' notifications begin with their incident's. */
function incidentOf(notificationId: string): number {
  return Number(notificationId.split('-', 1)[0])
}
