import { LIMITS } from '../../limits.ts'
import type { Instant, Shift } from '../../on-call/model.ts'
import { Refusal } from '../refusal.ts'

/**
 * What becomes of a static schedule's shifts when these are wanted from now on: whatever lies before now stays as it was, the
 * wanted ones count from now. A wanted one that is over must be as it is stored.
 */
export function nextShifts(before: Shift[], wanted: Shift[], now: Instant): Shift[] {
  for (const [index, shift] of wanted.entries()) {
    if (shift.end > now || before.some((stored) => same(stored, shift))) continue
    const path = `shifts[${index}].start`
    const message = `${path} lies in the past, like the whole shift: what is over can’t be changed. Leave this shift out`
    throw new Refusal('BAD_REQUEST', message, path)
  }
  const over = before.filter(({ end }) => end <= now)
  const notOver = before.filter(({ end }) => end > now)
  const coming = wanted.filter(({ end }) => end > now)
  if (notOver.length === coming.length && notOver.every((shift, index) => same(shift, coming[index] as Shift))) {
    return before
  }
  const begun = notOver.filter(({ start }) => start < now)
  // A shift that goes on stays one shift, unless the past of another lies over its own.
  const goingOn = (shift: Shift) => begun.find((other) => startsAs(other, shift) && !isCovered(other, before))
  const kept = new Set(coming.map(goingOn))
  const past = before.filter((shift) => over.includes(shift) || (begun.includes(shift) && !kept.has(shift)))
  const taken = new Set<Shift>()
  return [
    ...past.slice(-LIMITS.pastShiftsPerSchedule).map((shift) => ({ ...shift, end: Math.min(shift.end, now) })),
    ...coming.map((shift) => {
      const begins = goingOn(shift)
      if (!begins || taken.has(begins)) return { ...shift, start: Math.max(shift.start, now) }
      taken.add(begins)
      return shift
    }),
  ]
}

function same(one: Shift, other: Shift): boolean {
  return startsAs(one, other) && one.end === other.end
}

function startsAs(one: Shift, other: Shift): boolean {
  return one.userId === other.userId && one.start === other.start
}

/** Whether a later one in the list lies over its beginning. */
function isCovered(shift: Shift, all: Shift[]): boolean {
  return all.slice(all.indexOf(shift) + 1).some(({ start, end }) => start < shift.end && end > shift.start)
}
