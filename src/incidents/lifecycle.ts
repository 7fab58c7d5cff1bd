import type { InboundEvent } from '../alert-sources/event.ts'
import type { MaintenanceWindow } from '../maintenance/model.ts'
import { type Change, Draft } from './draft.ts'
import {
  catchUp,
  escalatePastUnreachable,
  nextLevel,
  pageHeldAgain,
  pageLevel,
  restartHeldLevel,
  startEscalation,
  tellSkipped,
} from './escalation.ts'
import { allowedFrom, holdAt, isHeldBack, nextPaging, putOff } from './hold.ts'
import { membersOf } from './level-members.ts'
import type { Act, Actor, ActResult, IncidentState, IncidentStatus, Level, Opening } from './model.ts'
import { ACCEPTED_BY_YOU, ESCALATED_BY_YOU } from './model.ts'
import { actorName } from './timeline.ts'

/**
 * An incident's life: state × what happens → the state afterwards, its timeline and its effects. Pure: the object in
 * `durable-objects/incident.ts` keeps the state, the time and the promises.
 */

/** PENDING, with the first level paged or its delay running. */
export function open(opening: Opening, now: number): Change {
  const { comments, openedBy, openedAt, ...given } = opening
  const state: IncidentState = {
    ...given,
    status: 'PENDING',
    escalation: { pass: 0, level: -1, dueAt: null, ended: false, fallbackPaged: false },
    responders: [],
    assignedTo: null,
    acceptedBy: null,
    resolvedBy: null,
    openedAt,
    acceptedAt: null,
    resolvedAt: null,
    snoozedUntil: null,
    lastAlertAt: now,
    eventCount: 1,
    version: 0,
  }
  const draft = new Draft(state, now)
  draft.tell({ type: 'opened', source: opening.source.name, by: openedBy, priority: opening.priority })
  for (const { creator, content } of comments) draft.tell({ type: 'comment', by: creator, text: content })
  // Assigned now: whatever it waited for before this, nobody could have answered meanwhile.
  startEscalation(draft, openedBy !== null)
  return draft
}

/** What an event of the incident's own source did. `null`: nothing, because the incident is over. */
export function receiveEvent(state: IncidentState, event: InboundEvent, now: number): Change | null {
  if (state.status === 'RESOLVED') return null
  const draft = new Draft(state, now)
  draft.tell({ type: 'event', eventType: event.type, summary: event.summary, comments: event.comments })
  const source: Actor = { type: 'source', name: state.source.name }
  switch (event.type) {
    case 'ALERT':
      draft.state.eventCount++
      draft.state.lastAlertAt = now
      if (isResolving(state)) cancelResolve(draft)
      break
    case 'ACCEPT':
      if (state.status === 'PENDING') accept(draft, source)
      break
    case 'RESOLVE':
      if (state.resolveDelayMs) resolveLater(draft, state.resolveDelayMs)
      else resolve(draft, source)
      break
    case 'COMMENT':
      break
  }
  return draft
}

/** What a person asked for. Refused acts come without a change. */
export function act(
  state: IncidentState,
  asked: Act,
  actor: Actor,
  now: number,
): { change: Change | null; result: ActResult } {
  if (state.status === 'RESOLVED' && asked.type !== 'comment') {
    return refused(state, 'already-resolved', `${state.reference} was already resolved${by(state.resolvedBy)}`)
  }
  const draft = new Draft(state, now)
  const problem = perform(draft, asked, actor)
  if (problem) return refused(state, problem.outcome, problem.message)
  return { change: draft, result: { outcome: 'done', message: done(draft.state, asked), status: draft.state.status } }
}

/** A user's Pager found none of their channels working. */
export function reportUnreachable(
  state: IncidentState,
  userId: number,
  pageNumber: number,
  now: number,
): Change | null {
  const known = state.responders.find((responder) => responder.userId === userId)
  if (known?.pageNumber !== pageNumber || known.unreachable || known.status !== 'PENDING') return null
  const draft = new Draft(state, now)
  const hold = known.byHand ? null : holdAt(state, now)
  // After a hold they are paged anew, and may be reached by then.
  Object.assign(draft.responder(userId) ?? {}, { unreachable: true, held: hold !== null })
  draft.tell({ type: 'unreachable', person: { userId, name: known.name } })
  // What was due before comes first: the level that can't be reached may not be the present one any more.
  if (hold || state.status === 'PENDING') goOn(draft)
  if (!hold) {
    escalatePastUnreachable(draft, known.byHand)
    catchUp(draft, now)
  }
  return draft
}

