import type { InboundEvent } from '../src/alert-sources/event.ts'
import { freshMaintenance } from '../src/directory/fresh-maintenance.ts'
import { freshSchedules } from '../src/directory/schedules/fresh-schedules.ts'
import type { Env } from '../src/env.ts'
import type { Change } from '../src/incidents/draft.ts'
import { nextPaging } from '../src/incidents/hold.ts'
import { scheduleIdsOf, withSchedules } from '../src/incidents/level-members.ts'
import {
  act,
  changeMaintenance,
  mayNotify,
  nextDeadline,
  open,
  passTime,
  receiveEvent,
  reportUnreachable,
} from '../src/incidents/lifecycle.ts'
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
import type { MaintenanceWindow } from '../src/maintenance/model.ts'
import { call } from '../src/objects.ts'
import { IncidentStore, type StoredEntry, type TimelinePage } from './incident-store.ts'
import { Outbox } from './storage/outbox.ts'
import { TimedObject } from './storage/timed-object.ts'

/** What the alert source hears of an event it passed on. */
export interface Receipt {
  /** The status before the event; null when this incident was never opened. */
  was: IncidentState['status'] | null
  /** The status after it: a RESOLVE may wait whether the problem comes back. */
  status: IncidentState['status'] | null
  /** False: the incident is over, or not pending where that was asked for, and the event belongs elsewhere. */
  taken: boolean
}

type Leaving = Effect | { type: 'project' }

/** What D1 says now; `maintenance` null: it says nothing. */
interface Fresh {
  schedules: PlannedSchedule[]
  maintenance: MaintenanceWindow[] | null
}
const NOTHING_READ: Fresh = { schedules: [], maintenance: null }

/**
 * One incident: its state, its escalation (the alarm), its timeline, and an outbox. Named by the incident's numeric id.
 * The rules are in `src/incidents/`; here is what keeps them.
 */
export class Incident extends TimedObject {
  readonly #store: IncidentStore
  readonly #outbox: Outbox<Leaving>
  #publishedAt = 0
  /** The source's maintenance windows, newer than those of the state where no change has kept them yet. */
  #maintenance: MaintenanceWindow[] | null = null
  #maintenanceReadAt = 0

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
      // Maintenance is not: the source has just looked at the windows that it is told of at once.
      const schedules = await freshSchedules(this.env, scheduleIdsOf(opening.plan))
      // While that was read, the same opening may have come again.
      if (!this.#store.state) {
        this.#maintenanceReadAt = Date.now()
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
    // The problem came back before its resolve took effect: levels that are due since are paged now.
    const comesBack = event.type === 'ALERT' && typeof this.#store.state?.resolvingAt === 'number'
    const state = this.#stateBy(comesBack ? await this.#readFresh() : NOTHING_READ)
    if (!state) return { was: null, status: null, taken: false }
    const { status: was } = state
    const change = onlyPending && was !== 'PENDING' ? null : receiveEvent(state, event, Date.now())
    if (!change) return { was, status: was, taken: false }
    // A repeat changes only counts: the read model hears of those with the next real change, or from the watchdog's round.
    const repeat = !comesBack && (event.type === 'ALERT' || event.type === 'COMMENT')
    this.#commit(change, { project: !repeat })
    this.#afterCommit()
    return { was, status: change.state.status, taken: true }
  }

