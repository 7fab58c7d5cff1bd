import { boundedEvent, type LooseEvent } from '../src/alert-sources/bounded-event.ts'
import type { AlertSourceConfig } from '../src/alert-sources/config.ts'
import type { Delivery, RawRequest } from '../src/alert-sources/delivery.ts'
import type { InboundEvent, Priority } from '../src/alert-sources/event.ts'
import { EventRate } from '../src/alert-sources/event-rate.ts'
import { findGroup, groupKey } from '../src/alert-sources/grouping.ts'
import type { HeartbeatView, Ping } from '../src/alert-sources/heartbeats/heartbeat.ts'
import type { PingContext, PingResult } from '../src/alert-sources/heartbeats/ping.ts'
import { maskedRequest } from '../src/alert-sources/masked-request.ts'
import { openingOf } from '../src/alert-sources/opening.ts'
import type { Processed } from '../src/alert-sources/processing/model.ts'
import { readDelivery } from '../src/alert-sources/read-delivery.ts'
import {
  type EventResult,
  eventIdOf,
  type IncidentName,
  type ReceiveContext,
  type Received,
} from '../src/alert-sources/receive.ts'
import { isSigned } from '../src/alert-sources/signing.ts'
import { loadAlertSourceConfig } from '../src/directory/publish.ts'
import type { Env } from '../src/env.ts'
import { inParallel } from '../src/in-parallel.ts'
import type { IncidentStatus, Opening, Person } from '../src/incidents/model.ts'
import { incidentId, incidentNumber, incidentReference } from '../src/incidents/reference.ts'
import { LIMITS } from '../src/limits.ts'
import { publishLive } from '../src/live.ts'
import { log } from '../src/log.ts'
import { maintenanceAt } from '../src/maintenance/maintenance.ts'
import type { MaintenanceWindow } from '../src/maintenance/model.ts'
import { call } from '../src/objects.ts'
import { AlertSourceStore, REMEMBER_RESOLVED_MS } from './alert-source-store.ts'
import { EventLog, type LogEntry, type LoggedEntry, logEntry, only } from './event-log.ts'
import { Heartbeat } from './heartbeat.ts'
import type { Receipt } from './incident.ts'
import { Openings } from './openings.ts'
import { Refresh } from './storage/refresh.ts'
import { TimedObject } from './storage/timed-object.ts'
import { Storms } from './storms.ts'
import { Suppressions } from './suppressions.ts'

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

/** An event on its way to its incident, with what the log tells of it. */
interface Incoming {
  /** As it came, but for what templates and rules made of it. */
  event: InboundEvent
  /** The same when it is delivered again. */
  eventId: string
  receivedAt: number
  processed: Processed | null
  request: RawRequest | null
  /** It was answered long ago and waited in a queue since. */
  late: boolean
  /** It had been taken before. */
  duplicate?: boolean
}

/**
 * One alert source: takes its events in order, finds the incident each belongs to, opens new ones, and remembers which
 * are open. Named by the source's id.
 */
