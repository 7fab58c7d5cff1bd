import { describe, expect, it } from 'vitest'
import {
  type Fields,
  inZone,
  lastDayOf,
  newWindow,
  untilOfLastDay,
  withFirstDay,
  withoutFirstDay,
} from './window-input.ts'

const ZONE = 'Europe/Berlin'

// A Sunday in Berlin.
const FIELDS: Fields = {
  ...newWindow(ZONE, Date.parse('2026-11-22T01:00:30Z'), [7]),
  recurrence: {
    frequency: 'WEEKLY',
    interval: 1,
    weekdays: ['WEDNESDAY', 'SUNDAY'],
    until: '2026-12-31T23:00:00.000Z',
  },
}

it('begins with an hour from this minute on', () => {
  expect(newWindow(ZONE, Date.parse('2026-11-22T01:00:30Z'), [7])).toMatchObject({
    start: '2026-11-22T01:00:00.000Z',
    end: '2026-11-22T02:00:00.000Z',
    alertSources: [{ id: 7 }],
  })
})

describe('the days of a week', () => {
  const sent = (fields: Fields) => withFirstDay(fields).recurrence?.weekdays

  it('come back as they were', () => {
    expect(sent(withoutFirstDay(FIELDS))).toEqual(['WEDNESDAY', 'SUNDAY'])
  })

  it('follow a start that is moved to another day', () => {
    const moved = { ...withoutFirstDay(FIELDS), start: '2026-11-23T01:00:00Z' }
    expect(sent(moved)).toEqual(['MONDAY', 'WEDNESDAY'])
  })

  it('are none where it is only that of the first time', () => {
    expect(sent({ ...FIELDS, recurrence: { frequency: 'WEEKLY', weekdays: ['SUNDAY'] } })).toEqual([])
    expect(sent({ ...FIELDS, recurrence: { frequency: 'DAILY', weekdays: ['MONDAY'] } })).toEqual([])
  })
})

describe('the last day', () => {
  it('is an instant at its end in the zone', () => {
    expect(untilOfLastDay('2026-12-31', ZONE)).toBe('2026-12-31T23:00:00.000Z')
    expect(lastDayOf('2026-12-31T23:00:00.000Z', ZONE)).toBe('2026-12-31')
  })

  it('may be that on which clocks are changed at midnight', () => {
    const until = untilOfLastDay('2026-09-05', 'America/Santiago')
    expect(until && lastDayOf(until, 'America/Santiago')).toBe('2026-09-05')
  })

  it('is none without a date', () => {
    expect(untilOfLastDay('', ZONE)).toBeNull()
    expect(untilOfLastDay('2026-13-01', ZONE)).toBeNull()
  })
})

it('keeps what the clocks show in another zone', () => {
  expect(inZone(FIELDS, 'America/New_York', ZONE)).toMatchObject({
    timezone: 'America/New_York',
    start: '2026-11-22T07:00:00.000Z',
    end: '2026-11-22T08:00:00.000Z',
    recurrence: { until: '2027-01-01T05:00:00.000Z' },
  })
  expect(inZone({ ...FIELDS, start: '' }, 'America/New_York', ZONE).start).toBe('')
})