  async act(asked: Act, actor: Actor): Promise<ActResult> {
    const page = this.#pageOf(actor)
    const state = this.#stateBy(asked.type === 'escalate' ? await this.#readFresh() : NOTHING_READ)
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

  /** Whether this page still asks for the user's attention, and may: asked before anything is sent for it. */
  async isPaging(userId: number, pageNumber: number): Promise<boolean> {
    this.arm()
    const isRead = Date.now() - this.#maintenanceReadAt < MAINTENANCE_KEPT_MS
    const state = this.#stateBy(isRead ? NOTHING_READ : await this.#readFresh())
    if (!state) return false
    const { may, change } = mayNotify(state, userId, pageNumber, Date.now())
    if (change) {
      this.#commit(change)
      this.#afterCommit()
    }
    return may
  }

  /** The source's maintenance windows are these now: what waits for the end of one may go on, or has to wait longer. */
  async maintenanceChanged(maintenance: MaintenanceWindow[]): Promise<void> {
    // Also where nothing waits yet: the next message asks.
    this.#maintenance = maintenance
    this.#maintenanceReadAt = Date.now()
    if (typeof this.#store.state?.heldUntil !== 'number') return
    const { schedules } = await this.#readFresh()
    // By the windows that are known now: later ones may have come meanwhile.
    this.#followMaintenance({ schedules, maintenance: null })
  }

  /** What became of notifications; `unreachablePage`: the page whose every channel failed. Safe to repeat. */
  async record(userId: number, reports: NotificationReport[], unreachablePage: number | null): Promise<void> {
    const state = this.#stateBy(unreachablePage === null ? NOTHING_READ : await this.#readFresh())
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
  async visit(knownVersion: number): Promise<void> {
    const { state } = this.#store
    if (!state) return
    if (state.version > knownVersion) this.#outbox.put([{ type: 'project' }])
    this.#afterCommit()
    // The word that a window is over or shorter may have been lost.
    if (typeof state.heldUntil !== 'number') return
    const fresh = await this.#readFresh()
    if (fresh.maintenance) this.#followMaintenance(fresh)
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
    const state = this.#stateBy(this.#mayPage(now) ? await this.#readFresh() : NOTHING_READ)
    if (!state) return
    const change = passTime(state, Date.now())
    if (change) this.#commit(change)
    await this.#outbox.drain()
  }

  #followMaintenance(fresh: Fresh): void {
    const state = this.#stateBy(fresh)
    const change = state && changeMaintenance(state, state.maintenance ?? [], Date.now())
    if (!change) return
    this.#commit(change)
    this.#afterCommit()
  }

  /** The page that asks this person for attention now. */
  #pageOf(actor: Actor): number | null {
    const { responders = [] } = this.#store.state ?? {}
    const own = responders.find(({ userId }) => actor.type === 'user' && userId === actor.userId)
    return own?.status === 'PENDING' ? own.pageNumber : null
  }

  /** Whether something is due that asks for people's attention: of retries and of the end nobody needs to be on call. */
  #mayPage(now: number): boolean {
    const { state } = this.#store
    const dueAt = state && typeof state.resolvingAt !== 'number' ? nextPaging(state) : null
    return dueAt !== null && dueAt <= now
  }

  /**
   * The plan's schedules and the source's maintenance windows as they are now: whoever took over a shift a minute ago is
   * paged for it, though the incident was opened before, and a window made since holds it back. Where D1 fails, those that
   * are known go on.
   *
   * This waits, and others change the state meanwhile: nothing that was read from the state before holds after it.
   */
  async #readFresh(): Promise<Fresh> {
    const { state } = this.#store
    if (!state || state.status === 'RESOLVED') return NOTHING_READ
    const [schedules, maintenance] = await Promise.all([
      freshSchedules(this.env, scheduleIdsOf(state.plan)),
      freshMaintenance(this.env, state.source.id),
    ])
    // Also where D1 fails: nothing that is sent waits for it again and again.
    this.#maintenanceReadAt = Date.now()
    return { schedules, maintenance }
  }

  /** The state as it is, by what was read. That is kept with the change that follows, if one does. */
  #stateBy({ schedules, maintenance }: Fresh): IncidentState | null {
    const { state } = this.#store
    if (maintenance) this.#maintenance = maintenance
    if (!state) return null
    return {
      ...state,
      plan: withSchedules(state.plan, schedules),
      maintenance: this.#maintenance ?? state.maintenance ?? [],
    }
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
      case 'update':
        return call(this.env.PAGER, String(message.userId), (pager) => pager.update(message.update))
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
/** How old they may be when a message goes out: each of them asks. */
const MAINTENANCE_KEPT_MS = 30_000
