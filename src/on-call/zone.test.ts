import fc from 'fast-check'
import { describe, it } from 'vitest'
import { CHANGES } from './random-schedule.fixtures.ts'
import { Temporal } from './temporal.ts'
import { DAY, HOUR, type WallTime } from './wall-time.ts'
import { zoneOf } from './zone.ts'

function ask(wall: WallTime, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(wall)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toZonedDateTime(timeZone).epochMilliseconds
}

const ZONES = [
  ...new Set(CHANGES.map(({ timeZone }) => timeZone)),
  'Etc/UTC',
  'US/Central',
  'Asia/Gaza',
  'Africa/Cairo',
]

describe('a zone', () => {
  it('says the same as Temporal of any time around a change of clocks', ({ expect }) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CHANGES),
        fc.integer({ min: -3 * DAY, max: 3 * DAY }),
        fc.constantFrom(1, 1000, 15 * 60_000),
        ({ timeZone, at }, distance, step) => {
          const local = zoneOf(timeZone).wallTimeAt(at)
          const wall = Math.floor((local + distance) / step) * step
          expect(zoneOf(timeZone).instantOf(wall)).toBe(ask(wall, timeZone))
          const instant = at + Math.floor(distance / step) * step
          const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDateTime()
          expect(zoneOf(timeZone).wallTimeAt(instant)).toBe(shown.toZonedDateTime('UTC').epochMilliseconds)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('says the same as Temporal of any time from 1970 to 2060', ({ expect }) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2060, 0) }),
        (timeZone, wall) => {
          expect(zoneOf(timeZone).instantOf(wall)).toBe(ask(wall, timeZone))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('sees both of two changes that are a week apart', ({ expect }) => {
    const gaza = zoneOf('Asia/Gaza')
    const offsets = [18, 22, 29].map((day) => {
      const noon = Date.UTC(2040, 9, day, 12)
      return (noon - gaza.instantOf(noon)) / HOUR
    })
    const asked = [18, 22, 29].map((day) => {
      const noon = Date.UTC(2040, 9, day, 12)
      return (noon - ask(noon, 'Asia/Gaza')) / HOUR
    })
    expect(offsets).toEqual(asked)
  })

  it('that does not exist is refused', ({ expect }) => {
    expect(() => zoneOf('Europe/Atlantis')).toThrow(RangeError)
  })
})
