import fc from 'fast-check'
import { describe, it } from 'vitest'
import { MinuteByMinute } from './minute-by-minute.fixtures.ts'
import type { Instant, Schedule, Shift } from './model.ts'
import { gaps, layerShifts, nextHandOff, onCallAt, shifts } from './on-call.ts'
import { CHANGES, recurringSchedule, scheduleAndInstants } from './random-schedule.fixtures.ts'
import { DAY, WEEK } from './wall-time.ts'

/** Shows `check` any schedule, an interval around a change of clocks, and instants in between. */
function ofAnySchedule(
  check: (given: { schedule: Schedule; from: Instant; to: Instant; instants: Instant[] }) => void,
) {
  fc.assert(
    fc.property(scheduleAndInstants, ({ schedule, instants }) => {
      check({ schedule, from: instants[0] as Instant, to: instants.at(-1) as Instant, instants: instants.slice(1, -1) })
    }),
    { numRuns: 200 },
  )
}

function joined(timelines: Shift[][]): Shift[] {
  const result: Shift[] = []
  for (const shift of timelines.flat()) {
    const last = result.at(-1)
    if (last?.end === shift.start && last.userId === shift.userId) last.end = shift.end
    else result.push({ ...shift })
  }
  return result
}

describe('of any schedule', () => {
  it('shifts and gaps tile the interval, and no two touching shifts are of one user', ({ expect }) => {
    ofAnySchedule(({ schedule, from, to }) => {
      const tiles = [
        ...shifts(schedule, from, to),
        ...gaps(schedule, from, to).map((gap) => ({ ...gap, userId: null })),
      ].sort((a, b) => a.start - b.start)
      let reached = from
      let userBefore: number | null | undefined
      for (const { userId, start, end } of tiles) {
        expect(start).toBe(reached)
        expect(end).toBeGreaterThan(start)
        expect(userId).not.toBe(userBefore)
        reached = end
        userBefore = userId
      }
      expect(reached).toBe(to)
    })
  })

  it('shifts agree with who is on call at, before and after each boundary and at random instants', ({ expect }) => {
    ofAnySchedule(({ schedule, from, to, instants }) => {
      const found = shifts(schedule, from, to)
      const asked = [...found.flatMap(({ start, end }) => [start - 1, start, end - 1, end]), ...instants].filter(
        (instant) => from <= instant && instant < to,
      )
      const user = (instant: Instant) =>
        found.find(({ start, end }) => start <= instant && instant < end)?.userId ?? null
      expect(asked.map((instant) => onCallAt(schedule, instant))).toEqual(asked.map(user))
    })
  })

  it('shifts are the same however the interval is cut', ({ expect }) => {
    ofAnySchedule(({ schedule, from, to, instants }) => {
      const cuts = [from, ...instants, to]
      const parts = cuts.slice(1).map((end, index) => [cuts[index] as Instant, end] as const)
      expect(joined(parts.map(([start, end]) => shifts(schedule, start, end)))).toEqual(shifts(schedule, from, to))
      const layers = layerShifts(schedule, from, to)
      for (const [index, whole] of layers.entries()) {
        expect(joined(parts.map(([start, end]) => layerShifts(schedule, start, end)[index] ?? []))).toEqual(whole)
      }
    })
  })

  it('the next hand-off is the first instant at which somebody else is on call', ({ expect }) => {
    ofAnySchedule(({ schedule, from }) => {
      const next = nextHandOff(schedule, from)
      const until = next?.at ?? from + 20 * WEEK
      const userId = onCallAt(schedule, from)
      expect(shifts(schedule, from, until)).toEqual(userId === null ? [] : [{ userId, start: from, end: until }])
      if (!next) return
      expect(next).toEqual({ at: until, from: userId, to: onCallAt(schedule, until) })
      expect(next.to).not.toBe(next.from)
    })
  })

  it('leaves what it is given as it was', ({ expect }) => {
    ofAnySchedule(({ schedule, from, to }) => {
      const before = structuredClone(schedule)
      const found = shifts(schedule, from, to)
      for (const shift of found) shift.userId = 99
      expect(schedule).toEqual(before)
    })
  })
})

describe('across a change of clocks', () => {
  const oracles = new Map(CHANGES.map((change) => [change, new MinuteByMinute(change.timeZone, change.at)]))

  it('each minute is the same as when it is walked to', ({ expect }) => {
    fc.assert(
      fc.property(recurringSchedule, ({ change, schedule: given }) => {
        // The walk sees whole minutes.
        const overrides = given.overrides.map((shift) => ({ ...shift, end: Math.ceil(shift.end / 60_000) * 60_000 }))
        const schedule = { ...given, overrides }
        const [from, to] = [change.at - 9 * DAY, change.at + 9 * DAY]
        const walked = oracles.get(change)?.onCall(schedule, from, to)
        const found = new Array<number | null>((to - from) / 60_000).fill(null)
        for (const { userId, start, end } of shifts(schedule, from, to)) {
          found.fill(userId, (start - from) / 60_000, (end - from) / 60_000)
        }
        const different = found.findIndex((userId, minute) => userId !== walked?.[minute])
        expect(different === -1 ? 'the same' : new Date(from + different * 60_000).toISOString()).toBe('the same')
      }),
      { numRuns: 200 },
    )
  })
})
