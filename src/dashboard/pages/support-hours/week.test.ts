import { describe, expect, it } from 'vitest'
import { barsOf, endsNextDay, isWholeDay, mondayOnWorkdays, NEW_WEEK, suggestedTimes, withDay } from './week.ts'

const day = (start: string, end: string) => ({ start, end })

describe('a week', () => {
  it('has or has not a day', () => {
    const week = withDay({}, 'SATURDAY', day('10:00', '14:00'))
    expect(week).toEqual({ SATURDAY: day('10:00', '14:00') })
    expect(withDay(week, 'SATURDAY', null)).toEqual({})
  })

  it('suggests the times of the day before', () => {
    const week = { MONDAY: day('08:00', '16:00'), WEDNESDAY: day('12:00', '20:00') }
    expect(suggestedTimes(week, 'TUESDAY')).toEqual(day('08:00', '16:00'))
    expect(suggestedTimes(week, 'SUNDAY')).toEqual(day('12:00', '20:00'))
    expect(suggestedTimes(week, 'MONDAY')).toEqual(day('09:00', '17:00'))
  })

  it('copies Monday to the workdays alone', () => {
    const weekend = { SATURDAY: day('10:00', '14:00') }
    const copied = mondayOnWorkdays({ ...NEW_WEEK, ...weekend, MONDAY: day('07:00', '15:00') })
    expect(copied).toEqual({
      ...{ MONDAY: day('07:00', '15:00'), TUESDAY: day('07:00', '15:00'), WEDNESDAY: day('07:00', '15:00') },
      ...{ THURSDAY: day('07:00', '15:00'), FRIDAY: day('07:00', '15:00') },
      ...weekend,
    })
  })
})

it('knows which end is on the next day', () => {
  expect(endsNextDay(day('09:00', '17:00'))).toBe(false)
  expect(endsNextDay(day('22:00', '06:00'))).toBe(true)
  expect(endsNextDay(day('08:00', '08:00'))).toBe(true)
  expect(endsNextDay(day('08:00', ''))).toBe(false)
  expect(isWholeDay(day('00:00', '00:00'))).toBe(true)
  expect(isWholeDay(day('08:00', '08:00'))).toBe(false)
})

describe('the picture of a week', () => {
  it('shows a day from its start to its end', () => {
    expect(barsOf({ MONDAY: day('09:00', '17:30') }).MONDAY).toEqual([{ from: 9, to: 17.5 }])
  })

  it('shows on the next day what goes on past midnight', () => {
    const bars = barsOf({ SUNDAY: day('22:00', '06:00') })
    expect(bars.SUNDAY).toEqual([{ from: 22, to: 24 }])
    expect(bars.MONDAY).toEqual([{ from: 0, to: 6 }])
  })

  it('keeps a day that ends at midnight to itself', () => {
    const bars = barsOf({ MONDAY: day('00:00', '00:00') })
    expect(bars.MONDAY).toEqual([{ from: 0, to: 24 }])
    expect(bars.TUESDAY).toEqual([])
  })

  it('leaves out a day whose times are being typed', () => {
    expect(barsOf({ MONDAY: day('09:00', '') }).MONDAY).toEqual([])
  })
})
