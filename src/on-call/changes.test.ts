import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChangedShift, changedShifts } from './changes.ts'
import type { Instant, Schedule } from './model.ts'
import { onCallAt } from './on-call.ts'
import { scheduleAndInstants } from './random-schedule.fixtures.ts'

const [ANA, BEN, CYD] = [1, 2, 3]
const at = (text: string) => Date.parse(`${text}:00Z`)

describe('what a change does', () => {
  const daily: Schedule = {
    type: 'recurring',
    timeZone: 'Etc/UTC',
    layers: [
      { name: 'Days', start: '2025-03-03T08:00', users: [ANA, BEN], rotation: { unit: 'day', every: 1 }, end: null },
    ],
    overrides: [],
  }

  it('names each stretch with who was on call and who is', () => {
    const after = {
      ...daily,
      layers: daily.layers.map((layer) => ({ ...layer, end: '2025-03-05T12:00' })),
      overrides: [{ userId: CYD, start: at('2025-03-04T06:00'), end: at('2025-03-04T10:00') }],
    }
    expect(changedShifts(daily, after, at('2025-03-03T00:00'), at('2025-03-07T00:00'))).toEqual([
      { start: at('2025-03-04T06:00'), end: at('2025-03-04T08:00'), before: ANA, after: CYD },
      { start: at('2025-03-04T08:00'), end: at('2025-03-04T10:00'), before: BEN, after: CYD },
      { start: at('2025-03-05T12:00'), end: at('2025-03-06T08:00'), before: ANA, after: null },
      { start: at('2025-03-06T08:00'), end: at('2025-03-07T00:00'), before: BEN, after: null },
    ])
  })

  it('of any two schedules agrees with who is on call in each, in sorted maximal stretches', () => {
    fc.assert(
      fc.property(scheduleAndInstants, scheduleAndInstants, ({ schedule, instants }, { schedule: other }) => {
        const [from, to] = [instants[0] as Instant, instants.at(-1) as Instant]
        const changed = changedShifts(schedule, other, from, to)
        let last: Partial<ChangedShift> & { end: Instant } = { end: from }
        for (const stretch of changed) {
          const { start, end, before, after } = stretch
          expect(start).toBeGreaterThanOrEqual(last.end)
          expect(end).toBeGreaterThan(start)
          expect(before).not.toBe(after)
          if (start === last.end) expect([before, after]).not.toEqual([last.before, last.after])
          last = stretch
        }
        expect(last.end).toBeLessThanOrEqual(to)
        const ends = changed.flatMap(({ start, end }) => [start - 1, start, end - 1, end])
        for (const instant of [...instants, ...ends].filter((asked) => from <= asked && asked < to)) {
          const [was, is] = [onCallAt(schedule, instant), onCallAt(other, instant)]
          const found = changed.find(({ start, end }) => start <= instant && instant < end)
          expect(found ? [found.before, found.after] : 'the same').toEqual(was === is ? 'the same' : [was, is])
        }
      }),
    )
  })

  it('of a schedule that stays the same is nothing', () => {
    fc.assert(
      fc.property(scheduleAndInstants, ({ schedule, instants }) => {
        const [from, to] = [instants[0] as Instant, instants.at(-1) as Instant]
        expect(changedShifts(schedule, structuredClone(schedule), from, to)).toEqual([])
      }),
    )
  })
})
