import type { EventType, InboundEvent } from '../alert-sources/event.ts'
import type { MaintenanceWindow } from '../maintenance/model.ts'
import type { Change } from './draft.ts'
import {
  act,
  changeMaintenance,
  mayNotify,
  nextDeadline,
  open,
  passTime,
  receiveEvent,
  reportUnreachable,
} from './lifecycle.ts'
import type {
  Act,
  Actor,
  ActResult,
  AnswerChannel,
  Effect,
  IncidentState,
  Level,
  Opening,
  Person,
  PlannedSchedule,
  ResponsePlan,
} from './model.ts'
import { describeEntry, type TimelineEntry } from './timeline.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const NOON = Date.UTC(2026, 0, 5, 12)

export const ann: Person = { userId: 1, name: 'Ann' }
export const ben: Person = { userId: 2, name: 'Ben' }
export const cleo: Person = { userId: 3, name: 'Cleo' }
/** The administrator, who is paged when no level has anybody. */
export const dana: Person = { userId: 4, name: 'Dana' }

export function level(minutes: number | null, ...targets: (Person | PlannedSchedule)[]): Level {
  return {
    timeoutMs: minutes === null ? null : minutes * MINUTE,
    targets: targets.map((target) =>
      'schedule' in target
        ? { type: 'schedule', scheduleId: target.id, name: target.name }
        : { type: 'user', ...target },
    ),
  }
}

/** Ids of schedules by name, so that each is another one. */
const SCHEDULE_IDS: Record<string, number> = { Primary: 1, Secondary: 2 }

/** A schedule in which people are on call from when to when, in minutes after noon; the later in the list wins. */
export function aSchedule(name: string, ...shifts: [person: Person, from: number, to: number][]): PlannedSchedule {
  return {
    id: SCHEDULE_IDS[name] ?? 3,
    name,
    schedule: {
      ...{ type: 'static', timeZone: 'Europe/Berlin', overrides: [] },
      shifts: shifts.map(([{ userId }, from, to]) => ({
        ...{ userId, start: NOON + from * MINUTE, end: NOON + to * MINUTE },
      })),
    },
    people: [...new Map(shifts.map(([person]) => [person.userId, person])).values()],
  }
}

/** Once, from when to when, in minutes after noon. */
export function aMaintenance(from: number, to: number, name = 'Upgrade'): MaintenanceWindow {
  const [start, end] = [NOON + from * MINUTE, NOON + to * MINUTE]
  return { id: 1, name, timezone: 'Europe/Berlin', start, end, recurrence: null }
}

/** @param given `schedules`: those that the levels name */
export function aPlan(levels: Level[], given: Partial<ResponsePlan> = {}): ResponsePlan {
  return { policyId: 7, policyName: 'Web', initialDelayMs: 0, passes: 1, levels, fallback: [dana], ...given }
}

/** As an incident is assigned to one person: nobody comes after them. */
export function aPlanFor(person: Person): ResponsePlan {
  return aPlan([level(null, person)], { policyId: null, policyName: person.name })
}

export function anOpening(given: Partial<Opening> = {}): Opening {
  return {
    id: 5 * 2 ** 32 + 42,
    reference: 'PROM-42',
    source: { id: 5, name: 'Prometheus' },
    key: null,
    summary: 'Disk full on db-1',
    details: null,
    priority: 'HIGH',
    severity: null,
    links: [],
    images: [],
    labels: {},
    customDetails: null,
    comments: [],
    plan: aPlan([level(5, ann), level(5, ben)]),
    autoResolveAfterMs: null,
    tellEveryStatus: false,
    openedAt: NOON,
    openedBy: null,
    ...given,
  }
}

export function anEvent(type: EventType = 'ALERT', given: Partial<InboundEvent> = {}): InboundEvent {
  return {
    type,
    key: null,
    summary: 'Disk full on db-1',
    details: null,
    priority: null,
    severity: null,
    images: [],
    links: [],
    comments: [],
    labels: {},
    customDetails: null,
    ...given,
  }
}

export function user(person: Person, channel: AnswerChannel = 'web'): Actor {
  return { type: 'user', ...person, channel }
}

/** An incident with a clock, that remembers whom it paged and what its timeline told until a test asks. */
export class IncidentStory {
  state: IncidentState
  now: number
  #entries: TimelineEntry[] = []
  #effects: Effect[] = []

