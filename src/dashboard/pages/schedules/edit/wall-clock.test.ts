import { describe, expect, it } from 'vitest'
import { inOtherZone, isZone, lastMondayMorning } from './wall-clock.ts'

describe('another zone', () => {
  it('leaves the time on the clock as it was typed', () => {
    // 08:00 in Berlin becomes 08:00 in New York.
    expect(inOtherZone('2026-03-02T07:00:00.000Z', 'Europe/Berlin', 'America/New_York')).toBe(
      '2026-03-02T13:00:00.000Z',
    )
  })

  it('moves a time that it skips forward, and takes the first of one that it has twice', () => {
    expect(inOtherZone('2026-03-29T02:30:00.000Z', 'UTC', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(inOtherZone('2026-10-25T02:30:00.000Z', 'UTC', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
  })

  it('leaves what is empty empty', () => {
    expect(inOtherZone('', 'UTC', 'Europe/Berlin')).toBe('')
  })
})

describe('the last Monday morning', () => {
  it.for([
    ['2026-11-25T12:00:00Z', 'Europe/Berlin', '2026-11-23T09:00'],
    // Monday, an hour before nine in Berlin.
    ['2026-11-23T07:00:00Z', 'Europe/Berlin', '2026-11-16T09:00'],
    ['2026-11-23T08:00:00Z', 'Europe/Berlin', '2026-11-23T09:00'],
    // Still Sunday there.
    ['2026-11-23T08:00:00Z', 'Pacific/Honolulu', '2026-11-16T09:00'],
  ] as const)('at %s in %s was %s', ([now, zone, monday]) => {
    expect(lastMondayMorning(Date.parse(now), zone)).toBe(monday)
  })

  it('is there while a zone is being typed', () => {
    expect(lastMondayMorning(Date.parse('2026-11-25T12:00:00Z'), 'Europe/Ber')).toBe('2026-11-23T09:00')
  })
})

it.for([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Europe/Ber', false],
  ['', false],
] as const)('%s is a zone: %s', ([name, known]) => {
  expect(isZone(name)).toBe(known)
})
