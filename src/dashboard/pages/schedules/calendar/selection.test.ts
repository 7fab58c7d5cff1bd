import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../../../../on-call/zone.ts'
import { selectionOf, snap } from './selection.ts'

const at = (text: string) => Date.parse(text)
const BERLIN = 'Europe/Berlin'
const LONG_AGO = 0

describe('a selection', () => {
  it('is the same whichever way it was dragged', () => {
    const [a, b] = [at('2026-11-25T08:07Z'), at('2026-11-25T11:55Z')]
    const chosen = { start: at('2026-11-25T08:00Z'), end: at('2026-11-25T12:00Z') }
    expect(selectionOf([a, b], 30, BERLIN, LONG_AGO)).toEqual(chosen)
    expect(selectionOf([b, a], 30, BERLIN, LONG_AGO)).toEqual(chosen)
  })

  it('is one step at least', () => {
    const pointed = at('2026-11-25T08:02Z')
    expect(selectionOf([pointed, pointed], 15, BERLIN, LONG_AGO)).toEqual({
      start: at('2026-11-25T08:00Z'),
      end: at('2026-11-25T08:15Z'),
    })
  })

  it('has nothing of the past', () => {
    const now = at('2026-11-25T09:20Z')
    const [a, b] = [at('2026-11-25T08:00Z'), at('2026-11-25T10:00Z')]
    expect(selectionOf([a, b], 30, BERLIN, now)).toEqual({ start: now, end: b })
    expect(selectionOf([a, a], 30, BERLIN, now)).toBeNull()
  })

  it('can be the second 02:00 to 03:00 of a night alone', () => {
    const [a, b] = [at('2026-10-25T01:05Z'), at('2026-10-25T01:55Z')]
    expect(selectionOf([a, b], 30, BERLIN, LONG_AGO)).toEqual({
      start: at('2026-10-25T01:00Z'),
      end: at('2026-10-25T02:00Z'),
    })
  })
})

describe('snapping', () => {
  const zones = fc.constantFrom(BERLIN, 'Australia/Lord_Howe', 'America/New_York', 'Asia/Kathmandu')
  const steps = fc.constantFrom(15, 30, 60)
  const instants = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-12-31T00:00Z') })

  it('goes to a multiple of the step by the wall clock, and not far', () => {
    fc.assert(
      fc.property(instants, steps, zones, (instant, step, zone) => {
        const snapped = snap(instant, step, zone)
        expect(zoneOf(zone).wallTimeAt(snapped) % (step * 60_000)).toBe(0)
        // Half a step, and half an hour more where the clock was set by that.
        expect(Math.abs(snapped - instant)).toBeLessThanOrEqual((step / 2 + 30) * 60_000)
        expect(snap(snapped, step, zone)).toBe(snapped)
      }),
    )
  })

  it('does so beside the half hour of Lord Howe', () => {
    for (let minute = -120; minute <= 120; minute++) {
      const instant = at('2026-04-04T15:00Z') + minute * 60_000
      const wall = zoneOf('Australia/Lord_Howe').wallTimeAt(snap(instant, 60, 'Australia/Lord_Howe'))
      expect(wall % 3_600_000).toBe(0)
    }
  })
})
