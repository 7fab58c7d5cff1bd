import { describe, it } from 'vitest'
import { MINUTE, NOON } from './event.fixtures.ts'
import { EventRate } from './event-rate.ts'

describe('a source’s rate', () => {
  it('takes so many a minute, says when there is room again, and begins anew', ({ expect }) => {
    const rate = new EventRate()
    for (let count = 0; count < 5; count++) expect(rate.take(1, 5, NOON + 15_000)).toBeNull()
    expect(rate.take(1, 5, NOON + 15_000)).toBe(45)
    expect(rate.take(1, 5, NOON + MINUTE)).toBeNull()
  })

  it('does not begin anew by a clock that is behind', ({ expect }) => {
    const rate = new EventRate()
    for (let count = 0; count < 5; count++) {
      expect(rate.take(1, 10, NOON)).toBeNull()
      expect(rate.take(1, 10, NOON - 1)).toBeNull()
    }
    expect(rate.take(1, 10, NOON)).toBe(60)
    expect(rate.take(1, 10, NOON - 1)).toBe(61)
    expect(rate.take(1, 10, NOON + MINUTE)).toBeNull()
  })

  it('takes a request whole or not at all', ({ expect }) => {
    const rate = new EventRate()
    expect(rate.take(3, 5, NOON)).toBeNull()
    expect(rate.take(3, 5, NOON)).toBe(60)
    expect(rate.take(2, 5, NOON)).toBeNull()
  })

  it('takes even a request that is larger than a minute, when nothing else came', ({ expect }) => {
    const rate = new EventRate()
    expect(rate.take(8, 5, NOON)).toBeNull()
    expect(rate.take(1, 5, NOON)).toBe(60)
  })
})
