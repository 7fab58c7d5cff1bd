import { expect, it } from 'vitest'
import { exceptionTimesText, weekText } from './hours-text.ts'
import { NEW_WEEK } from './week.ts'

const day = (start: string, end: string) => ({ start, end })

it('says a week in as few words as it can', () => {
  expect(weekText(NEW_WEEK)).toBe('Mon–Fri 09:00–17:00')
  expect(weekText({ ...NEW_WEEK, SATURDAY: day('10:00', '14:00') })).toBe('Mon–Fri 09:00–17:00, Sat 10:00–14:00')
  expect(weekText({ MONDAY: day('22:00', '06:00'), WEDNESDAY: day('22:00', '06:00') })).toBe(
    'Mon 22:00–06:00, Wed 22:00–06:00',
  )
  expect(weekText({ SUNDAY: day('00:00', '00:00') })).toBe('Sun all day')
  expect(weekText({})).toBe('No weekly hours')
})

it('says when an exception is, as it stands on the wall', () => {
  expect(exceptionTimesText({ start: '2026-12-25T00:00', end: '2026-12-26T00:00' })).toMatch(/^Fri 25 Dec( 2026)?$/)
  expect(exceptionTimesText({ start: '2026-12-24T12:00', end: '2026-12-24T18:00' })).toMatch(
    /^Thu 24 Dec( 2026)? 12:00 – 18:00$/,
  )
  expect(exceptionTimesText({ start: '2026-12-24T12:00', end: '2026-12-26T00:00' })).toMatch(
    /^Thu 24 Dec( 2026)? 12:00 – Sat 26 Dec( 2026)? 00:00$/,
  )
})
