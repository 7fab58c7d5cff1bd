import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Layer, RecurringSchedule, Rotation, Schedule } from './model.ts'
import { nextHandOff, onCallAt, shifts } from './on-call.ts'
import { Temporal } from './temporal.ts'
import { Turns } from './turns.ts'
import { DAY } from './wall-time.ts'
import { Zone } from './zone.ts'

function since2005(timeZone: string, rotation: Rotation): RecurringSchedule {
  const restrictions = [{ from: { day: 1, time: '08:00' }, to: { day: 5, time: '18:00' } }]
  const layer = { name: 'Layer', start: '2005-01-03T09:00', users: [1, 2, 3], rotation }
  return { type: 'recurring', timeZone, layers: [layer, { ...layer, users: [4, 5], restrictions }], overrides: [] }
}

/** Hand-offs computed, local times converted, and questions to the time zone database. */
function stepsOf(work: () => void): number[] {
  const counted = [
    vi.spyOn(Turns.prototype, 'handOff'),
    vi.spyOn(Zone.prototype, 'instantOf'),
    vi.spyOn(Temporal.Instant, 'fromEpochMilliseconds'),
  ]
  work()
  const steps = counted.map((spy) => spy.mock.calls.length)
  vi.restoreAllMocks()
  return steps
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a schedule begun in 2005', () => {
  it.each<[Rotation['unit'], number, string, string]>([
    ['hour', 1, 'Europe/Rome', 'Europe/Madrid'],
    ['day', 1, 'Europe/Paris', 'Europe/Vienna'],
    ['week', 2, 'Europe/Zurich', 'Europe/Oslo'],
    ['month', 1, 'Europe/Prague', 'Europe/Warsaw'],
  ])('by the %s costs the same to ask in 2040 as in 2006', (unit, every, oneZone, otherZone) => {
    // Mondays in weeks without a change of clocks; in zones with the same rules that nobody has asked yet.
    const ask = (timeZone: string, monday: string) => {
      const from = Date.parse(monday)
      const schedule = since2005(timeZone, { unit, every })
      return stepsOf(() => {
        expect(shifts(schedule, from, from + 7 * DAY).length).toBeGreaterThan(0)
        expect(onCallAt(schedule, from)).not.toBeNull()
        expect(nextHandOff(schedule, from)).not.toBeNull()
      })
    }
    const [inTheFirstYear, muchLater] = [ask(oneZone, '2006-06-05T10:30Z'), ask(otherZone, '2040-06-04T10:30Z')]
    for (const [kind, steps] of muchLater.entries()) {
      expect(steps).toBeLessThanOrEqual((inTheFirstYear[kind] as number) + 2)
    }
  })

  it('that was changed every month costs no more turns than one that never was', () => {
    const from = Date.parse('2025-06-02T10:30Z')
    const unchanged = since2005('Europe/Stockholm', { unit: 'week', every: 1 })
    const past = Array.from({ length: 200 }, (_, index) => ({
      start: from - (201 - index) * 30 * DAY,
      end: from - (200 - index) * 30 * DAY,
    }))
    const present = { start: from - 30 * DAY, end: 8.64e15 }
    const changed = (layers: Layer[]) =>
      [...past, present].flatMap((window, index) =>
        layers.map((layer) => ({ ...layer, window, turnOffset: index % layer.users.length })),
      )
    const ask = (schedule: Schedule) => stepsOf(() => shifts(schedule, from, from + 7 * DAY))
    ask(unchanged)
    expect(ask({ ...unchanged, layers: changed(unchanged.layers) })).toEqual(ask(unchanged))
  })
})