export class AlertSource extends TimedObject {
  readonly #store: AlertSourceStore
  readonly #log: EventLog
  readonly #suppressions: Suppressions
  readonly #heartbeat: Heartbeat
  readonly #rate = new EventRate()
  readonly #pingRate = new EventRate()
  readonly #storms: Storms
  readonly #openings: Openings
  readonly #refresh: Refresh<AlertSourceConfig>
  #publishedAt = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#store = new AlertSourceStore(ctx.storage)
    this.#log = new EventLog(ctx.storage)
    this.#suppressions = new Suppressions(ctx.storage.sql)
    this.#heartbeat = new Heartbeat(ctx.storage)
    this.#storms = new Storms(this.#store, {
      open: (key, opening) =>
        incidentNumber(this.#open(this.#store.config as AlertSourceConfig, key, opening).id).number,
      pass: (event, number) => this.#pass(event, number, false),
    })
    this.#openings = new Openings(this.#store, (opening) =>
      call(env.INCIDENT, String(opening.id), (incident) => incident.open(opening)),
    )
    this.#refresh = new Refresh({
      load: () => loadAlertSourceConfig(env, this.#sourceId),
      keep: (config) => ctx.waitUntil(this.#keep(config)),
      waitUntil: (promise) => ctx.waitUntil(promise),
    })
  }

  /** The directory pushes every change. */
  async configure(config: AlertSourceConfig): Promise<void> {
    this.#refresh.done()
    await this.#keep(config)
  }

  async receive(delivery: Delivery, context: ReceiveContext): Promise<Received> {
    this.arm()
    const config = await this.#configuration()
    if (!config) return { taken: false, refusal: 'key' }
    if (!isTaken(config, context)) {
      if (!context.accepted) return { taken: false, refusal: 'key' }
      return this.#takeNothing(delivery, config, context, 'its integration key was revoked meanwhile')
    }
    if (!(await isSigned(delivery, config.signing, this.env.SECRET))) {
      if (!context.accepted) return { taken: false, refusal: 'signature', tool: config.signing?.tool ?? '' }
      return this.#takeNothing(delivery, config, context, 'it was not signed with the signing secret')
    }
    const events = delivery.way === 'events' ? Math.max(1, delivery.events.length) : 1
    const wait = context.accepted ? null : this.#rate.take(events, config.eventsPerMinute, context.receivedAt)
    if (wait !== null) {
      return { taken: false, refusal: 'rate', retryAfterSeconds: wait, eventsPerMinute: config.eventsPerMinute }
    }
    if (!config.active) return this.#takeNothing(delivery, config, context, 'the alert source is switched off')
    return this.#take(delivery, config, context)
  }

  /** A heartbeat reports. */
  async ping(ping: Ping, context: PingContext): Promise<PingResult> {
    this.arm()
    const config = await this.#configuration()
    if (!config || !isTaken(config, context)) return { taken: false, refusal: 'key' }
    if (!config.heartbeat) return { taken: false, refusal: 'no-heartbeat' }
    if (ping.kind !== 'log' && this.#pingRate.take(1, PINGS_PER_MINUTE, context.receivedAt) !== null)
      return { taken: false, refusal: 'rate' }
    const event = this.#heartbeat.ping(ping, config.heartbeat, config.name, quietUntil(config, ping.at) !== null)
    this.arm()
    if (event) await this.#beat(event, config, ping.at)
    this.#publish()
    return { taken: true, state: this.#heartbeat.view(Date.now()).state }
  }

  /** What its heartbeat knows; null: this source is none. */
  async heartbeat(): Promise<HeartbeatView | null> {
    const config = await this.#configuration()
    return config?.heartbeat ? this.#heartbeat.view(Date.now()) : null
  }

  async openByHand(manual: ManualOpening): Promise<IncidentName> {
    const config = await this.#configuration()
    if (!config) throw new Error('The alert source does not exist')
    const { summary, details, priority, severity } = manual
    const event = await boundedEvent({ type: 'ALERT', key: null, summary, details, priority, severity })
    const opening = openingOf(event, config, Date.now(), { priority, escalationPolicyId: null })
    return this.#open(config, `event:${crypto.randomUUID()}`, {
      ...opening,
      openedBy: manual.openedBy,
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
    this.#log.forget()
    this.#heartbeat.forget()
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

  /** What came lately and what became of it, newest first. */
  loggedEvents(most: number): LoggedEntry[] {
    return this.#store.config ? this.#log.list(most) : []
  }

  protected override nextDue(): number | null {
    const heartbeatDue = this.#store.config?.heartbeat ? this.#heartbeat.nextDue() : null
    const due = [this.#store.forgetAt, this.#openings.nextDue(), heartbeatDue].filter((at) => at !== null)
    return due.length > 0 ? Math.min(...due) : null
  }

  protected override async onDue(now: number): Promise<void> {
    const { config, forgetAt } = this.#store
    if (!config) return
    if (forgetAt !== null && forgetAt <= now) this.#store.forgetResolved(now - REMEMBER_RESOLVED_MS)
    if (config.heartbeat) {
      const event = this.#heartbeat.onDue(config.heartbeat, config.name, now, quietUntil(config, now))
      if (event) await this.#beat(event, config, now)
    }
    await this.#openings.run()
  }

  async #take(delivery: Delivery, config: AlertSourceConfig, context: ReceiveContext): Promise<Received> {
    const read = await readDelivery(delivery, config)
    const request = read.request && maskedRequest(read.request)
    if (read.events.length === 0) {
      const outcome = delivery.way === 'change' ? 'change' : read.dropped ? 'dropped' : 'ignored'
      const { ignored: reason, summary } = read
      this.#log.add([logEntry({ at: context.receivedAt, outcome, reason, summary, request })], { only: true })
      this.#publish()
      return { taken: true, results: [], ignored: read.ignored }
    }
    const incoming = await Promise.all(
      read.events.map(async (event, index): Promise<Incoming> => {
        const processed = await this.#process(event, config, context.receivedAt)
        const { receivedAt, deliveryId, accepted = false, firstIndex = 0 } = context
        const eventId = eventIdOf(deliveryId, firstIndex + index)
        // The request is shown once for all events of it.
        const about = { eventId, receivedAt, late: accepted, request: index === 0 ? request : null }
        return { event: processed?.event ?? event, processed, ...about }
      }),
    )
    const results = await this.#takeEach(incoming, config)
    this.#publish()
    return { taken: true, results, ignored: null }
  }

  /**
   * Events of one problem one after the other, different problems side by side: an incident's object is some way off. One that
   * can't be passed on fails alone, for all the others are taken.
   */
  async #takeEach(incoming: Incoming[], config: AlertSourceConfig): Promise<EventResult[]> {
    const results: EventResult[] = []
    const entries: LogEntry[] = []
    const problems = Map.groupBy(incoming.entries(), ([, one]) => problemOf(one, config))
    await inParallel([...problems.values()], PROBLEMS_AT_ONCE, async (ofOneProblem) => {
      let inOrder = true
      for (const [index, one] of ofOneProblem) {
        results[index] = { outcome: 'failed', incident: null, key: one.event.key }
        // What follows one that failed must not overtake it.
        if (!inOrder) continue
        try {
          const result = await this.#decide(one, config)
          results[index] = result
          entries[index] = entryOf(one, result)
        } catch (error) {
          inOrder = false
          log.warn('event not passed on', { sourceId: config.sourceId, error })
        }
      }
    })
    const logged = entries.filter((entry) => entry !== undefined)
    this.#log.add(logged, { only: logged.some(only) })
    return results
  }

  /** Finds the event's incident, or opens one, or says why neither. */
  async #decide(incoming: Incoming, config: AlertSourceConfig): Promise<EventResult> {
    const { event, eventId, receivedAt, processed } = incoming
    const dropped = (reason: string): EventResult => ({ outcome: 'dropped', incident: null, key: event.key, reason })
    if (processed?.droppedBy) return dropped(`the rule “${processed.droppedBy}” drops it`)

    const key = groupKey(event, eventId, config)
    const hasKey = !key.startsWith('event:')
    if (!hasKey) {
      const opened = this.#store.openedBy(key)
      if (opened !== null) {
        incoming.duplicate = true
        return { outcome: 'appended', incident: this.#name(config, opened), key: event.key }
      }
    }
    // An incident that turns out to be over, or no longer as remembered, is corrected here and so not found again.
    for (;;) {
      const found = findGroup(key, config, this.#store, receivedAt)
      if (!found) break
      const onlyPending = config.grouping === 'one-pending' && found.by === 'mode'
      const receipt = await this.#pass(event, found.number, onlyPending)
      if (receipt.taken && receipt.was) return this.#passed(event, config, found.number, receipt)
      this.#store.setStatus(found.number, receipt.was ?? 'RESOLVED', Date.now())
    }
    const collectedIn = hasKey ? this.#store.collectedIn(key) : null
    if (collectedIn !== null) {
      return this.#collected(await this.#storms.follow(event, key, collectedIn), incoming, config)
    }
    if (event.type !== 'ALERT') return { outcome: 'no-open-incident', incident: null, key: event.key }
    // It waited in a queue while its problem came and went.
    if (incoming.late && hasKey && this.#store.resolvedSince(key, receivedAt)) {
      return dropped('its problem was resolved after it was sent')
    }
    const maintenance = maintenanceAt(config.maintenance, receivedAt)
    if (maintenance) return dropped(`the source is in maintenance: ${maintenance.window.name}`)
    if (processed?.suppress) {
      const came = this.#suppressions.count(processed.suppress, hasKey ? key : '', receivedAt)
      if (came !== null) {
        const { rule, events } = processed.suppress
        const reason = `the rule “${rule}” holds it back until ${events} came; this is number ${came}`
        return { outcome: 'suppressed', incident: null, key: event.key, reason }
      }
    }
    const chosen = { priority: processed?.priority ?? null, escalationPolicyId: processed?.escalationPolicyId ?? null }
    if (this.#store.openCount() >= config.maxOpenIncidents) {
      return this.#collected(await this.#storms.collect(event, key, config, chosen), incoming, config)
    }
    const incident = this.#open(config, key, openingOf(event, config, receivedAt, chosen))
    return { outcome: 'opened', incident, key: event.key }
  }

  /** A storm's incident that turned out to be over takes nothing more: then the event is decided anew. */
  async #collected(
    collected: { number: number; ended: boolean } | null,
    incoming: Incoming,
    config: AlertSourceConfig,
  ): Promise<EventResult> {
    if (!collected) return this.#decide(incoming, config)
    const { number, ended } = collected
    if (ended) this.#store.setStatus(number, 'RESOLVED', Date.now())
    const { key } = incoming.event
    return { outcome: ended ? 'resolved' : 'collected', incident: this.#name(config, number), key }
  }

  /** The source takes nothing now: whatever came is written down with the reason. */
  async #takeNothing(
    delivery: Delivery,
    config: AlertSourceConfig,
    { receivedAt: at }: ReceiveContext,
    reason: string,
  ): Promise<Received> {
    const { events, request, summary } = await readDelivery(delivery, config)
    const masked = request && maskedRequest(request)
    const entries = events.map((event, index) =>
      logEntry({
        ...{ at, outcome: 'dropped', reason, summary: event.summary, request: index === 0 ? masked : null },
        ...{ eventType: event.type, incidentKey: event.key },
      }),
    )
    if (entries.length === 0) entries.push(logEntry({ at, outcome: 'dropped', reason, summary, request: masked }))
    this.#log.add(entries, { only: true })
    const results = events.map(({ key }): EventResult => ({ outcome: 'dropped', incident: null, key, reason }))
    return { taken: true, results, ignored: results.length > 0 ? null : reason }
  }

  /** What a heartbeat says, as an event of the source like any other. */
  async #beat(event: LooseEvent, config: AlertSourceConfig, at: number): Promise<void> {
    const bounded = await boundedEvent(event)
    const processed = await this.#process(bounded, config, at)
    const about = { eventId: crypto.randomUUID(), receivedAt: at, late: false, request: null }
    const [result] = await this.#takeEach([{ event: processed?.event ?? bounded, processed, ...about }], config)
    // It is handed out again by the alarm.
    if (result?.outcome === 'failed') return
    this.#heartbeat.reported(event)
    this.arm()
    this.#publish()
  }

  /** Templates and rules, whose code is loaded by sources that have any. */
  async #process(event: InboundEvent, config: AlertSourceConfig, now: number): Promise<Processed | null> {
    const { processing, sourceId: id, name, shortName } = config
    const { rules, templates } = processing
    const { links, ...fields } = templates
    if (rules.length + links.length === 0 && Object.values(fields).every((template) => template === null)) return null
    const { processEvent } = await import('../src/alert-sources/processing/process.ts')
    return processEvent(event, processing, { source: { id, name, shortName }, now })
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

  #passed(event: InboundEvent, config: AlertSourceConfig, number: number, { was, status }: Receipt): EventResult {
    const incident = this.#name(config, number)
    const about = { incident, key: event.key }
    switch (event.type) {
      case 'ACCEPT':
        this.#store.setStatus(number, 'ACCEPTED', Date.now())
        return { ...about, outcome: was === 'PENDING' ? 'accepted' : 'already-accepted' }
      case 'RESOLVE':
        // The source may let a resolve wait, should the problem come back.
        if (status !== 'RESOLVED') return { ...about, outcome: 'appended' }
        // Also heard from the incident's outbox; written now so that the next event opens a new incident at once.
        this.#store.setStatus(number, 'RESOLVED', Date.now())
        return { ...about, outcome: 'resolved' }
      default:
        return { ...about, outcome: 'appended' }
    }
  }

  /** Null: there is no such source, or not any more. */
  async #configuration(): Promise<AlertSourceConfig | null> {
    const known = this.#store.config
    return known || !this.#store.removed ? this.#refresh.current(known) : null
  }

  async #keep(config: AlertSourceConfig): Promise<void> {
    const known = this.#store.config
    if (this.#store.removed || (known && !isNewer(config, known))) return
    this.#store.config = config
    this.#heartbeat.settingsChanged(config.heartbeat, Date.now(), config.active)
    this.arm()
    log.info('alert source configured', { sourceId: config.sourceId, revision: config.revision })
    if (known) await this.#tellOfMaintenance(known.maintenance, config.maintenance)
  }

  /** What waits for the end of a window goes on, or has to wait longer. Best effort: the watchdog’s round asks too. */
  async #tellOfMaintenance(before: MaintenanceWindow[], maintenance: MaintenanceWindow[]): Promise<void> {
    const now = Date.now()
    if (maintenanceAt(before, now)?.until === maintenanceAt(maintenance, now)?.until) return
    await inParallel(this.#store.openNumbers(LIMITS.openIncidentsPerSource), PROBLEMS_AT_ONCE, async (number) => {
      const id = incidentId(this.#sourceId, number)
      await call(this.env.INCIDENT, String(id), (incident) => incident.maintenanceChanged(maintenance)).catch(
        (error: unknown) => log.warn('incident not told of its maintenance', { incidentId: id, error }),
      )
    })
  }

  /** Open pages of the source refetch, once a second at most. */
  #publish(): void {
    const now = Date.now()
    if (now - this.#publishedAt < PUBLISHED_MS) return
    this.#publishedAt = now
    this.ctx.waitUntil(publishLive(this.env, { type: 'alert-source', id: this.#sourceId }))
  }

  #name(config: AlertSourceConfig, number: number): IncidentName {
    return { id: incidentId(config.sourceId, number), reference: incidentReference(config.shortName, number) }
  }

  get #sourceId(): number {
    return Number(this.ctx.id.name)
  }
}

