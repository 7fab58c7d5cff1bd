import type { Instant, Interval, Schedule, Shift } from './model.ts'
import { shifts } from './on-call.ts'

/** An interval in which another person is on call than before. Null: nobody. */
export interface ChangedShift extends Interval {
  before: number | null
  after: number | null
}

/** What a change of a schedule does to who is on call: maximal stretches, sorted, none where both say the same. */
export function changedShifts(before: Schedule, after: Schedule, from: Instant, to: Instant): ChangedShift[] {
  const [one, other] = [new Timeline(shifts(before, from, to)), new Timeline(shifts(after, from, to))]
  const changed: ChangedShift[] = []
  for (let start = from; start < to; ) {
    // In a timeline something changes at each boundary, so pieces between boundaries of either are maximal.
    const end = Math.min(one.nextBoundary(start), other.nextBoundary(start), to)
    const [was, is] = [one.userAt(start), other.userAt(start)]
    if (was !== is) changed.push({ start, end, before: was, after: is })
    start = end
  }
  return changed
}

/** Shifts that are asked in the order of time. */
class Timeline {
  readonly #shifts: Shift[]
  #index = 0

  constructor(shifts: Shift[]) {
    this.#shifts = shifts
  }

  userAt(instant: Instant): number | null {
    const shift = this.#notOverAt(instant)
    return shift && shift.start <= instant ? shift.userId : null
  }

  nextBoundary(instant: Instant): Instant {
    const shift = this.#notOverAt(instant)
    if (!shift) return Number.POSITIVE_INFINITY
    return shift.start > instant ? shift.start : shift.end
  }

  #notOverAt(instant: Instant): Shift | undefined {
    while ((this.#shifts[this.#index]?.end ?? Number.POSITIVE_INFINITY) <= instant) this.#index++
    return this.#shifts[this.#index]
  }
}
