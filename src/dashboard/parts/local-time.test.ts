import { describe, expect, it } from 'vitest'
import { localTimeOf, readLocalTime } from './local-time.ts'

const at = (text: string) => Date.parse(text)

describe('a local time', () => {
  it('is an instant of its zone', () => {
    expect(readLocalTime('2026-07-01T08:00', 'Europe/Berlin')).toEqual({
      kind: 'once',
      instant: at('2026-07-01T06:00Z'),
    })
  })

  it('that comes twice has two', () => {
    expect(readLocalTime('2026-10-25T02:30', 'Europe/Berlin')).toEqual({
      kind: 'twice',
      first: at('2026-10-25T00:30Z'),
      second: at('2026-10-25T01:30Z'),
    })
  })

  it('that is skipped moves forward by as much as the clock', () => {
    const moved = { kind: 'never', instant: at('2026-03-29T03:30+02:00') }
    expect(readLocalTime('2026-03-29T02:30', 'Europe/Berlin')).toEqual(moved)
    expect(readLocalTime('2026-10-04T02:15', 'Australia/Lord_Howe')).toEqual({
      kind: 'never',
      instant: at('2026-10-04T02:45+11:00'),
    })
  })

  it.for(['', '2026-02-30T08:00', 'tomorrow'])('is not "%s"', (text) => {
    expect(readLocalTime(text, 'UTC')).toBeNull()
  })

  it('comes back as it was written', () => {
    expect(localTimeOf(at('2026-10-25T01:30Z'), 'Europe/Berlin')).toBe('2026-10-25T02:30')
    expect(localTimeOf(at('2026-07-01T06:00:59Z'), 'Europe/Berlin')).toBe('2026-07-01T08:00')
  })
})