/** More is a loop gone wild; heartbeats have intervals of 25 seconds and more. */
const PINGS_PER_MINUTE = 60
/** Of one request. An object has no bound on connections to other objects that matters here. */
const PROBLEMS_AT_ONCE = 16
const PUBLISHED_MS = 1_000

function isTaken(
  config: AlertSourceConfig,
  { keyGeneration, receivedAt }: Pick<ReceiveContext, 'keyGeneration' | 'receivedAt'>,
): boolean {
  if (keyGeneration === null || keyGeneration === config.keyGeneration) return true
  const until = config.previousKeyValidUntil
  return keyGeneration === config.keyGeneration - 1 && until !== null && receivedAt < until
}

/** Until when a heartbeat's alert must wait; null: it need not. */
function quietUntil({ active, maintenance }: AlertSourceConfig, now: number): number | null {
  if (!active) return Number.POSITIVE_INFINITY
  return maintenanceAt(maintenance, now)?.until ?? null
}

/** Of one revision two differ where shifts are over since: the later ones that came in their place are wanted. */
function isNewer(config: AlertSourceConfig, known: AlertSourceConfig): boolean {
  if (config.revision !== known.revision) return config.revision > known.revision
  const schedulesOf = ({ plan, plans }: AlertSourceConfig) =>
    JSON.stringify([plan, ...Object.values(plans)].map(({ schedules }) => schedules))
  return schedulesOf(config) !== schedulesOf(known)
}