  constructor(opening: Opening) {
    this.now = opening.openedAt
    const opened = open(opening, this.now)
    this.state = opened.state
    this.#keep(opened)
  }

  /** Time passes, and the alarm rings at every deadline. */
  pass(ms: number): this {
    const until = this.now + ms
    for (let deadline = nextDeadline(this.state); deadline !== null && deadline <= until; ) {
      this.now = deadline
      this.#keep(passTime(this.state, deadline))
      deadline = nextDeadline(this.state)
    }
    this.now = until
    return this
  }

  /** Time passes while nothing runs; the alarm rings once, at the end. */
  standStill(ms: number): this {
    this.now += ms
    this.#keep(passTime(this.state, this.now))
    return this
  }

  receives(type: EventType, given: Partial<InboundEvent> = {}): this {
    this.#keep(receiveEvent(this.state, anEvent(type, given), this.now))
    return this
  }

  act(asked: Act, by: Person | Actor): ActResult {
    const { change, result } = act(this.state, asked, 'type' in by ? by : user(by), this.now)
    this.#keep(change)
    return result
  }

  accept(by: Person): ActResult {
    return this.act({ type: 'accept' }, by)
  }

  resolve(by: Person): ActResult {
    return this.act({ type: 'resolve' }, by)
  }

  escalate(by: Person, toLevel: number | null = null): ActResult {
    return this.act({ type: 'escalate', level: toLevel }, by)
  }

  snooze(by: Person, ms: number): ActResult {
    return this.act({ type: 'snooze', until: this.now + ms }, by)
  }

  assignTo(person: Person, by: Person): ActResult {
    return this.act({ type: 'assign', plan: aPlanFor(person), to: person.name, user: person }, by)
  }

  /** None of the person's channels works, as their Pager found for this page of theirs. */
  cannotReach(person: Person, pageNumber = this.responder(person).pageNumber): this {
    this.#keep(reportUnreachable(this.state, person.userId, pageNumber, this.now))
    return this
  }

  /** Whether their Pager may send them something of their page now. */
  mayNotify(person: Person): boolean {
    const { may, change } = mayNotify(this.state, person.userId, this.responder(person).pageNumber, this.now)
    this.#keep(change)
    return may
  }

  /** The windows of its source are these from now on. */
  hasMaintenance(...windows: MaintenanceWindow[]): this {
    this.#keep(changeMaintenance(this.state, windows, this.now))
    this.state = { ...this.state, maintenance: windows }
    return this
  }

  responder({ userId, name }: Person) {
    const responder = this.state.responders.find((candidate) => candidate.userId === userId)
    if (!responder) throw new Error(`${name} was never paged`)
    return responder
  }

  /** Who was paged since the last look. */
  paged(): string[] {
    return this.#take('page').map(({ userId }) => this.#nameOf(userId))
  }

  /** Whose pages were withdrawn since the last look, and what they are told. */
  withdrawn(): string[] {
    return this.#take('withdraw').map(({ userId, withdrawal }) => `${this.#nameOf(userId)}: ${withdrawal.message}`)
  }

  /** The changes of status that the alert source heard of since the last look. */
  toldSource(): string[] {
    return this.#take('tell-source').map(({ status }) => status)
  }

  /** The timeline since the last look. */
  told(): string[] {
    return this.#entries.splice(0).map(describeEntry)
  }

  /** Who is being asked for attention now. */
  asking(): string[] {
    return this.state.responders.filter(({ status }) => status === 'PENDING').map(({ name }) => name)
  }

  #take<Type extends Effect['type']>(type: Type): Extract<Effect, { type: Type }>[] {
    const isWanted = (effect: Effect): effect is Extract<Effect, { type: Type }> => effect.type === type
    const taken = this.#effects.filter(isWanted)
    this.#effects = this.#effects.filter((effect) => !isWanted(effect))
    return taken
  }

  #keep(change: Change | null): void {
    if (!change) return
    this.state = change.state
    this.#entries.push(...change.entries)
    this.#effects.push(...change.effects)
  }

  #nameOf(userId: number): string {
    return this.state.responders.find((responder) => responder.userId === userId)?.name ?? `user ${userId}`
  }
}

/** An incident of two levels, Ann and then Ben after five minutes, just opened: Ann is being paged. */
export function anIncident(given: Partial<Opening> = {}): IncidentStory {
  return new IncidentStory(anOpening(given))
}
