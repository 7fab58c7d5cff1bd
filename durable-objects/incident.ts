import type { InboundEvent } from '../src/alert-sources/event.ts'
import { freshSchedules } from '../src/directory/schedules/fresh-schedules.ts'
import type { Env } from '../src/env.ts'
import type { Change } from '../src/incidents/draft.ts'
import { scheduleIdsOf, withSchedules } from '../src/incidents/level-members.ts'
import { act, nextDeadline, open, passTime, receiveEvent, reportUnreachable } from '../src/incidents/lifecycle.ts'
import type {
  Act,
  Actor,
  ActResult,
  Effect,
  IncidentState,
  NotificationReport,
  Opening,
  PlannedSchedule,
} from '../src/incidents/model.ts'
import { snapshot } from '../src/incidents/snapshot.ts'
import type { TimelineEntry } from '../src/incidents/timeline.ts'
import { publishLive } from '../src/live.ts'
import { call } from '../src/objects.ts'
import { IncidentStore, type StoredEntry, type TimelinePage } from './incident-store.ts'
import { Outbox } from './storage/outbox.ts'
import { TimedObject } from './storage/timed-object.ts'

/** What the alert source hears of an event it passed on. */
export interface Receipt {
  /** The status before the event; null when this incident was never opened. */
  was: IncidentState['status'] | null
  /** False: the incident is over, or not pending where that was asked for, and the event belongs elsewhere. */
  taken: boolean
}

type Leaving = Effect | { type: 'project' }

/**
 * One incident: its state, its escalation (the alarm), its timeline, and an outbox. Named by the incident's numeric id.
 * The rules are in `src/incidents/`; here is what keeps them.
 */
