import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant, Layer, Schedule, Shift } from './model.ts'
import { onCallAt, shifts } from './on-call.ts'
import { scheduleAndInstants } from './random-schedule.fixtures.ts'
import { DAY } from './wall-time.ts'
import { nextShift, shiftAt, wholeShifts } from './whole-shifts.ts'

const [ANA, BEN] = [1, 2]
const at = (text: string) => Date.parse(`${text}:00Z`)
const shift = (userId: number, start: string, end: string): Shift => ({ userId, start: at(start), end: at(end) })

function schedule(changes: Partial<Layer> = {}, overrides: Shift[] = []): Schedule {
  const layer: Layer = {
    name: 'Layer',
    start: '2025-03-03T08:00',
    users: [ANA, BEN],
    rotation: { unit: 'week', every: 1 },
    ...changes,
  }
  return { type: 'recurring', timeZone: 'Etc/UTC', layers: [layer], overrides }
}

describe('whole shifts', () => {
  it('have their true start and end, also outside what is asked', () => {
    expect(wholeShifts(schedule(), at('2025-03-07T00:00'), at('2025-03-11T00:00'))).toEqual([
      shift(ANA, '2025-03-03T08:00', '2025-03-10T08:00'),
      shift(BEN, '2025-03-10T08:00', '2025-03-17T08:00'),
    ])
  })

  it('go on where an override puts the same user on call', () => {
    const longer = schedule({}, [shift(ANA, '2025-03-10T08:00', '2025-03-11T20:00')])
    expect(shiftAt(longer, at('2025-03-03T08:00'))).toEqual(shift(ANA, '2025-03-03T08:00', '2025-03-11T20:00'))
  })

  it('are found over many turns of one user', () => {
    const hourly = schedule({ users: [ANA], rotation: { unit: 'hour', every: 1 }, end: '2026-03-03T08:00' })
    expect(shiftAt(hourly, at('2025-11-01T00:00'))).toEqual(shift(ANA, '2025-03-03T08:00', '2026-03-03T08:00'))
  })

  it('that never end are given with ends that stay put from day to day', () => {
    const always = schedule({ start: '2010-01-01T00:00', users: [ANA] })
    const asked = Array.from({ length: 30 }, (_, day) => shiftAt(always, at('2025-03-03T10:00') + day * DAY))
    expect(new Set(asked.map((found) => JSON.stringify(found))).size).toBe(1)
    const [found] = asked
    expect(found?.start).toBeLessThanOrEqual(at('2025-03-03T10:00') - 400 * DAY)
    expect(found?.end).toBeGreaterThanOrEqual(at('2025-03-03T10:00') + 400 * DAY)
  })

  it('of any schedule are the maximal stretches that touch what is asked', () => {
    fc.assert(
      fc.property(scheduleAndInstants, ({ schedule, instants }) => {
        const [from, to] = [instants[0] as Instant, instants.at(-1) as Instant]
        const whole = wholeShifts(schedule, from, to)
        const clipped = whole.map((found) => ({
          ...found,
          start: Math.max(found.start, from),
          end: Math.min(found.end, to),
        }))
        expect(clipped).toEqual(shifts(schedule, from, to))
        for (const found of whole.filter(({ start, end }) => end - start < 300 * DAY)) {
          expect(shifts(schedule, found.start, found.end)).toEqual([found])
          expect(onCallAt(schedule, found.start - 1)).not.toBe(found.userId)
          expect(onCallAt(schedule, found.end)).not.toBe(found.userId)
          expect(shiftAt(schedule, Math.max(found.start, from))).toEqual(found)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('the shift at an instant', () => {
  it('is none where nobody is on call', () => {
    expect(shiftAt(schedule(), at('2025-03-03T07:59'))).toBeNull()
  })
})

describe('the next shift', () => {
  const nights = schedule({ restrictions: [{ from: { time: '20:00' }, to: { time: '06:00' } }] })

  it('is what follows the present one, at once or after a gap', () => {
    expect(nextShift(schedule(), at('2025-03-07T00:00'))).toEqual(shift(BEN, '2025-03-10T08:00', '2025-03-17T08:00'))
    const next = shift(ANA, '2025-03-07T20:00', '2025-03-08T06:00')
    expect(nextShift(nights, at('2025-03-07T00:00'))).toEqual(next)
    expect(nextShift(nights, at('2025-03-07T12:00'))).toEqual(next)
  })

  it('is none where nobody follows', () => {
    const march = schedule({ end: '2025-03-10T08:00' })
    expect(nextShift(march, at('2025-03-07T00:00'))).toBeNull()
    expect(nextShift(march, at('2025-04-07T00:00'))).toBeNull()
    expect(nextShift(schedule({ users: [ANA] }), at('2025-03-07T00:00'))).toBeNull()
  })
})
