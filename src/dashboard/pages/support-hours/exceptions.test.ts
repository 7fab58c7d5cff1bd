import { describe, expect, it } from 'vitest'
import { holiday, oneDayOf } from './exceptions.ts'

describe('a holiday', () => {
  it('is a whole day without support hours', () => {
    expect(holiday('New Year’s Eve', '2026-12-31')).toEqual({
      ...{ name: 'New Year’s Eve', supportStatus: 'OUTSIDE' },
      ...{ start: '2026-12-31T00:00', end: '2027-01-01T00:00' },
    })
  })

  it('needs a day of the calendar', () => {
    expect(holiday('Never', '2026-02-30')).toBeNull()
    expect(holiday('Never', '')).toBeNull()
  })
})

it('tells one whole day from other times', () => {
  expect(oneDayOf({ start: '2026-12-31T00:00', end: '2027-01-01T00:00' })).toBe('2026-12-31')
  expect(oneDayOf({ start: '2026-12-31T12:00', end: '2027-01-01T00:00' })).toBeNull()
  expect(oneDayOf({ start: '2026-12-31T00:00', end: '2027-01-02T00:00' })).toBeNull()
  expect(oneDayOf({ start: '', end: '' })).toBeNull()
})
