import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../../on-call/wall-time.ts'
import { axisOf, type Day } from './axis.ts'
import { affectedText, clockChanges, secondRun } from './clock-changes.ts'
import { ticksOf } from './ticks.ts'

function dayOf(date: string, zone: string): Day {
  const [day] = axisOf('day', date, zone).bands[0]?.days ?? []
  if (!day) throw new Error(`${date} has no day`)
  return day
}

const shown = (date: string, zone: string, every = 1) =>
  ticksOf(dayOf(date, zone), zone, every).map(({ hour, again }) => (again ? `${hour} again` : hour))

describe('hour ticks', () => {
  it('stand at each hour of the wall clock', () => {
    expect(shown('2026-11-25', 'Europe/Berlin', 6)).toEqual([0, 6, 12, 18])
  })

  it('leave out the hour that is skipped', () => {
    expect(shown('2026-03-29', 'Europe/Berlin').slice(0, 4)).toEqual([0, 1, 3, 4])
    expect(shown('2026-09-06', 'America/Santiago').slice(0, 2)).toEqual([1, 2])
  })

  it('stand twice at the hour that comes twice, an hour apart', () => {
    expect(shown('2026-10-25', 'Europe/Berlin').slice(1, 5)).toEqual([1, 2, '2 again', 3])
    const [, , first, second] = ticksOf(dayOf('2026-10-25', 'Europe/Berlin'), 'Europe/Berlin', 1)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(HOUR)
  })

  it('know zones whose clocks are set by half an hour', () => {
    const ticks = ticksOf(dayOf('2026-04-05', 'Australia/Lord_Howe'), 'Australia/Lord_Howe', 1)
    expect(ticks.slice(0, 4).map(({ hour }) => hour)).toEqual([0, 1, 2, 3])
    expect(ticks.slice(1, 4).map(({ at }, index) => (at - (ticks[index]?.at ?? 0)) / HOUR)).toEqual([1, 1.5, 1])
  })
})

describe('clock changes', () => {
  const on = (date: string, zone: string) => clockChanges(zone, dayOf(date, zone)).map(affectedText)

  it('say what is skipped and what comes twice', () => {
    expect(on('2026-03-29', 'Europe/Berlin')).toEqual(['02:00–03:00 skipped'])
    expect(on('2026-10-25', 'Europe/Berlin')).toEqual(['02:00–03:00 twice'])
    expect(on('2026-04-05', 'Australia/Lord_Howe')).toEqual(['01:30–02:00 twice'])
    expect(on('2026-11-25', 'Europe/Berlin')).toEqual([])
  })

  it('are none where clocks are never set', () => {
    const year = { start: Date.parse('2026-01-01T00:00Z'), end: Date.parse('2027-01-01T00:00Z') }
    expect(clockChanges('UTC', year)).toEqual([])
    expect(clockChanges('Asia/Kolkata', year)).toEqual([])
    expect(clockChanges('Europe/Berlin', year)).toHaveLength(2)
  })

  it('mark the second run of what comes twice', () => {
    const [change] = clockChanges('Europe/Berlin', dayOf('2026-10-25', 'Europe/Berlin'))
    expect(change && secondRun(change)).toEqual({
      start: Date.parse('2026-10-25T01:00Z'),
      end: Date.parse('2026-10-25T02:00Z'),
    })
    const [spring] = clockChanges('Europe/Berlin', dayOf('2026-03-29', 'Europe/Berlin'))
    expect(spring && secondRun(spring)).toBeNull()
  })
})
