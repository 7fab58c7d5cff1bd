import { Refusal } from '../directory/refusal.ts'
import { LIMITS } from '../limits.ts'
import type { Instant, Interval } from '../on-call/model.ts'
import { DAY } from '../on-call/wall-time.ts'

/** The interval that a request asks for, by default `days` from now on. */
export function intervalOf(
  { from, until }: { from?: string | undefined; until?: string | undefined },
  now: Instant,
  days: number,
): Interval {
  const start = from === undefined ? now : Date.parse(from)
  const end = until === undefined ? start + days * DAY : Date.parse(until)
  if (end <= start) throw new Refusal('BAD_REQUEST', 'until must be after from, which is now when left out', 'until')
  if (end - start <= LIMITS.shiftsDays * DAY) return { start, end }
  throw new Refusal('BAD_REQUEST', `until may be at most ${LIMITS.shiftsDays} days after from (shiftsDays)`, 'until')
}
