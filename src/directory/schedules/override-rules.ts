import { LIMITS } from '../../limits.ts'
import type { Instant, Schedule, Shift } from '../../on-call/model.ts'
import { shifts } from '../../on-call/on-call.ts'
import { DAY } from '../../on-call/wall-time.ts'
import { Refusal } from '../refusal.ts'
import type { Override } from './rendered-schedule.ts'

/** Who makes, changes or ends an override. */
export interface OverrideMaker {
  id: number
  name: string
  role: 'ADMIN' | 'USER'
}

/** Others' clocks are not ours, and requests take their time: as long ago as that is taken for now. */
const JUST_NOW = 60_000

/** The wanted shift of an override that has not begun. */
export function toCome({ userId, start, end }: Shift, now: Instant): Shift {
  if (start < now - JUST_NOW)
    throw wrong('start', 'lies in the past, which can’t be changed: let it start now or later')
  const shift = { userId, start: Math.max(start, now), end }
  if (end <= shift.start) throw wrong('end', 'lies in the past: let it end later')
  return ofBoundedLength(shift)
}

/** The wanted shift of an override that has begun. */
export function runningUntil(running: Shift, { userId, start, end }: Shift, now: Instant): Shift {
  const advice = 'this override has begun, so only its end can change. End it now and make another one'
  if (start !== running.start) throw wrong('start', `can’t change: ${advice}`)
  if (userId !== running.userId) throw wrong('user.id', `can’t change: ${advice} for somebody else`)
  if (end < now - JUST_NOW) throw wrong('end', 'lies in the past: this override can end now or later')
  return ofBoundedLength({ userId, start, end: Math.max(end, now) })
}

/**
 * Users put themselves on call, and others only for shifts that are theirs.
 *
 * @param schedule without the override
 */
export function refuseOthersShifts(by: OverrideMaker, schedule: Schedule, { userId, start, end }: Shift): void {
  if (by.role === 'ADMIN' || userId === by.id || start >= end) return
  const [first] = shifts(schedule, start, end)
  if (first?.userId === by.id && first.start === start && first.end === end) return
  const message = 'Only an administrator may put somebody else on call, unless you hand over a shift of yours'
  throw new Refusal('FORBIDDEN', message, 'user.id')
}

export function refuseOthersOverride(by: OverrideMaker, { createdBy, coverageRequestId }: Override): void {
  if (by.role === 'ADMIN') return
  if (createdBy === by.id && coverageRequestId === null) return
  if (createdBy === by.id) {
    // Who asked counts on it.
    throw new Refusal('FORBIDDEN', 'You took this over: ask for cover yourself, or ask an administrator')
  }
  throw new Refusal('FORBIDDEN', 'Only an administrator, or whoever made it, may change or end this override')
}

function ofBoundedLength(shift: Shift): Shift {
  if (shift.end - shift.start <= LIMITS.shiftsDays * DAY) return shift
  throw wrong(
    'end',
    `is too late: an override has at most ${LIMITS.shiftsDays} days. Change the schedule itself instead`,
  )
}

function wrong(field: string, message: string): Refusal {
  return new Refusal('BAD_REQUEST', `${field} ${message}`, field)
}
