import type { AlertSourceConfig } from '../src/alert-sources/config.ts'
import type { InboundEvent, Priority } from '../src/alert-sources/event.ts'
import { effectivePriority, findGroup, groupKey } from '../src/alert-sources/grouping.ts'
import type { IncidentName, ReceiveContext, ReceiveResult } from '../src/alert-sources/receive.ts'
import { loadAlertSourceConfig } from '../src/directory/publish.ts'
import type { Env } from '../src/env.ts'
import type { IncidentStatus, Opening, Person } from '../src/incidents/model.ts'
import { incidentId, incidentNumber, incidentReference } from '../src/incidents/reference.ts'
import { LIMITS } from '../src/limits.ts'
import { log } from '../src/log.ts'
import { call } from '../src/objects.ts'
import { AlertSourceStore, type DroppedEvent, type EventOutline, REMEMBER_RESOLVED_MS } from './alert-source-store.ts'
import type { Receipt } from './incident.ts'
import { Openings } from './openings.ts'
import { Refresh } from './storage/refresh.ts'
import { TimedObject } from './storage/timed-object.ts'

/** An incident that a person reports. */
export interface ManualOpening {
  summary: string
  details: string | null
  priority: Priority | null
  severity: number | null
  openedBy: string
  /** Only these are paged, with no further escalation. Null: the source's policy. */
  responders: Person[] | null
}

/**
 * One alert source: takes its events in order, finds the incident each belongs to, opens new ones, and remembers which
 * are open. Named by the source's id.
 */
