import type { Draft } from './draft.ts'
import type { IncidentState, Level, Person } from './model.ts'

/**
 * Walking an escalation policy's levels. A level is due at the assignment of the one before + its timeout, computed from
 * when that was due and not from when the code ran, so that lateness never adds up.
 */

/** Who a level reaches at the moment of assignment, everyone once. */
export function peopleOf(level: Level): Person[] {
  const people = new Map<number, Person>()
  for (const target of level.targets) people.set(target.userId, { userId: target.userId, name: target.name })
  return [...people.values()]
}

/** Starts at the first level, or after the policy's initial delay. */
export function startEscalation(draft: Draft, now: number): void {
  const { state } = draft
  const { initialDelayMs } = state.plan
  state.escalation = { pass: 0, level: -1, dueAt: now + initialDelayMs, ended: false, fallbackPaged: false }
  if (initialDelayMs > 0) draft.tell({ type: 'waiting', until: now + initialDelayMs })
  catchUp(draft, now)
}

/** Pages every level that is due by now. Ends: each step moves on through a bounded number of passes and levels. */
export function catchUp(draft: Draft, now: number): void {
  const { state } = draft
  while (state.status === 'PENDING' && state.escalation.dueAt !== null && state.escalation.dueAt <= now) {
    pageNextLevel(draft, state.escalation.dueAt)
  }
}

/** The next level with anybody in it, in this pass or the next one; null when there is none. */
export function nextLevel(state: IncidentState): { level: number; pass: number; skipped: number[] } | null {
  const { levels, passes } = state.plan
  if (!levels.some((level) => peopleOf(level).length > 0)) return null
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
    if (peopleOf(levels[level] as Level).length > 0) return { level, pass, skipped }
    skipped.push(level)
  }
}

/** Pages one level and starts its timer. LOW priority pages once and never escalates by itself. */
export function pageLevel(draft: Draft, level: number, pass: number, assignedAt: number): void {
  const { state } = draft
  const { targets, timeoutMs } = state.plan.levels[level] as Level
  const people = peopleOf({ targets, timeoutMs })
  const escalates = state.priority === 'HIGH' && timeoutMs !== null
  Object.assign(state.escalation, { level, pass, dueAt: escalates ? assignedAt + timeoutMs : null, ended: false })
  draft.tell({ type: 'level-paged', level, pass, people, assignedAt })
  for (const person of people) draft.page(person, assignedAt)
}

/**
 * A user could not be reached on any channel. When that leaves nobody at the present level, the next one is paged at
 * once; but a new pass still waits for its time, because going round in circles reaches nobody either.
 */
export function escalatePastUnreachable(draft: Draft, now: number): void {
  const { state } = draft
  const { escalation, plan } = state
  if (state.status !== 'PENDING') return
  const waiting = state.responders.filter(({ status }) => status === 'PENDING')
  const current = new Set(
    plan.levels[escalation.level] ? peopleOf(plan.levels[escalation.level] as Level).map(({ userId }) => userId) : [],
  )
  if (waiting.some(({ userId, unreachable }) => current.has(userId) && !unreachable)) return
  const next = nextLevel(state)
  if (state.priority === 'HIGH' && escalation.dueAt !== null && next && next.pass === Math.max(escalation.pass, 1)) {
    // Where its own time is past already, only the alarm is late: the levels after it still count from when it was due.
    pageNextLevel(draft, Math.min(now, escalation.dueAt))
  } else if (waiting.every(({ unreachable }) => unreachable)) {
    pageFallback(draft, now, 'nobody-reachable')
  }
}

function pageNextLevel(draft: Draft, assignedAt: number): void {
  const { state } = draft
  const next = nextLevel(state)
  if (next) {
    for (const level of next.skipped) draft.tell({ type: 'level-skipped', level })
    pageLevel(draft, next.level, next.pass, assignedAt)
    return
  }
  if (!state.plan.levels.some((level) => peopleOf(level).length > 0))
    pageFallback(draft, assignedAt, 'no-level-has-anybody')
  else draft.tell({ type: 'escalation-ended' })
  Object.assign(state.escalation, { dueAt: null, ended: true })
}

function pageFallback(draft: Draft, now: number, reason: 'no-level-has-anybody' | 'nobody-reachable'): void {
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
  for (const person of people) draft.page(person, now)
}
