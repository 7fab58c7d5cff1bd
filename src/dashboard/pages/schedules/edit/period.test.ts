import { describe, expect, it } from 'vitest'
import { periodText, readPeriod, rotationOf } from './period.ts'

describe('a period', () => {
  it.for([
    ['PT12H', 12, 'hours', 'hour'],
    ['P7D', 7, 'days', 'day'],
    ['P1W', 1, 'weeks', 'week'],
    ['P2M', 2, 'months', 'month'],
  ] as const)('%s is %d %s', ([text, count, unit, ofEngine]) => {
    expect(readPeriod(text)).toEqual({ count, unit })
    expect(periodText({ count, unit })).toBe(text)
    expect(rotationOf(text)).toEqual({ unit: ofEngine, every: count })
  })

  it('keeps its unit while the number is being typed', () => {
    const empty = periodText({ count: undefined, unit: 'hours' })
    expect(readPeriod(empty)).toEqual({ count: undefined, unit: 'hours' })
    expect(rotationOf(empty)).toBeNull()
  })

  it.for([0, 1.5, -3, Number.NaN])('of %d is shown, and is no rotation', (count) => {
    const text = periodText({ count, unit: 'days' })
    expect(readPeriod(text)).toEqual({ count, unit: 'days' })
    expect(rotationOf(text)).toBeNull()
  })
})
