import fc from 'fast-check'
import { describe, it } from 'vitest'
import { CHANGES } from '../on-call/random-schedule.fixtures.ts'
import { Temporal } from '../on-call/temporal.ts'
import { DAY, HOUR, WEEK } from '../on-call/wall-time.ts'
import { type SupportHours, WEEKDAYS, type Weekday } from './model.ts'
import { isDuring, nextChange, nextStart } from './support-hours.ts'

const MINUTE = 60_000
const WORKDAYS: Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY']

/** Berlin, Monday to Friday from 8 to 18. */
function office(given: Partial<SupportHours> = {}): SupportHours {
  const supportDays = Object.fromEntries(WORKDAYS.map((day) => [day, { start: '08:00', end: '18:00' }]))
  return { id: 1, name: 'Office', timezone: 'Europe/Berlin', supportDays, exceptions: [], ...given }
}

function berlin(local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').epochMilliseconds
}

describe('support hours', () => {
  it('are half-open windows of the week by the wall clock, in summer as in winter', ({ expect }) => {
    for (const monday of ['2026-01-12', '2026-07-13']) {
      expect(isDuring(office(), berlin(`${monday}T08:00`) - 1)).toBe(false)
      expect(isDuring(office(), berlin(`${monday}T08:00`))).toBe(true)
      expect(isDuring(office(), berlin(`${monday}T18:00`) - 1)).toBe(true)
      expect(isDuring(office(), berlin(`${monday}T18:00`))).toBe(false)
    }
    expect(isDuring(office(), berlin('2026-01-17T12:00'))).toBe(false)
  })

  it('begin next on Monday after a Friday', ({ expect }) => {
    const friday = berlin('2026-03-27T12:00')
    expect(nextChange(office(), friday)).toBe(berlin('2026-03-27T18:00'))
    // Clocks are changed on that Sunday.
    expect(nextStart(office(), friday)).toBe(berlin('2026-03-30T08:00'))
    expect(nextStart(office(), berlin('2026-03-30T08:00') - 1)).toBe(berlin('2026-03-30T08:00'))
    expect(nextStart(office(), berlin('2026-03-30T08:00'))).toBe(berlin('2026-03-31T08:00'))
  })

  it('may go on into the next day, also from Sunday to Monday', ({ expect }) => {
    const night = office({ supportDays: { SUNDAY: { start: '22:00', end: '06:00' } } })
    expect(isDuring(night, berlin('2026-01-11T23:00'))).toBe(true)
    expect(isDuring(night, berlin('2026-01-12T05:59'))).toBe(true)
    expect(isDuring(night, berlin('2026-01-12T06:00'))).toBe(false)
    expect(isDuring(night, berlin('2026-01-11T05:00'))).toBe(false)
  })

  it('that end when they begin last the whole day; days that touch are one', ({ expect }) => {
    const always = office({
      supportDays: Object.fromEntries(WEEKDAYS.map((day) => [day, { start: '00:00', end: '00:00' }])),
    })
    expect(isDuring(always, berlin('2026-01-12T00:00'))).toBe(true)
    expect(nextChange(always, berlin('2026-01-12T12:00'))).toBeNull()
    expect(nextStart(always, berlin('2026-01-12T12:00'))).toBeNull()
  })

  it('never begin where no day has any', ({ expect }) => {
    expect(nextStart(office({ supportDays: {} }), berlin('2026-01-12T12:00'))).toBeNull()
  })

  it('have exceptions, of which the later in the list wins', ({ expect }) => {
    const holidays = office({
      exceptions: [
        { name: 'Christmas', start: '2026-12-24T00:00', end: '2026-12-28T00:00', supportStatus: 'OUTSIDE' },
        { name: 'Sale', start: '2026-12-26T10:00', end: '2026-12-26T14:00', supportStatus: 'DURING' },
      ],
    })
    expect(isDuring(holidays, berlin('2026-12-24T12:00'))).toBe(false)
    expect(isDuring(holidays, berlin('2026-12-26T10:00'))).toBe(true)
    expect(nextStart(holidays, berlin('2026-12-23T20:00'))).toBe(berlin('2026-12-26T10:00'))
    expect(nextChange(holidays, berlin('2026-12-26T10:00'))).toBe(berlin('2026-12-26T14:00'))
    expect(nextStart(holidays, berlin('2026-12-26T10:00'))).toBe(berlin('2026-12-28T08:00'))
  })

  it('are looked for a year ahead', ({ expect }) => {
    const at = berlin('2026-01-12T12:00')
    const once = (start: string) =>
      office({
        supportDays: {},
        exceptions: [{ name: 'Fair', start, end: '2099-01-01T00:00', supportStatus: 'DURING' }],
      })
    expect(nextStart(once('2027-01-10T09:00'), at)).toBe(berlin('2027-01-10T09:00'))
    expect(nextStart(once('2027-02-10T09:00'), at)).toBeNull()
  })
})