export class AlertSource extends TimedObject {
  readonly #store: AlertSourceStore
  readonly #openings: Openings
  readonly #refresh: Refresh<AlertSourceConfig>

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#store = new AlertSourceStore(ctx.storage)
    this.#openings = new Openings(this.#store, (opening) =>
      call(env.INCIDENT, String(opening.id), (incident) => incident.open(opening)),
    )
    this.#refresh = new Refresh({
      load: () => loadAlertSourceConfig(env, this.#sourceId),
      keep: (config) => this.#keep(config),
      waitUntil: (promise) => ctx.waitUntil(promise),
    })
  }

  /** The directory pushes every change. */
  configure(config: AlertSourceConfig): void {
    this.#refresh.done()
    this.#keep(config)
  }

  async receive(event: InboundEvent, context: ReceiveContext): Promise<ReceiveResult> {
    this.arm()
    const known = this.#store.config
    const config = known || !this.#store.removed ? await this.#refresh.current(known) : null
    if (!config) return KEY_REFUSED
    if (!isTaken(config, context)) {
      return context.accepted ? this.#drop(event, context, 'its integration key was revoked meanwhile') : KEY_REFUSED
    }
    if (!config.active) return this.#drop(event, context, 'the alert source is switched off')

    const key = groupKey(event, context.eventId, config)
    if (key.startsWith('event:')) {
      const opened = this.#store.openedBy(key)
      if (opened !== null) return { outcome: 'appended', incident: this.#name(config, opened), key: event.key }
    }
    // An incident that turns out to be over, or no longer as remembered, is corrected here and so not found again.
    for (;;) {
      const found = findGroup(key, config, this.#store, context.receivedAt)
      if (!found) break
      const onlyPending = config.grouping === 'one-pending' && found.by === 'mode'
      const { was, taken } = await this.#pass(event, found.number, onlyPending)
      if (taken && was) return this.#passed(event, config, found.number, was)
      this.#store.setStatus(found.number, was ?? 'RESOLVED', Date.now())
    }
    if (event.type !== 'ALERT') {
      this.#store.recordDropped(context.receivedAt, `${event.type} with no open incident`, outline(event))
      return { outcome: 'no-open-incident', incident: null, key: event.key }
    }
    return { outcome: 'opened', incident: this.#open(config, key, openingOf(event, config, context)), key: event.key }
  }

  async openByHand(manual: ManualOpening): Promise<IncidentName> {
    const config = await this.#refresh.current(this.#store.config)
    if (!config || this.#store.removed) throw new Error('The alert source does not exist')
    const now = Date.now()
    const event: InboundEvent = {
      ...{ type: 'ALERT', key: null, images: [], links: [], comments: [], labels: {}, customDetails: null },
      ...{ summary: manual.summary, details: manual.details, priority: manual.priority, severity: manual.severity },
    }
    const opening = openingOf(event, config, { receivedAt: now })
    return this.#open(config, `event:${crypto.randomUUID()}`, {
      ...opening,
      openedBy: manual.openedBy,
      priority: manual.priority ?? config.defaultPriority,
      plan: manual.responders ? onlyThese(manual.responders, config) : config.plan,
    })
  }

  /** An incident of this source changed its status. */
  incidentChanged(id: number, status: IncidentStatus): void {
    this.#store.setStatus(incidentNumber(id).number, status, Date.now())
    this.arm()
  }

  /** The source is deleted: nothing is taken any more, and nothing is left behind. */
  async remove(): Promise<void> {
    // What was answered with a 2xx is opened first, whoever deletes what meanwhile; the directory comes again.
    if (!this.#openings.done) throw new Error('incidents of the source are still being opened')
    this.#store.forget()
    await this.forgetEverything()
    this.#store.removed = true
  }

  /** Ids of the newest open incidents, for the watchdog to see whether the read model has them. */
  openIncidents(most: number): number[] {
    return this.#store.openNumbers(most).map((number) => incidentId(this.#sourceId, number))
  }

  openCount(): number {
    return this.#store.openCount()
  }

  droppedEvents(): DroppedEvent[] {
    return this.#store.dropped()
  }

  protected override nextDue(): number | null {
    const due = [this.#store.forgetAt, this.#openings.nextDue()].filter((at) => at !== null)
    return due.length > 0 ? Math.min(...due) : null
  }

  protected override async onDue(now: number): Promise<void> {
    if (!this.#store.config) return
    const { forgetAt } = this.#store
    if (forgetAt !== null && forgetAt <= now) this.#store.forgetResolved(now - REMEMBER_RESOLVED_MS)
    await this.#openings.run()
  }

  /** Writes the promise: from here on the incident exists, whatever happens to this process. */
  #open(config: AlertSourceConfig, key: string, opening: Omit<Opening, 'id' | 'reference'>): IncidentName {
    const number = this.#store.nextNumber()
    const name = this.#name(config, number)
    this.#store.promise(number, key, { ...opening, ...name })
    this.#openings.add(number)
    this.arm()
    this.ctx.waitUntil(this.#openings.run())
    return name
  }

  /** Passes an event on to its incident, which is opened first if its turn has not come yet. */
  async #pass(event: InboundEvent, number: number, onlyPending: boolean): Promise<Receipt> {
    await this.#openings.open(number)
    const name = String(incidentId(this.#sourceId, number))
    return call(this.env.INCIDENT, name, (incident) => incident.receive(event, onlyPending))
  }

  #passed(event: InboundEvent, config: AlertSourceConfig, number: number, was: IncidentStatus): ReceiveResult {
    const incident = this.#name(config, number)
    const about = { incident, key: event.key }
    switch (event.type) {
      case 'ACCEPT':
        this.#store.setStatus(number, 'ACCEPTED', Date.now())
        return { ...about, outcome: was === 'PENDING' ? 'accepted' : 'already-accepted' }
      case 'RESOLVE':
        // Also heard from the incident's outbox; written now so that the next event opens a new incident at once.
        this.#store.setStatus(number, 'RESOLVED', Date.now())
        return { ...about, outcome: 'resolved' }
      default:
        return { ...about, outcome: 'appended' }
    }
  }

  #drop(event: InboundEvent, context: ReceiveContext, reason: string): ReceiveResult {
    this.#store.recordDropped(context.receivedAt, reason, outline(event))
    return { outcome: 'dropped', incident: null, key: event.key, reason }
  }

  #keep(config: AlertSourceConfig): void {
    const known = this.#store.config
    if (this.#store.removed || (known && !isNewer(config, known))) return
    this.#store.config = config
    log.info('alert source configured', { sourceId: config.sourceId, revision: config.revision })
  }

  #name(config: AlertSourceConfig, number: number): IncidentName {
    return { id: incidentId(config.sourceId, number), reference: incidentReference(config.shortName, number) }
  }

  get #sourceId(): number {
    return Number(this.ctx.id.name)
  }
}

const KEY_REFUSED: ReceiveResult = { outcome: 'key-refused', incident: null, key: null }

function isTaken(config: AlertSourceConfig, { keyGeneration, receivedAt }: ReceiveContext): boolean {
  if (keyGeneration === config.keyGeneration) return true
  const until = config.previousKeyValidUntil
  return keyGeneration === config.keyGeneration - 1 && until !== null && receivedAt < until
}

function openingOf(
  event: InboundEvent,
  config: AlertSourceConfig,
  { receivedAt }: Pick<ReceiveContext, 'receivedAt'>,
): Omit<Opening, 'id' | 'reference'> {
  const { key, summary, details, severity, links, images, labels, customDetails, comments } = event
  return {
    ...{ key, summary, details, severity, links, images, labels, customDetails, comments },
    source: { id: config.sourceId, name: config.name },
    priority: effectivePriority(event, config),
    plan: config.plan,
    autoResolveAfterMs: config.autoResolveAfterMs,
    tellEveryStatus: config.grouping === 'one-pending',
    openedAt: receivedAt,
    openedBy: null,
  }
}

/** Of one revision two differ where shifts are over since: the later ones that came in their place are wanted. */
function isNewer(config: AlertSourceConfig, known: AlertSourceConfig): boolean {
  if (config.revision !== known.revision) return config.revision > known.revision
  return JSON.stringify(config.plan.schedules) !== JSON.stringify(known.plan.schedules)
}

function onlyThese(people: Person[], { plan }: AlertSourceConfig): Opening['plan'] {
  const targets = people.map((person) => ({ type: 'user' as const, ...person }))
  return { ...plan, initialDelayMs: 0, passes: 1, levels: [{ timeoutMs: null, targets }], schedules: [] }
}

/** What the log of dropped events shows of one. */
function outline({ type, key, summary }: InboundEvent): EventOutline {
  return { eventType: type, incidentKey: key, summary: summary.slice(0, LIMITS.labelCharacters) }
}
