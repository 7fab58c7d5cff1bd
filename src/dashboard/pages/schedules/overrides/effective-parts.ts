import type { Override } from '../../../../api/schemas/schedule.ts'
import type { Interval } from '../../../../on-call/model.ts'
import { complement, stack } from '../../../../on-call/timeline.ts'

type Times = Pick<Override, 'id' | 'start' | 'end'>

/**
 * When an override really holds: without what newer ones beat. Made anew it is the newest and would beat them, so only these
 * parts of it bring back who was on call.
 */
export function effectiveParts(override: Times, all: Times[]): Interval[] {
  const { start, end } = intervalOf(override)
  const newer = all.filter(({ id }) => id > override.id).map((each) => ({ userId: each.id, ...intervalOf(each) }))
  const touching = newer.filter((each) => each.start < end && each.end > start)
  return complement(stack(touching.map((each) => [each])), start, end)
}

const intervalOf = ({ start, end }: Times): Interval => ({ start: Date.parse(start), end: Date.parse(end) })
