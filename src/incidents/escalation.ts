import type { Draft } from './draft.ts'
import { allowedFrom, holdAt, putOff } from './hold.ts'
import { membersOf } from './level-members.ts'
import type { IncidentState, Level, LevelMember, Person, Responder, Target } from './model.ts'

/**
 * Walking an escalation policy's levels. A level is due at the assignment of the one before + its timeout, computed from
 * when that was due and not from when the code ran, so that lateness never adds up. Whom it pages is another matter: a
 * level that is paged late pages whoever is on call by then, because the shift of whoever was when it was due may be over.
 */

/**
 * Starts at the first level, or after the policy's initial delay.
 *
 * @param byHand a person asked for it: the first level is paged whatever holds the incident back
 */
export function startEscalation(draft: Draft, byHand = false): void {
  const { state, now } = draft
  const { initialDelayMs } = state.plan
  state.escalation = { pass: 0, level: -1, dueAt: now + initialDelayMs, ended: false, fallbackPaged: false }
  if (initialDelayMs > 0) draft.tell({ type: 'waiting', until: now + initialDelayMs })
  else if (byHand) pageNextLevel(draft, now, byHand)
  catchUp(draft, now)
}

/**
 * Pages every level that is due by `until`, or puts that off. Ends: each step moves on through a bounded number of passes and
 * levels.
 */
export function catchUp(draft: Draft, until: number): void {
  const { state, now } = draft
  const isDue = () => state.status === 'PENDING' && state.escalation.dueAt !== null && state.escalation.dueAt <= until
  const hold = isDue() ? holdAt(state, now) : null
  if (hold) putOff(draft, hold)
  else while (isDue()) pageNextLevel(draft, allowedFrom(state, state.escalation.dueAt ?? now))
}

/** The next level with anybody in it at an instant, in this pass or the next one; null when there is none. */
export function nextLevel(state: IncidentState, at: number): { level: number; pass: number; skipped: number[] } | null {
  const { levels, passes } = state.plan
  const hasAnybody = levels.map((level) => membersOf(state.plan, level, at).length > 0)
  if (!hasAnybody.includes(true)) return null
  const skipped: number[] = []
  let { level } = state.escalation
  let pass = Math.max(state.escalation.pass, 1)
  for (;;) {
    level++
    if (level >= levels.length) {
      if (pass >= passes) return null
      pass++
      level = 0
    }
    if (hasAnybody[level]) return { level, pass, skipped }
    skipped.push(level)
  }
}

/** Pages one level and starts its timer. LOW priority pages once and never escalates by itself. */
export function pageLevel(draft: Draft, level: number, pass: number, assignedAt: number, byHand = false): void {
  const { state, now } = draft
  const named = state.plan.levels[level] as Level
  const people = membersOf(state.plan, named, now)
  const dueAt = state.priority === 'HIGH' && named.timeoutMs !== null ? assignedAt + named.timeoutMs : null
  Object.assign(state.escalation, { level, pass, paged: people, dueAt, ended: false })
  draft.tell({ type: 'level-paged', level, pass, people, assignedAt })
  for (const person of people) draft.page(person, assignedAt, byHand)
}

/**
 * Maintenance is over: where somebody at the present level was not sent everything of their page, it is paged anew as a whole
 * and as it is on call by now, with its full time for an answer; so the next one is not paged at the same moment.
 */
export function restartHeldLevel(draft: Draft, at: number): void {
  const { state, now } = draft
  const { level, pass } = state.escalation
  const present = state.plan.levels[level]
  const held = pagedAtPresentLevel(state, now).filter(({ userId }) => isHeld(draft.responder(userId)))
  if (!present || held.length === 0 || membersOf(state.plan, present, now).length === 0) return
  pageLevel(draft, level, pass, at)
  for (const { userId } of held.filter(({ userId }) => isHeld(draft.responder(userId)))) {
    draft.withdraw(userId, 'paged whoever is on call by now')
  }
}

