import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../../on-call/wall-time.ts'
import { axisOf, type Band } from './axis.ts'
import { instantAt, percentAt, piecesOn, positionOf } from './position.ts'

const at = (text: string) => Date.parse(text)
const weeks = axisOf('two-weeks', '2026-10-19', 'Europe/Berlin')
const [week, after] = weeks.bands as [Band, Band]

describe('positions', () => {
  it('are shares of real time: the day of 25 hours is wider by a 24th', () => {
    const widths = week.days.map((day) => positionOf(day, week, weeks.scale).width)
    expect((widths[6] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(25 / 24, 10)
    expect(widths.reduce((sum, width) => sum + width)).toBeCloseTo(100, 10)
  })

  it('leave a usual week an hour shorter beside the long one', () => {
    expect(percentAt(after.end, after, weeks.scale)).toBeCloseTo((168 / 169) * 100, 10)
  })

  it('are undone by instantAt', () => {
    const instant = at('2026-10-25T00:30Z')
    expect(instantAt(percentAt(instant, week, weeks.scale) / 100, week, weeks.scale)).toBe(instant)
  })

  it('never point outside the band', () => {
    expect(instantAt(-0.2, week, weeks.scale)).toBe(week.start)
    expect(instantAt(1.2, after, weeks.scale)).toBe(after.end)
  })
})

describe('pieces', () => {
  it('cut what goes from one band into the next', () => {
    const shift = { start: week.end - DAY, end: week.end + 2 * DAY }
    expect(piecesOn(week, weeks.scale, [shift])).toMatchObject([{ item: shift, cutLeft: false, cutRight: true }])
    const [piece] = piecesOn(after, weeks.scale, [shift])
    expect(piece).toMatchObject({ left: 0, cutLeft: true, cutRight: false })
    expect(piece?.width).toBeCloseTo((48 / 169) * 100, 10)
  })

  it('leave out what only touches', () => {
    expect(piecesOn(week, weeks.scale, [{ start: week.end, end: week.end + HOUR }])).toEqual([])
    expect(piecesOn(week, weeks.scale, [{ start: week.start - HOUR, end: week.start }])).toEqual([])
  })
})
