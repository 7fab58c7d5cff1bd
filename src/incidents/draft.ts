import { LIMITS } from '../limits.ts'
import type { Effect, IncidentState, Person, Responder, StatusChange } from './model.ts'
import type { TimelineEntry } from './timeline.ts'

/** What a rule decided: the state afterwards, what the timeline tells, and what must happen elsewhere. */
export interface Change {
  state: IncidentState
  entries: TimelineEntry[]
  effects: Effect[]
}

/**
 * A change being worked out. The rules of `lifecycle.ts` and `escalation.ts` write here; the state they were given stays
 * as it was.
 */
export class Draft implements Change {
  readonly state: IncidentState
  /** When the change happens. Whoever is on call then is paged, also for what was due before. */
  readonly now: number
  readonly entries: TimelineEntry[] = []
  readonly effects: Effect[] = []

  constructor(state: IncidentState, now: number) {
    this.now = now
    this.state = structuredClone(state)
    this.state.version++
  }

  tell(entry: TimelineEntry): void {
    this.entries.push(entry)
  }

  /**
   * Asks for a person's attention; one who is being paged already starts afresh.
   *
   * @param byHand a person asked for it
   */
  page({ userId, name }: Person, assignedAt: number, byHand = false): void {
    const { state } = this
    let responder = this.responder(userId)
    if (!responder) {
      responder = { userId, name, pageNumber: 0, pagedAt: assignedAt, status: 'PENDING', unreachable: false }
      state.responders.push(responder)
    }
    Object.assign(responder, {
      pageNumber: responder.pageNumber + 1,
      pagedAt: assignedAt,
      status: 'PENDING',
      unreachable: false,
      byHand,
      held: false,
    })
    // A page that this very change has superseded says nothing any more.
    const superseded = this.effects.findIndex((effect) => effect.type === 'page' && effect.userId === userId)
    if (superseded >= 0) this.effects.splice(superseded, 1)
    this.effects.push({
      type: 'page',
      userId,
      page: {
        incidentId: state.id,
        reference: state.reference,
        pageNumber: responder.pageNumber,
        summary: state.summary,
        details: state.details === null ? null : state.details.slice(0, LIMITS.pageDetailsCharacters),
        priority: state.priority,
        sourceName: state.source.name,
        assignedAt,
      },
    })
  }

  /** Stops asking for a person's attention while the incident stays open. */
  withdraw(
    userId: number,
    message: string,
    status: 'ACCEPTED' | 'WITHDRAWN' = 'WITHDRAWN',
    news: Pick<StatusChange, 'change' | 'byUserId'> = {},
  ): void {
    const responder = this.responder(userId)
    if (responder?.status !== 'PENDING') return
    responder.status = status
    this.endPage(responder, 'answered', message, news)
  }

  /** Lets people whose pages go on as they are know what happened. */
  update(people: Responder[], message: string, news: Pick<StatusChange, 'change' | 'byUserId'>): void {
    for (const { userId, pageNumber } of people) {
      this.effects.push({
        type: 'update',
        userId,
        update: { incidentId: this.state.id, pageNumber, message, ...news },
      })
    }
  }

  /** The incident is over: everybody who was ever paged for it gets their reply code back. */
  releaseAll(message: string, byUserId: number | null): void {
    for (const responder of this.state.responders) {
      if (responder.status === 'PENDING') responder.status = 'WITHDRAWN'
      if (responder.pageNumber > 0) this.endPage(responder, 'resolved', message, { change: 'RESOLVED', byUserId })
    }
  }

  responder(userId: number): Responder | undefined {
    return this.state.responders.find((responder) => responder.userId === userId)
  }

  private endPage(
    { userId, pageNumber }: Responder,
    reason: 'answered' | 'resolved',
    message: string,
    news: Pick<StatusChange, 'change' | 'byUserId'>,
  ): void {
    this.effects.push({
      type: 'withdraw',
      userId,
      withdrawal: { incidentId: this.state.id, pageNumber, reason, message, ...news },
    })
  }
}