/**
 * Whether a message of this page may be sent to its user now. One that is held back is remembered by the change: they are
 * paged anew after the hold.
 */
export function mayNotify(
  state: IncidentState,
  userId: number,
  pageNumber: number,
  now: number,
): { may: boolean; change: Change | null } {
  const known = state.responders.find((responder) => responder.userId === userId)
  if (known?.status !== 'PENDING' || known.pageNumber !== pageNumber) return { may: false, change: null }
  const hold = known.byHand ? null : holdAt(state, now)
  if (!hold) return { may: true, change: null }
  if (known.held && (hold.window === null || state.heldUntil === hold.until)) return { may: false, change: null }
  const draft = new Draft(state, now)
  Object.assign(draft.responder(userId) ?? {}, { held: true })
  putOff(draft, hold)
  return { may: false, change: draft }
}

/** The source's maintenance windows are others now. `null`: nothing that was put off is concerned. */
export function changeMaintenance(state: IncidentState, windows: MaintenanceWindow[], now: number): Change | null {
  if ((state.heldUntil ?? null) === null || isResolving(state)) return null
  const draft = new Draft({ ...state, maintenance: windows }, now)
  if (holdAt(draft.state, now)?.until === state.heldUntil) return null
  goOn(draft)
  return draft
}

/** Does what has become due. `null`: nothing has. */
export function passTime(state: IncidentState, now: number): Change | null {
  const deadline = nextDeadline(state)
  if (deadline === null || deadline > now) return null
  const draft = new Draft(state, now)
  const { autoResolveAfterMs: idleFor, resolvingAt = null } = draft.state
  if (resolvingAt !== null && resolvingAt <= now) resolve(draft, { type: 'source', name: state.source.name })
  else if (idleFor !== null && state.lastAlertAt + idleFor <= now) {
    resolve(draft, { type: 'system', reason: 'no event came for the time set at the alert source' })
  } else goOn(draft)
  return draft
}

/** The earliest instant at which `passTime` has something to do; null when the incident waits for nothing. */
export function nextDeadline(state: IncidentState): number | null {
  if (state.status === 'RESOLVED') return null
  const deadlines = [
    state.resolvingAt ?? nextPaging(state),
    state.autoResolveAfterMs === null ? null : state.lastAlertAt + state.autoResolveAfterMs,
  ].filter((deadline) => deadline !== null)
  return deadlines.length > 0 ? Math.min(...deadlines) : null
}

interface Problem {
  outcome: ActResult['outcome']
  message: string
}

function perform(draft: Draft, asked: Act, actor: Actor): Problem | null {
  const { state, now } = draft
  switch (asked.type) {
    case 'accept':
      return acceptByHand(draft, actor)
    case 'resolve':
      resolve(draft, actor)
      return null
    case 'escalate':
      return escalateByHand(draft, asked.level, actor)
    case 'assign': {
      becomePending(draft)
      draft.tell({ type: 'assigned', by: actor, to: asked.to })
      for (const { userId } of state.responders)
        draft.withdraw(userId, `assigned to ${asked.to} by ${actorName(actor)}`, 'WITHDRAWN', {
          ...{ change: 'ESCALATED', byUserId: userIdOf(actor) },
        })
      // Somebody chose this now: the policy's initial delay is for incidents that open by themselves.
      state.plan = { ...asked.plan, initialDelayMs: 0 }
      state.assignedTo = asked.user
      state.heldUntil = null
      startEscalation(draft, true)
      return null
    }
    case 'add-responder':
      draft.tell({ type: 'responder-added', by: actor, person: asked.user })
      draft.page(asked.user, now, true)
      return null
    case 'snooze':
      if (asked.until <= now) return { outcome: 'not-possible', message: 'The snooze would end in the past' }
      if (state.status === 'PENDING') accept(draft, actor)
      Object.assign(state, { snoozedUntil: asked.until, heldUntil: null })
      draft.tell({ type: 'snoozed', by: actor, until: asked.until })
      return null
    case 'comment':
      draft.tell({ type: 'comment', by: actorName(actor), text: asked.text })
      return null
  }
}

/**
 * On an accepted incident only somebody who was asked in addition can still accept: for themselves. Everybody else
 * hears who was faster.
 */
function acceptByHand(draft: Draft, actor: Actor): Problem | null {
  const { state } = draft
  if (state.status === 'PENDING') {
    accept(draft, actor)
    return null
  }
  if (actor.type === 'user' && draft.responder(actor.userId)?.status === 'PENDING') {
    draft.tell({ type: 'accepted', by: actor })
    draft.withdraw(actor.userId, ACCEPTED_BY_YOU, 'ACCEPTED')
    return null
  }
  return { outcome: 'already-accepted', message: `${state.reference} was already accepted${by(state.acceptedBy)}` }
}

