import fc from 'fast-check'
import { describe, it } from 'vitest'
import { CHANGES } from '../on-call/random-schedule.fixtures.ts'
import { Temporal } from '../on-call/temporal.ts'
import { DAY, HOUR } from '../on-call/wall-time.ts'
import { WEEKDAYS, type Weekday } from '../support-hours/model.ts'
import { maintenanceAt, nextOccurrence } from './maintenance.ts'
import type { MaintenanceWindow, Recurrence } from './model.ts'

const MINUTE = 60_000

function berlin(local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').epochMilliseconds
}

function aWindow(start: string, end: string, recurrence: Partial<Recurrence> | null = null): MaintenanceWindow {
  return {
    ...{ id: 1, name: 'Upgrade', timezone: 'Europe/Berlin', start: berlin(start), end: berlin(end) },
    recurrence: recurrence && { frequency: 'DAILY', interval: 1, weekdays: [], until: null, ...recurrence },
  }
}

/** Where each of the next times begins and how long it takes. */
function times(window: MaintenanceWindow, from: number, count: number): string[] {
  const found: string[] = []
  for (let at = from; found.length < count; ) {
    const next = nextOccurrence(window, at)
    if (!next) break
    const local = Temporal.Instant.fromEpochMilliseconds(next.start)
      .toZonedDateTimeISO(window.timezone)
      .toPlainDateTime()
    found.push(`${local.toString({ smallestUnit: 'minute' })} ${(next.end - next.start) / MINUTE} min`)
    at = next.end
  }
  return found
}

describe('a maintenance window', () => {
  it('runs once, half-open', ({ expect }) => {
    const window = aWindow('2026-05-04T22:00', '2026-05-05T02:00')
    expect(maintenanceAt([window], window.start - 1)).toBeNull()
    expect(maintenanceAt([window], window.start)).toEqual({ window, until: window.end })
    expect(maintenanceAt([window], window.end)).toBeNull()
    expect(nextOccurrence(window, 0)).toEqual({ start: window.start, end: window.end })
    expect(nextOccurrence(window, window.end)).toBeNull()
  })

  it('repeats at the same time on the wall clock, and always takes as long', ({ expect }) => {
    const window = aWindow('2026-03-27T01:00', '2026-03-27T05:00', {})
    expect(times(window, window.start, 4)).toEqual([
      '2026-03-27T01:00 240 min',
      '2026-03-28T01:00 240 min',
      '2026-03-29T01:00 240 min',
      '2026-03-30T01:00 240 min',
    ])
    // The hour from 2 to 3 is missing that night.
    expect(maintenanceAt([window], berlin('2026-03-29T03:00'))?.until).toBe(berlin('2026-03-29T06:00'))
  })

  it('moves forward where its time does not exist', ({ expect }) => {
    const window = aWindow('2026-03-28T02:30', '2026-03-28T03:30', {})
    expect(times(window, window.start, 3)).toEqual([
      '2026-03-28T02:30 60 min',
      '2026-03-29T03:30 60 min',
      '2026-03-30T02:30 60 min',
    ])
  })

  it('repeats every so many days, and none begins at its end or later', ({ expect }) => {
    const window = aWindow('2026-05-04T22:00', '2026-05-04T23:00', { interval: 3, until: berlin('2026-05-10T22:00') })
    expect(times(window, 0, 9)).toEqual(['2026-05-04T22:00 60 min', '2026-05-07T22:00 60 min'])
    expect(maintenanceAt([window], berlin('2026-05-10T22:30'))).toBeNull()
  })

  it('that runs when the repetition ends is not cut short', ({ expect }) => {
    const window = aWindow('2026-05-04T22:00', '2026-05-05T02:00', { until: berlin('2026-05-05T22:01') })
    expect(maintenanceAt([window], berlin('2026-05-06T01:59'))?.until).toBe(berlin('2026-05-06T02:00'))
  })

  it('that was ended by hand comes again at its next time', ({ expect }) => {
    const window = aWindow('2026-05-04T22:00', '2026-05-04T23:00', { endedAt: berlin('2026-05-05T22:10') })
    expect(maintenanceAt([window], berlin('2026-05-05T22:30'))).toBeNull()
    expect(times(window, berlin('2026-05-05T22:30'), 1)).toEqual(['2026-05-06T22:00 60 min'])
  })

  it('repeats on days of every so many weeks, counted from that of the first', ({ expect }) => {
    // A Wednesday.
    const window = aWindow('2026-05-06T22:00', '2026-05-06T23:00', {
      ...{ frequency: 'WEEKLY', interval: 2, weekdays: ['MONDAY', 'WEDNESDAY'] },
    })
    expect(times(window, 0, 4)).toEqual([
      '2026-05-06T22:00 60 min',
      '2026-05-18T22:00 60 min',
      '2026-05-20T22:00 60 min',
      '2026-06-01T22:00 60 min',
    ])
    const plain = aWindow('2026-05-06T22:00', '2026-05-06T23:00', { frequency: 'WEEKLY' })
    expect(times(plain, berlin('2026-05-07T00:00'), 1)).toEqual(['2026-05-13T22:00 60 min'])
  })

  it('repeats on a day of the month, or on the last of one that is too short', ({ expect }) => {
    const window = aWindow('2026-01-31T22:00', '2026-02-01T02:00', { frequency: 'MONTHLY' })
    expect(times(window, 0, 4)).toEqual([
      '2026-01-31T22:00 240 min',
      '2026-02-28T22:00 240 min',
      '2026-03-31T22:00 240 min',
      '2026-04-30T22:00 240 min',
    ])
  })

  it('goes on in the next that touches or overlaps it, and is named after the one that ends last', ({ expect }) => {
    const first = aWindow('2026-05-04T22:00', '2026-05-05T00:00')
    const second = { ...aWindow('2026-05-04T23:00', '2026-05-05T02:00'), name: 'Network' }
    const third = aWindow('2026-05-05T02:00', '2026-05-05T03:00')
    const later = aWindow('2026-05-05T03:01', '2026-05-05T04:00')
    const all = [later, third, second, first]
    expect(maintenanceAt(all, first.start)).toEqual({ window: first, until: third.end })
    expect(maintenanceAt(all, second.start)?.window).toBe(second)
    expect(maintenanceAt(all, third.end)).toBeNull()
  })

  it('that never leaves a gap is not followed for ever', ({ expect }) => {
    const window = aWindow('2026-05-04T00:00', '2026-05-05T00:00', {})
    const until = maintenanceAt([window], berlin('2126-05-04T12:00'))?.until ?? 0
    expect(until).toBeGreaterThan(berlin('2126-05-05T12:00'))
    expect(until).toBeLessThan(berlin('2127-05-04T00:00'))
  })

  it('of a zone that nobody knows happens once', ({ expect }) => {
    const window = { ...aWindow('2026-05-04T22:00', '2026-05-04T23:00', {}), timezone: 'Europe/Atlantis' }
    expect(maintenanceAt([window], window.start)?.until).toBe(window.end)
    expect(maintenanceAt([window], window.start + DAY)).toBeNull()
  })
})