/** Pages anew whoever was not sent everything of their page. No level's time begins with that. */
export function pageHeldAgain(draft: Draft, at: number): void {
  const people = draft.state.responders.filter(isHeld).map(({ userId, name }): Person => ({ userId, name }))
  if (people.length > 0) draft.tell({ type: 'paged-again', people })
  for (const person of people) draft.page(person, at)
}

/** Says why levels were left out. */
export function tellSkipped(draft: Draft, levels: number[]): void {
  for (const level of levels) {
    const { targets } = draft.state.plan.levels[level] as Level
    draft.tell({ type: 'level-skipped', level, schedules: targets.filter(isSchedule).map(({ name }) => name) })
  }
}

/**
 * A user could not be reached on any channel. When that leaves nobody at the present level, the next one is paged at
 * once; but a new pass still waits for its time, because going round in circles reaches nobody either.
 *
 * @param byHand a person asked for the page that did not reach them: so somebody must hear of it
 */
export function escalatePastUnreachable(draft: Draft, byHand = false): void {
  const { state, now } = draft
  const { escalation } = state
  if (state.status !== 'PENDING') return
  const waiting = state.responders.filter(({ status }) => status === 'PENDING')
  const current = new Set(pagedAtPresentLevel(state, now).map(({ userId }) => userId))
  if (waiting.some(({ userId, unreachable }) => current.has(userId) && !unreachable)) return
  const next = nextLevel(state, now)
  if (state.priority === 'HIGH' && escalation.dueAt !== null && next && next.pass === Math.max(escalation.pass, 1)) {
    // Where its own time is past already, only the alarm is late: the levels after it still count from when it was due.
    pageNextLevel(draft, Math.min(now, escalation.dueAt), byHand)
  } else if (waiting.every(({ unreachable }) => unreachable)) {
    pageFallback(draft, now, 'nobody-reachable', byHand)
  }
}

function pageNextLevel(draft: Draft, assignedAt: number, byHand = false): void {
  const { state, now } = draft
  const next = nextLevel(state, now)
  if (next) {
    tellSkipped(draft, next.skipped)
    pageLevel(draft, next.level, next.pass, assignedAt, byHand)
    return
  }
  // The fallback also where somebody was paged whose shift is over by now: nobody on call is not nobody told.
  if (state.plan.levels.some((level) => membersOf(state.plan, level, now).length > 0)) {
    // Had any of those anybody, it would be the next.
    tellSkipped(draft, [...state.plan.levels.keys()].slice(state.escalation.level + 1))
    draft.tell({ type: 'escalation-ended' })
  } else {
    tellSkipped(draft, [...state.plan.levels.keys()])
    pageFallback(draft, assignedAt, 'no-level-has-anybody', byHand)
  }
  Object.assign(state.escalation, { dueAt: null, ended: true })
}

function pageFallback(
  draft: Draft,
  now: number,
  reason: 'no-level-has-anybody' | 'nobody-reachable',
  byHand = false,
): void {
  const { state } = draft
  if (state.escalation.fallbackPaged) return
  state.escalation.fallbackPaged = true
  // Whoever is being asked and can't be reached would only fail again. Of an earlier time that says nothing.
  const people = state.plan.fallback.filter(({ userId }) => {
    const known = draft.responder(userId)
    return known?.status !== 'PENDING' || !known.unreachable
  })
  if (people.length === 0) {
    draft.tell({ type: 'nobody-to-page' })
    return
  }
  draft.tell({ type: 'fallback-paged', people, reason })
  for (const person of people) draft.page(person, now, byHand)
}

/** Who was paged when the present level was. States of before there were schedules name people only. */
function pagedAtPresentLevel({ plan, escalation }: IncidentState, now: number): LevelMember[] {
  const level = plan.levels[escalation.level]
  return escalation.paged ?? (level ? membersOf(plan, level, now) : [])
}

function isHeld(responder: Responder | undefined): boolean {
  return responder?.status === 'PENDING' && responder.held === true
}

function isSchedule(target: Target): target is Extract<Target, { type: 'schedule' }> {
  return target.type === 'schedule'
}