function accept(draft: Draft, actor: Actor): void {
  const { state, now } = draft
  const person = actor.type === 'user' ? { userId: actor.userId, name: actor.name } : null
  state.status = 'ACCEPTED'
  state.acceptedAt = now
  state.acceptedBy = person?.name ?? actorName(actor)
  state.assignedTo = person
  state.escalation.dueAt = null
  state.heldUntil = null
  draft.tell({ type: 'accepted', by: actor })
  for (const { userId } of state.responders) {
    const theirs = userId === person?.userId
    draft.withdraw(
      userId,
      theirs ? 'accepted by you' : `accepted by ${state.acceptedBy}`,
      theirs ? 'ACCEPTED' : 'WITHDRAWN',
      { change: 'ACCEPTED', byUserId: userIdOf(actor) },
    )
  }
  tellSource(draft)
}

function resolve(draft: Draft, actor: Actor): void {
  const { state, now } = draft
  state.status = 'RESOLVED'
  state.resolvedAt = now
  state.resolvedBy = actor.type === 'user' ? actor.name : actorName(actor)
  state.escalation.dueAt = null
  Object.assign(state, { snoozedUntil: null, heldUntil: null, resolvingAt: null })
  draft.tell({ type: 'resolved', by: actor })
  draft.releaseAll(`resolved by ${state.resolvedBy}`, userIdOf(actor))
  tellSource(draft)
}

/** Pages the next level, or the chosen one, at once. After the last comes the first again: a person asks for help. */
function escalateByHand(draft: Draft, chosen: number | null, actor: Actor): Problem | null {
  const { state, now } = draft
  const { plan } = state
  const { levels } = plan
  const pass = Math.max(state.escalation.pass, 1)
  if (chosen !== null && !levels[chosen]) {
    return {
      outcome: 'no-such-level',
      message: `The policy has ${levels.length} level${levels.length === 1 ? '' : 's'}`,
    }
  }
  const target =
    chosen !== null ? { level: chosen, pass, skipped: [] } : (nextLevel(state, now) ?? firstLevel(state, now))
  if (!target) {
    return { outcome: 'nobody-to-escalate-to', message: 'No level of the escalation policy has anybody to page' }
  }
  if (membersOf(plan, levels[target.level] as Level, now).length === 0) {
    return { outcome: 'nobody-to-escalate-to', message: `Nobody is at level ${target.level + 1} now: choose another` }
  }
  const everybody = levels.flatMap((level) => membersOf(plan, level, now))
  if (actor.type === 'user' && everybody.every(({ userId }) => userId === actor.userId)) {
    return {
      outcome: 'nobody-to-escalate-to',
      message: 'There is nobody to escalate to but yourself: assign it or ask somebody',
    }
  }
  becomePending(draft)
  draft.tell({ type: 'escalated', by: actor, level: target.level })
  tellSkipped(draft, target.skipped)
  if (actor.type === 'user') draft.withdraw(actor.userId, ESCALATED_BY_YOU)
  const before = draft.state.responders.map(({ userId, pageNumber }) => `${userId} ${pageNumber}`)
  pageLevel(draft, target.level, target.pass, now, true)
  // Whoever is paged now hears of it anyway.
  const others = draft.state.responders.filter(({ userId, pageNumber }) => before.includes(`${userId} ${pageNumber}`))
  const toTell = others.filter(({ userId }) => userId !== userIdOf(actor))
  draft.update(toTell, `escalated by ${actorName(actor)}`, { change: 'ESCALATED', byUserId: userIdOf(actor) })
  catchUp(draft, now)
  return null
}

function userIdOf(actor: Actor): number | null {
  return actor.type === 'user' ? actor.userId : null
}

function firstLevel(state: IncidentState, now: number): ReturnType<typeof nextLevel> {
  const level = state.plan.levels.findIndex((candidate) => membersOf(state.plan, candidate, now).length > 0)
  return level < 0 ? null : { level, pass: Math.max(state.escalation.pass, 1), skipped: [] }
}

/** Takes effect when no ALERT has come by then; said twice, by when it was said first. */
function resolveLater(draft: Draft, delayMs: number): void {
  const { state, now } = draft
  if (isResolving(state)) return
  state.resolvingAt = now + delayMs
  draft.tell({ type: 'resolving', until: state.resolvingAt })
}

/**
 * The level's time has gone on meanwhile: what came due is paged now. Were it to begin anew, a problem that comes and goes
 * would never get past its first level.
 */
