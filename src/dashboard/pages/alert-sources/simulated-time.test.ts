import { describe, expect, it } from 'vitest'
import { fieldText, sundayNight, tonight } from './simulated-time.ts'

/** In the time of whatever machine this runs on. */
const local = (text: string) => new Date(text).getTime()

describe('three o’clock in the night', () => {
  it.for([
    ['2026-11-25T22:00', '2026-11-26T03:00'],
    ['2026-11-26T02:59', '2026-11-26T03:00'],
    ['2026-11-26T03:00', '2026-11-27T03:00'],
    ['2026-12-31T12:00', '2027-01-01T03:00'],
  ] as const)('after %s is %s', ([from, to]) => {
    expect(fieldText(tonight(local(from)))).toBe(to)
  })

  it.for([
    ['2026-11-25T22:00', '2026-11-29T03:00'],
    ['2026-11-29T02:00', '2026-11-29T03:00'],
    ['2026-11-29T03:00', '2026-12-06T03:00'],
    ['2026-11-28T23:59', '2026-11-29T03:00'],
  ] as const)('on a Sunday, after %s, is %s', ([from, to]) => {
    expect(fieldText(sundayNight(local(from)))).toBe(to)
  })
})
