import { describe, expect, it } from 'vitest'
import { effectiveParts } from './effective-parts.ts'

const hour = (count: number) => new Date(Date.UTC(2026, 10, 25, count)).toISOString()
const override = (id: number, start: number, end: number) => ({ id, start: hour(start), end: hour(end) })
const hours = ({ start, end }: { start: number; end: number }) =>
  [new Date(start), new Date(end)].map((at) => at.getUTCHours())

describe('the parts of an override that hold', () => {
  const removed = override(5, 8, 18)

  it('are all of it where nothing newer is', () => {
    expect(effectiveParts(removed, [removed, override(4, 10, 12)]).map(hours)).toEqual([[8, 18]])
  })

  it('leave out what newer ones beat', () => {
    const newer = [override(6, 6, 9), override(7, 11, 13), override(8, 12, 14)]
    expect(effectiveParts(removed, [removed, ...newer]).map(hours)).toEqual([
      [9, 11],
      [14, 18],
    ])
  })

  it('are none where it is beaten everywhere', () => {
    expect(effectiveParts(removed, [override(6, 7, 19)])).toEqual([])
  })
})