function onlyThese(people: Person[], { plan }: AlertSourceConfig): Opening['plan'] {
  const targets = people.map((person) => ({ type: 'user' as const, ...person }))
  return { ...plan, initialDelayMs: 0, passes: 1, levels: [{ timeoutMs: null, targets }], schedules: [] }
}

/** Events of one problem must stay in their order; so must all where the mode lets them share an incident. */
function problemOf({ event, eventId }: Incoming, config: AlertSourceConfig): string {
  const shared = config.grouping !== 'every-event' && config.grouping !== 'by-summary'
  return shared ? 'all' : groupKey(event, eventId, config)
}

/** What the log tells of an event. */
function entryOf({ event, receivedAt, processed, request, duplicate }: Incoming, result: EventResult): LogEntry {
  const { outcome } = result
  const became = outcome === 'already-accepted' || outcome === 'queued' || outcome === 'failed' ? 'appended' : outcome
  return logEntry({
    at: receivedAt,
    outcome: duplicate ? 'duplicate' : became,
    reason: 'reason' in result ? result.reason : null,
    incident: result.incident,
    eventType: event.type,
    incidentKey: event.key,
    summary: event.summary,
    notes: failuresOf(processed),
    request,
  })
}

function failuresOf(processed: Processed | null): string[] {
  return (processed?.steps ?? [])
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ kind, name, message }) => `${kind} ${name}: ${message}`)
}