function cancelResolve(draft: Draft): void {
  draft.state.resolvingAt = null
  draft.tell({ type: 'resolve-cancelled' })
  goOn(draft, draft.now)
}

function isResolving({ resolvingAt = null }: IncidentState): boolean {
  return resolvingAt !== null
}

/**
 * Does what pages people by itself and is due, or puts it off.
 *
 * @param resumedAt when a hold ended: nothing that waited for it counts from earlier. Null: there was none
 */
function goOn(draft: Draft, resumedAt: number | null = draft.state.heldUntil ?? null): void {
  const { state, now } = draft
  const wasMaintained = (state.heldUntil ?? null) !== null
  const hold = holdAt(state, now)
  if (hold) {
    if (isHeldBack(state, now)) putOff(draft, hold)
    return
  }
  state.heldUntil = null
  const resumed = resumedAt === null ? null : allowedFrom(state, Math.min(resumedAt, now))
  const from = (due: number) => allowedFrom(state, Math.max(due, resumed ?? due))
  if (state.snoozedUntil !== null && state.snoozedUntil <= now) endSnooze(draft, from(state.snoozedUntil))
  if (isRaiseDue(state, now)) raise(draft, from(state.raiseAt ?? now))
  if (resumed !== null && wasMaintained) restartHeldLevel(draft, resumed)
  if (resumed !== null) pageHeldAgain(draft, resumed)
  const { dueAt } = state.escalation
  if (dueAt !== null && dueAt <= now) state.escalation.dueAt = from(dueAt)
  catchUp(draft, now)
}

/** Begins anew at the first level, as soon as the policy's initial delay is over: mostly it has waited longer than that. */
function raise(draft: Draft, at: number): void {
  const { state } = draft
  becomeHigh(draft)
  const dueAt = Math.max(at, state.openedAt + state.plan.initialDelayMs)
  state.escalation = { pass: 0, level: -1, dueAt, ended: false, fallbackPaged: false }
  catchUp(draft, at)
}

function becomeHigh(draft: Draft): void {
  Object.assign(draft.state, { priority: 'HIGH', raiseAt: null })
  draft.tell({ type: 'raised' })
}

function isRaiseDue({ status, priority, raiseAt = null }: IncidentState, now: number): boolean {
  return status === 'PENDING' && priority === 'LOW' && raiseAt !== null && raiseAt <= now
}

/** Pages the level at which it was accepted, and who put it off. Without anybody from there on it begins anew. */
function endSnooze(draft: Draft, at: number): void {
  const { state } = draft
  const { level, pass } = state.escalation
  const assignee = state.assignedTo
  draft.tell({ type: 'snooze-ended' })
  becomePending(draft)
  state.escalation = {
    ...state.escalation,
    level: Math.max(level, 0) - 1,
    paged: [],
    pass: Math.max(pass, 1),
    dueAt: at,
    ended: false,
  }
  if (!nextLevel(state, draft.now)) state.escalation.level = -1
  catchUp(draft, at)
  const paged = assignee && draft.responder(assignee.userId)?.status === 'PENDING'
  if (assignee && !paged) draft.page(assignee, at)
}

function becomePending(draft: Draft): void {
  const { state } = draft
  const was = state.status
  // Somebody, or the end of a snooze, asks anew: if nobody can be reached this time either, the fallback is asked anew.
  state.escalation.fallbackPaged = false
  Object.assign(state, { status: 'PENDING', acceptedAt: null, acceptedBy: null, assignedTo: null, snoozedUntil: null })
  // Support hours began while it was accepted: what pages now does it by them, and once.
  if (isRaiseDue(state, draft.now)) becomeHigh(draft)
  if (was !== 'PENDING') tellSource(draft)
}

function tellSource(draft: Draft): void {
  const { status, tellEveryStatus } = draft.state
  if (tellEveryStatus || status === 'RESOLVED') draft.effects.push({ type: 'tell-source', status })
}

function done(state: IncidentState, asked: Act): string {
  const words: Record<Act['type'], string> = {
    accept: 'accepted',
    resolve: 'resolved',
    escalate: 'escalated',
    assign: 'assigned',
    'add-responder': 'responder added',
    snooze: 'snoozed',
    comment: 'comment added',
  }
  return `${state.reference} ${words[asked.type]}`
}

function refused(
  state: IncidentState,
  outcome: ActResult['outcome'],
  message: string,
): { change: null; result: ActResult } {
  return { change: null, result: { outcome, message, status: state.status as IncidentStatus } }
}

function by(name: string | null): string {
  return name ? ` by ${name}` : ''
}