const recurrence: fc.Arbitrary<Recurrence> = fc.record({
  frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'),
  interval: fc.integer({ min: 1, max: 3 }),
  weekdays: fc.subarray([...WEEKDAYS]),
  until: fc.constant(null),
})

/** Begun months before a change of clocks, looked at around it. */
const aroundAChange = fc.constantFrom(...CHANGES).chain((change) => {
  const window = fc
    .record({
      start: fc.integer({ min: -150 * 24 * 4, max: 8 }).map((quarters) => change.at + quarters * 15 * MINUTE),
      length: fc.oneof(fc.constantFrom(60, 24 * 60), fc.integer({ min: 1, max: 3 * 24 * 60 })),
      recurrence: fc.option(recurrence, { freq: 5 }),
      until: fc.option(fc.integer({ min: -5 * 24, max: 5 * 24 }), { freq: 3 }),
    })
    .map(
      ({ start, length, recurrence, until }): MaintenanceWindow => ({
        ...{ id: 1, name: 'Window', timezone: change.timeZone, start, end: start + length * MINUTE },
        recurrence: recurrence && { ...recurrence, until: until === null ? null : change.at + until * HOUR },
      }),
    )
  return fc.record({
    windows: fc.array(window, { minLength: 1, maxLength: 3 }),
    at: fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }).map((minutes) => change.at + minutes * MINUTE),
  })
})

/** All times of a window, walked through day by day from the first. */
function allTimes({ timezone, start, end, recurrence }: MaintenanceWindow, until: number) {
  const first = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timezone).toPlainDateTime()
  const monday = first.toPlainDate().subtract({ days: first.dayOfWeek - 1 })
  const starts = [start]
  for (let days = 1; recurrence && days < 250; days++) {
    const local = first.add({ days })
    const months = (local.year - first.year) * 12 + local.month - first.month
    const weekday = WEEKDAYS[local.dayOfWeek - 1] as Weekday
    const isOn = {
      DAILY: days % recurrence.interval === 0,
      WEEKLY:
        (recurrence.weekdays.length > 0 ? recurrence.weekdays : [WEEKDAYS[first.dayOfWeek - 1]]).includes(weekday) &&
        Math.floor(monday.until(local.toPlainDate()).days / 7) % recurrence.interval === 0,
      MONTHLY: months % recurrence.interval === 0 && local.day === Math.min(first.day, local.daysInMonth),
    }[recurrence.frequency]
    if (isOn) starts.push(local.toZonedDateTime(timezone).epochMilliseconds)
  }
  return starts
    .filter((each) => each < Math.min(recurrence?.until ?? until, until))
    .map((each) => ({ start: each, end: each + end - start }))
    .sort((a, b) => a.start - b.start)
}

describe('maintenance around a change of clocks', () => {
  it('is what the calendar says', ({ expect }) => {
    fc.assert(
      fc.property(aroundAChange, ({ windows, at }) => {
        const all = windows.flatMap((window) => allTimes(window, at + 30 * DAY)).sort((a, b) => a.start - b.start)
        let until = at
        for (const { start, end } of all) if (start <= until && end > until) until = end
        const found = maintenanceAt(windows, at)
        // A union that goes on for weeks is looked at no further here.
        if (until > at + 20 * DAY) expect(found?.until).toBeGreaterThan(at)
        else expect(found?.until ?? at).toBe(until)
      }),
      { numRuns: 500 },
    )
  })

  it('comes next when the calendar says', ({ expect }) => {
    fc.assert(
      fc.property(aroundAChange, ({ windows, at }) => {
        for (const window of windows) {
          const all = allTimes(window, at + 120 * DAY)
          const running = all.findLast(({ start, end }) => start <= at && at < end)
          expect(nextOccurrence(window, at)).toEqual(running ?? all.find(({ start }) => start > at) ?? null)
        }
      }),
      { numRuns: 500 },
    )
  })
})
