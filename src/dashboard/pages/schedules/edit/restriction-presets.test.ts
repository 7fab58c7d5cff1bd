import { describe, expect, it } from 'vitest'
import type { ScheduleLayerRestriction } from '../../../../api/schemas/schedule.ts'
import { windows } from '../../../../on-call/restrictions.ts'
import { WEEK } from '../../../../on-call/wall-time.ts'
import { zoneOf } from '../../../../on-call/zone.ts'
import { DAYS, FIRST_OWN_TIMES, PRESETS, type Preset, presetOf, withDay } from './restriction-presets.ts'

describe('presets', () => {
  it.for(Object.keys(PRESETS) as Preset[])('%s is recognised, in any order', (preset) => {
    const { restrictions } = PRESETS[preset]
    expect(presetOf(restrictions)).toBe(preset)
    expect(presetOf(restrictions.toReversed())).toBe(preset)
  })

  it('are recognised as the API sends them, with a null for every day', () => {
    expect(presetOf([{ from: { dayOfWeek: null, time: '17:00' }, to: { dayOfWeek: null, time: '09:00' } }])).toBe(
      'nights',
    )
  })

  it('are not what somebody begins their own times with', () => {
    expect(presetOf([FIRST_OWN_TIMES])).toBeNull()
  })

  it('leave no time of the week out together', () => {
    const all = (['office', 'nights', 'weekends'] as const).flatMap((preset) => PRESETS[preset].restrictions)
    const covered = windows(all.map(engineRestriction), zoneOf('UTC'), 0, 2 * WEEK)
    expect(covered).toHaveLength(1)
    expect(covered[0]?.start).toBeLessThanOrEqual(0)
    expect(covered[0]?.end).toBeGreaterThanOrEqual(2 * WEEK)
  })
})

describe('the day of an end', () => {
  const daily = { from: { time: '08:00' }, to: { time: '18:00' } }

  it('is given to the other end too when that has none', () => {
    expect(withDay(daily, 'from', 'MONDAY')).toEqual({
      from: { dayOfWeek: 'MONDAY', time: '08:00' },
      to: { dayOfWeek: 'MONDAY', time: '18:00' },
    })
  })

  it('changes alone when both have one', () => {
    const monday = withDay(daily, 'from', 'MONDAY')
    expect(withDay(monday, 'to', 'FRIDAY')).toEqual({
      from: { dayOfWeek: 'MONDAY', time: '08:00' },
      to: { dayOfWeek: 'FRIDAY', time: '18:00' },
    })
  })

  it('is taken from both', () => {
    expect(withDay(withDay(daily, 'from', 'MONDAY'), 'from', null)).toEqual(daily)
  })
})

function engineRestriction({ from, to }: ScheduleLayerRestriction) {
  const day = (name: string) => Object.keys(DAYS).indexOf(name) + 1
  if (!from.dayOfWeek || !to.dayOfWeek) return { from: { time: from.time }, to: { time: to.time } }
  return { from: { day: day(from.dayOfWeek), time: from.time }, to: { day: day(to.dayOfWeek), time: to.time } }
}
