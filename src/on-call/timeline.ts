import type { Instant, Interval, Shift } from './model.ts'

/** A timeline is a list of shifts, sorted and without overlap, where touching shifts of one user are one. */

/** Adds a shift at the end; nothing when it has no length. */
export function append(timeline: Shift[], userId: number, start: Instant, end: Instant): void {
  if (start >= end) return
  const last = timeline.at(-1)
  if (last && last.end === start && last.userId === userId) last.end = end
  else timeline.push({ userId, start, end })
}

/** Puts timelines on top of each other, the later in the list over the earlier. By halves: overrides can be many. */
export function stack(timelines: Shift[][]): Shift[] {
  const [bottom = [], next] = timelines
  if (!next) return bottom
  const half = timelines.length >> 1
  return layOver(stack(timelines.slice(0, half)), stack(timelines.slice(half)))
}

function layOver(below: Shift[], above: Shift[]): Shift[] {
  const result: Shift[] = []
  let under = 0
  let reached = Number.NEGATIVE_INFINITY
  const fillUpTo = (until: Instant) => {
    for (let shift = below[under]; shift; shift = below[++under]) {
      append(result, shift.userId, Math.max(shift.start, reached), Math.min(shift.end, until))
      if (shift.end > until) return
    }
  }
  for (const { userId, start, end } of above) {
    fillUpTo(start)
    append(result, userId, start, end)
    reached = end
  }
  fillUpTo(Number.POSITIVE_INFINITY)
  return result
}

/** What of a timeline lies in the windows, which are sorted and disjoint. */
export function within(timeline: Shift[], windows: Interval[]): Shift[] {
  const result: Shift[] = []
  let first = 0
  for (const { userId, start, end } of timeline) {
    for (let index = first; index < windows.length; index++) {
      const window = windows[index] as Interval
      if (window.start >= end) break
      append(result, userId, Math.max(start, window.start), Math.min(end, window.end))
      if (window.end <= end) first = index + 1
    }
  }
  return result
}

/** What of an interval nobody has. */
export function complement(timeline: Shift[], from: Instant, to: Instant): Interval[] {
  const open: Interval[] = []
  let reached = from
  for (const { start, end } of timeline) {
    if (start > reached) open.push({ start: reached, end: start })
    reached = end
  }
  if (reached < to) open.push({ start: reached, end: to })
  return open
}
