import { maintenanceAt } from '../maintenance/maintenance.ts'
import type { Draft } from './draft.ts'
import type { IncidentState } from './model.ts'

/**
 * Holding an incident back: while its source is in maintenance, or waits whether a resolved problem comes back, nobody is
 * paged but by hand. What becomes due meanwhile is put off and nothing of it is lost: afterwards it goes on from the end of
 * the hold, with one level, however many would have been due.
 */
export interface Hold {
  until: number
  /** The maintenance window's name; null: the source has said that it is over. */
  window: string | null
}

/** Null: people are paged. */
export function holdAt({ resolvingAt = null, maintenance = [] }: IncidentState, at: number): Hold | null {
  if (resolvingAt !== null) return { until: resolvingAt, window: null }
  const running = maintenanceAt(maintenance, at)
  return running && { until: running.until, window: running.window.name }
}

/** Puts off what is due. A resolve that waits needs no time for that: its end says what becomes of it. */
export function putOff(draft: Draft, { until, window }: Hold): void {
  if (window === null || draft.state.heldUntil === until) return
  draft.state.heldUntil = until
  draft.tell({ type: 'held', window, until })
}

/** When something that was due may be done: for who comes late, at the end of the window in which it was. */
export function allowedFrom({ maintenance = [] }: IncidentState, due: number): number {
  return maintenanceAt(maintenance, due)?.until ?? due
}

/** The earliest instant at which somebody may be paged by itself. A resolve that waits is not looked at. */
export function nextPaging(state: IncidentState): number | null {
  const { status, priority, escalation, snoozedUntil, raiseAt = null, heldUntil = null } = state
  if (heldUntil !== null) return heldUntil
  const pending = status === 'PENDING'
  const due = [
    pending ? escalation.dueAt : null,
    pending && priority === 'LOW' ? raiseAt : null,
    status === 'ACCEPTED' ? snoozedUntil : null,
  ].filter((at) => at !== null)
  return due.length > 0 ? Math.min(...due) : null
}

/** Whether anything waits for the end of a hold. */
export function isHeldBack(state: IncidentState, now: number): boolean {
  const next = nextPaging(state)
  const waits = state.responders.some(({ status, held }) => status === 'PENDING' && held)
  return waits || (next !== null && next <= now) || (state.heldUntil ?? null) !== null
}

/**
 * When the escalation goes on if nobody answers; null: it doesn't. A level whose page maintenance has held back begins anew at
 * its end, so the next one comes a whole timeout later.
 */
export function escalatesAt(state: IncidentState): number | null {
  const { status, escalation, plan, heldUntil = null, resolvingAt = null } = state
  if (status !== 'PENDING' || resolvingAt !== null || escalation.dueAt === null) return null
  if (heldUntil === null) return escalation.dueAt
  const timeoutMs = beginsAnew(state) ? (plan.levels[escalation.level]?.timeoutMs ?? 0) : 0
  return Math.max(escalation.dueAt, heldUntil + timeoutMs)
}

function beginsAnew({ escalation, responders }: IncidentState): boolean {
  const paged = new Set(escalation.paged?.map(({ userId }) => userId))
  return responders.some(({ userId, status, held }) => status === 'PENDING' && held && paged.has(userId))
}