export class Incident extends TimedObject {
  readonly #store: IncidentStore
  readonly #outbox: Outbox<Leaving>
  #publishedAt = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#store = new IncidentStore(ctx.storage)
    this.#outbox = new Outbox(ctx.storage.sql, {
      receiver: (message) => ('userId' in message ? `user ${message.userId}` : message.type),
      deliver: (message) => this.#deliver(message),
    })
  }

  /**
   * Opens the incident and pages the first level. The alert source repeats this until it is confirmed, so its row
   * stands for what is under way here, and no alarm of our own has to.
   */
  async open(opening: Opening): Promise<void> {
    if (!this.#store.state) {
      // What the source was told may be behind: a schedule placed by hand runs out, an override is a moment old.
      const schedules = await freshSchedules(this.env, scheduleIdsOf(opening.plan))
      // While that was read, the same opening may have come again.
      if (!this.#store.state) {
        this.#commit(open({ ...opening, plan: withSchedules(opening.plan, schedules) }, Date.now()))
      }
    }
    await this.#outbox.drain()
    this.arm()
  }

  /**
   * An event of the incident's own source. Kept when this returns.
   *
   * @param onlyPending not taken when the incident is accepted meanwhile
   */
  async receive(event: InboundEvent, onlyPending: boolean): Promise<Receipt> {
    const { state } = this.#store
    if (!state) return { was: null, taken: false }
    const change = onlyPending && state.status !== 'PENDING' ? null : receiveEvent(state, event, Date.now())
    if (!change) return { was: state.status, taken: false }
    // A repeat changes only counts: the read model hears of those with the next real change, or from the watchdog's round.
    const repeat = event.type === 'ALERT' || event.type === 'COMMENT'
    this.#commit(change, { project: !repeat })
    this.#afterCommit()
    return { was: state.status, taken: true }
  }

  async act(asked: Act, actor: Actor): Promise<ActResult> {
    const page = this.#pageOf(actor)
    const schedules = asked.type === 'escalate' ? await this.#schedulesNow() : []
    const state = this.#stateBy(schedules)
    if (!state) return { outcome: 'no-such-incident', message: 'There is no such incident', status: null }
    // Their page ended while the schedules were read: a second press must not page one level more.
    if (asked.type === 'escalate' && page !== null && page !== this.#pageOf(actor)) {
      const message = `${state.reference} was answered or escalated just now: look at it before you escalate again`
      return { outcome: 'not-possible', message, status: state.status }
    }
    const { change, result } = act(state, asked, actor, Date.now())
    if (change) {
      this.#commit(change)
      this.#afterCommit()
    } else this.arm()
    return result
  }

  /** Whether this page still asks for the user's attention: asked before anything is sent for it. */
  isPaging(userId: number, pageNumber: number): boolean {
    this.arm()
    const responder = this.#store.state?.responders.find((candidate) => candidate.userId === userId)
    return responder?.status === 'PENDING' && responder.pageNumber === pageNumber
  }

  /** What became of notifications; `unreachablePage`: the page whose every channel failed. Safe to repeat. */
  async record(userId: number, reports: NotificationReport[], unreachablePage: number | null): Promise<void> {
    const schedules = unreachablePage === null ? [] : await this.#schedulesNow()
    const state = this.#stateBy(schedules)
    if (!state) return
    const fresh = reports.filter((report) => !this.#store.hasReport(report))
    const change = unreachablePage === null ? null : reportUnreachable(state, userId, unreachablePage, Date.now())
    const entries = fresh.map((report): TimelineEntry => ({ type: 'notification', report }))
    if (change) {
      change.entries.unshift(...entries)
      this.#commit(change)
      this.#afterCommit()
    } else if (entries.length > 0) {
      this.#store.append(entries, Date.now())
      this.#publish(true)
    }
  }

  /** The watchdog found this overdue in the read model: does what is due, and tells the read model how things are. */
  override async poke(): Promise<void> {
    if (this.#store.state) this.#outbox.put([{ type: 'project' }])
    await super.poke()
  }

  /** The watchdog's round: the read model has this version, or 0 for none. A queue may have lost a newer one. */
  visit(knownVersion: number): void {
    const { state } = this.#store
    if (!state) return
    if (state.version > knownVersion) this.#outbox.put([{ type: 'project' }])
    this.#afterCommit()
  }

  describe(): IncidentState | null {
    this.arm()
    return this.#store.state
  }

  timeline(page: TimelinePage): StoredEntry[] {
    return this.#store.timeline(page)
  }

  protected override nextDue(): number | null {
    const { state } = this.#store
    if (!state) return null
    const due = [nextDeadline(state), this.#outbox.nextDue()].filter((at) => at !== null)
    return due.length > 0 ? Math.min(...due) : null
  }

  protected override async onDue(now: number): Promise<void> {
    const schedules = this.#mayPage(now) ? await this.#schedulesNow() : []
    const state = this.#stateBy(schedules)
    if (!state) return
    const change = passTime(state, Date.now())
    if (change) this.#commit(change)
    await this.#outbox.drain()
  }

  /** The page that asks this person for attention now. */
  #pageOf(actor: Actor): number | null {
    const { responders = [] } = this.#store.state ?? {}
    const own = responders.find(({ userId }) => actor.type === 'user' && userId === actor.userId)
    return own?.status === 'PENDING' ? own.pageNumber : null
  }

  /** Whether something is due that asks for people's attention: of retries and of the end nobody needs to be on call. */
  #mayPage(now: number): boolean {
    const { status, escalation, snoozedUntil } = this.#store.state ?? {}
    const dueAt = status === 'PENDING' ? escalation?.dueAt : status === 'ACCEPTED' ? snoozedUntil : null
    return typeof dueAt === 'number' && dueAt <= now
  }

  /**
   * The plan's schedules as they are now: whoever took over a shift a minute ago is paged for it, though the incident was
   * opened before. None where the plan names none or D1 fails; then those that came with the plan go on.
   *
   * This waits, and others change the state meanwhile: nothing that was read from the state before holds after it.
   */
  async #schedulesNow(): Promise<PlannedSchedule[]> {
    const { state } = this.#store
    return state && state.status !== 'RESOLVED' ? freshSchedules(this.env, scheduleIdsOf(state.plan)) : []
  }

  /** The state as it is, by these schedules. They are kept with the change that follows, if one does. */
  #stateBy(schedules: PlannedSchedule[]): IncidentState | null {
    const { state } = this.#store
    return state && { ...state, plan: withSchedules(state.plan, schedules) }
  }

  /** All of a change or nothing: what is written before an exception would otherwise stay. */
  #commit(change: Change, { project = true } = {}): void {
    try {
      this.ctx.storage.transactionSync(() => {
        this.#store.save(change.state)
        this.#store.append(change.entries, Date.now())
        this.#outbox.put(project ? [...change.effects, { type: 'project' }] : change.effects)
      })
    } catch (error) {
      this.#store.reload()
      throw error
    }
    this.#publish(project)
  }

  #afterCommit(): void {
    this.arm()
    this.ctx.waitUntil(this.#outbox.drain())
  }

  async #deliver(message: Leaving): Promise<void> {
    const { state } = this.#store
    if (!state) return
    switch (message.type) {
      case 'page':
        return call(this.env.PAGER, String(message.userId), (pager) => pager.page(message.page))
      case 'withdraw':
        return call(this.env.PAGER, String(message.userId), (pager) => pager.withdraw(message.withdrawal))
      case 'tell-source':
        return call(this.env.ALERT_SOURCE, String(state.source.id), (source) =>
          source.incidentChanged(state.id, message.status),
        )
      case 'project':
        // The newest state, whatever it was when this was written: the read model only wants the end of the story.
        await this.env.PROJECTIONS.send(snapshot(state))
    }
  }

  /** Open pages refetch. Best effort: they also refetch when they reconnect. A tool that repeats itself is heard once a second. */
  #publish(important: boolean): void {
    const { state } = this.#store
    const now = Date.now()
    if (!state || (!important && now - this.#publishedAt < REPEATS_PUBLISHED_MS)) return
    this.#publishedAt = now
    this.ctx.waitUntil(publishLive(this.env, { type: 'incident', id: state.id, version: state.version }))
  }
}

const REPEATS_PUBLISHED_MS = 1_000
