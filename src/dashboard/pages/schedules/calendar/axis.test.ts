import { describe, expect, it } from 'vitest'
import { DAY, HOUR, WEEK } from '../../../../on-call/wall-time.ts'
import { type Axis, axisOf, type Day, dateText, spanOf, stepFrom } from './axis.ts'

const hours = ({ start, end }: { start: number; end: number }) => (end - start) / HOUR
const days = ({ bands }: Axis): Day[] => bands.flatMap((band) => band.days)

describe('the days of a view', () => {
  it('begin and end at midnight of the zone', () => {
    const [day] = days(axisOf('day', '2026-11-25', 'America/New_York'))
    expect(day).toMatchObject({
      start: Date.parse('2026-11-25T00:00:00-05:00'),
      end: Date.parse('2026-11-26T00:00:00-05:00'),
      weekend: false,
    })
  })

  it.for([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    // Its clocks are set at midnight, so that the day begins at one.
    ['America/Santiago', '2026-09-06', 23],
  ] as const)('%s: %s has %d hours', ([zone, date, length]) => {
    expect(days(axisOf('day', date, zone)).map(hours)).toEqual([length])
    expect(
      days(axisOf('week', date, zone))
        .map(hours)
        .filter((each) => each !== 24),
    ).toEqual([length])
  })

  it('leave out a day that the zone left out', () => {
    const shown = days(axisOf('week', '2011-12-30', 'Pacific/Apia')).map(({ midnight }) => dateText(midnight))
    expect(shown).toEqual(['2011-12-26', '2011-12-27', '2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01'])
  })
})

describe('the bands of a view', () => {
  it('are weeks that begin on a Monday', () => {
    const { bands } = axisOf('two-weeks', '2026-11-25', 'Europe/Berlin')
    expect(bands.map(({ days: [first] }) => dateText(first?.midnight ?? 0))).toEqual(['2026-11-23', '2026-11-30'])
  })

  it.for([
    ['2026-02-14', 5],
    ['2027-02-28', 4],
    ['2026-08-31', 6],
  ] as const)('cover the month of %s with %d weeks', ([date, weeks]) => {
    const axis = axisOf('month', date, 'Europe/Berlin')
    expect(axis.bands).toHaveLength(weeks)
    const inMonth = days(axis).filter(({ outside }) => !outside)
    expect(new Set(inMonth.map(({ midnight }) => dateText(midnight).slice(0, 7)))).toEqual(new Set([date.slice(0, 7)]))
    const { start, end } = spanOf(axis)
    expect(inMonth[0]?.start).toBeGreaterThanOrEqual(start)
    expect(inMonth.at(-1)?.end).toBeLessThanOrEqual(end)
  })

  it('follow each other without a hole', () => {
    const { bands } = axisOf('month', '2026-10-01', 'Europe/Berlin')
    expect(bands.slice(1).map(({ start }) => start)).toEqual(bands.slice(0, -1).map(({ end }) => end))
  })

  it('have one scale, on which a short day is short and a long one fits', () => {
    expect(axisOf('day', '2026-03-29', 'Europe/Berlin').scale).toBe(DAY)
    expect(axisOf('day', '2026-10-25', 'Europe/Berlin').scale).toBe(DAY + HOUR)
    expect(axisOf('month', '2026-10-25', 'Europe/Berlin').scale).toBe(WEEK + HOUR)
  })
})

describe('going on', () => {
  it.for([
    ['day', '2026-12-31', '2027-01-01'],
    ['week', '2026-11-25', '2026-12-02'],
    ['two-weeks', '2026-11-25', '2026-12-09'],
    ['list', '2026-11-25', '2026-12-09'],
    ['month', '2026-01-31', '2026-02-01'],
  ] as const)('by a %s from %s shows %s', ([view, from, to]) => {
    expect(stepFrom(view, from, 1)).toBe(to)
  })

  it('goes back the same way', () => {
    expect(stepFrom('month', '2026-03-31', -1)).toBe('2026-02-01')
    expect(stepFrom('week', '2026-01-02', -1)).toBe('2025-12-26')
  })
})
