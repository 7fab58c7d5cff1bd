import fc from 'fast-check'
import { describe, it } from 'vitest'
import { Temporal } from '../on-call/temporal.ts'
import { notBefore } from './quiet-times.ts'

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const NIGHT = { from: 22 * 60, to: 7 * 60 }

const berlin = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').epochMilliseconds
const quiet = (mutedUntil: number | null = null) => ({ mutedUntil, hours: NIGHT, timeZone: 'Europe/Berlin' })

describe('quiet hours', () => {
  it('go over midnight, and are half-open', ({ expect }) => {
    const wait = (local: string) => notBefore(berlin(local), 'LOW', quiet())
    expect(wait('2026-01-12T21:59:59')).toBe(berlin('2026-01-12T21:59:59'))
    expect(wait('2026-01-12T22:00')).toBe(berlin('2026-01-13T07:00'))
    expect(wait('2026-01-13T06:59:59')).toBe(berlin('2026-01-13T07:00'))
    expect(wait('2026-01-13T07:00')).toBe(berlin('2026-01-13T07:00'))
  })

  it('are by the wall clock when it is set', ({ expect }) => {
    expect(notBefore(berlin('2026-03-28T22:00'), 'LOW', quiet()) - berlin('2026-03-28T22:00')).toBe(8 * 3_600_000)
    expect(notBefore(berlin('2026-10-24T22:00'), 'LOW', quiet()) - berlin('2026-10-24T22:00')).toBe(10 * 3_600_000)
  })

  it('concern only what is not urgent; a mute concerns all, and quiet hours come after it', ({ expect }) => {
    const at = berlin('2026-01-12T23:00')
    expect(notBefore(at, 'HIGH', quiet())).toBe(at)
    expect(notBefore(at, 'HIGH', quiet(at + 1000))).toBe(at + 1000)
    expect(notBefore(at - 7_200_000, 'LOW', quiet(at))).toBe(berlin('2026-01-13T07:00'))
  })

  it('never bring anything forward, end within a day and a bit, and end when they say, in any zone', ({ expect }) => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
    const instant = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) })
    fc.assert(
      fc.property(instant, minute, minute, fc.constantFrom(...ZONES), (at, from, to, timeZone) => {
        const until = notBefore(at, 'LOW', { mutedUntil: null, hours: { from, to }, timeZone })
        expect(until).toBeGreaterThanOrEqual(at)
        expect(until - at).toBeLessThanOrEqual(25 * 3_600_000)
        if (until === at) return
        const end = Temporal.Instant.fromEpochMilliseconds(until).toZonedDateTimeISO(timeZone)
        const shown = end.hour * 60 + end.minute
        // A time that the clock leaves out comes as much later.
        const isSet = end.startOfDay().hoursInDay !== 24
        if (!isSet) expect(shown).toBe(to)
      }),
    )
  })
})