const clockTime = fc.constantFrom('00:00', '01:30', '02:00', '02:30', '03:00', '08:00', '18:00', '23:30')
const supportDays = fc.dictionary(fc.constantFrom(...WEEKDAYS), fc.record({ start: clockTime, end: clockTime }))

/** Around a change of clocks, with exceptions of hours to days. */
const aroundAChange = fc.constantFrom(...CHANGES).chain((change) => {
  const local = (hours: number) => new Date(change.at + hours * HOUR).toISOString().slice(0, 16)
  const exception = fc
    .tuple(fc.integer({ min: -150, max: 150 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom('DURING', 'OUTSIDE'))
    .map(([start, length, supportStatus]) => ({
      ...{ name: 'Exception', start: local(start), end: local(start + length), supportStatus },
    }))
  return fc.record({
    at: fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }).map((minutes) => change.at + minutes * MINUTE),
    hours: fc.record({
      ...{ id: fc.constant(1), name: fc.constant('Hours'), timezone: fc.constant(change.timeZone) },
      supportDays,
      exceptions: fc.array(exception, { maxLength: 4 }),
    }),
  })
})

/** Each window and exception on each date near, by Temporal. */
function slowly({ timezone, supportDays, exceptions }: SupportHours, at: number): boolean {
  const instant = (local: Temporal.PlainDateTime) => local.toZonedDateTime(timezone).epochMilliseconds
  const exception = exceptions.findLast(
    ({ start, end }) =>
      instant(Temporal.PlainDateTime.from(start)) <= at && at < instant(Temporal.PlainDateTime.from(end)),
  )
  if (exception) return exception.supportStatus === 'DURING'
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate()
  return [-3, -2, -1, 0, 1, 2].some((distance) => {
    const date = today.add({ days: distance })
    const day = supportDays[WEEKDAYS[date.dayOfWeek - 1] as Weekday]
    if (!day) return false
    const end = day.end > day.start ? date : date.add({ days: 1 })
    return instant(date.toPlainDateTime(day.start)) <= at && at < instant(end.toPlainDateTime(day.end))
  })
}

describe('support hours around a change of clocks', () => {
  it('are what the calendar says', ({ expect }) => {
    fc.assert(
      fc.property(aroundAChange, ({ hours, at }) => {
        expect(isDuring(hours, at)).toBe(slowly(hours, at))
      }),
      { numRuns: 500 },
    )
  })

  it('change next where they do, and not before', ({ expect }) => {
    fc.assert(
      fc.property(aroundAChange, ({ hours, at }) => {
        const change = nextChange(hours, at)
        const start = nextStart(hours, at)
        const during = slowly(hours, at)
        for (let between = at; between < Math.min(change ?? at + WEEK, at + 2 * DAY); between += 15 * MINUTE) {
          expect(slowly(hours, between)).toBe(during)
        }
        if (change !== null) expect(slowly(hours, change)).toBe(!during)
        if (start === null) return
        expect(slowly(hours, start)).toBe(true)
        expect(slowly(hours, start - 1)).toBe(false)
        expect(start).toBe(during && change !== null ? nextChange(hours, change) : change)
      }),
      { numRuns: 300 },
    )
  })
})
