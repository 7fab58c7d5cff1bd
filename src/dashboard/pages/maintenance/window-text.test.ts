import { describe, expect, it } from 'vitest'
import type { MaintenanceWindow } from '../../../api/schemas/maintenance-window.ts'
import { lengthText, phaseOf, repeatText, windowText } from './window-text.ts'

const ZONE = 'Europe/Berlin'
const at = (text: string) => Date.parse(text)

// A Sunday night in Berlin.
const SUNDAY = { start: '2026-11-22T01:00:00Z', end: '2026-11-22T03:00:00Z', timezone: ZONE }
type Recurrence = NonNullable<MaintenanceWindow['recurrence']>
const weekly = (part: Partial<Recurrence> = {}): Recurrence => ({
  ...{ frequency: 'WEEKLY', interval: 1, weekdays: [], until: null },
  ...part,
})
const text = (recurrence: Recurrence | null) => repeatText({ ...SUNDAY, recurrence })

describe('how a window repeats, in words', () => {
  it('names the days of the week', () => {
    expect(text(weekly())).toBe('every Sunday 02:00–04:00 Europe/Berlin')
    expect(text(weekly({ weekdays: ['WEDNESDAY', 'SUNDAY'] }))).toBe(
      'every Wednesday and Sunday 02:00–04:00 Europe/Berlin',
    )
    expect(text(weekly({ weekdays: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] }))).toBe(
      'every Monday to Friday 02:00–04:00 Europe/Berlin',
    )
    expect(text(weekly({ interval: 2 }))).toBe('every 2 weeks on Sunday 02:00–04:00 Europe/Berlin')
  })

  it('takes the day from the clock of its zone', () => {
    const late = { start: '2026-11-21T23:30:00Z', end: '2026-11-22T00:30:00Z', timezone: ZONE }
    expect(repeatText({ ...late, recurrence: weekly() })).toBe('every Sunday 00:30–01:30 Europe/Berlin')
  })

  it('counts days and months', () => {
    expect(text(weekly({ frequency: 'DAILY' }))).toBe('every day 02:00–04:00 Europe/Berlin')
    expect(text(weekly({ frequency: 'DAILY', interval: 3 }))).toBe('every 3 days 02:00–04:00 Europe/Berlin')
    expect(text(weekly({ frequency: 'MONTHLY' }))).toBe('every month on the 22nd, 02:00–04:00 Europe/Berlin')
    const last = { start: '2026-10-31T12:00:00Z', end: '2026-10-31T13:00:00Z', timezone: 'UTC' }
    expect(repeatText({ ...last, recurrence: weekly({ frequency: 'MONTHLY', interval: 2 }) })).toBe(
      'every 2 months on the 31st or the last day, 12:00–13:00 UTC',
    )
  })

  it('says the last day on which one begins', () => {
    expect(text(weekly({ until: '2026-12-31T23:00:00Z' }))).toBe(
      'every Sunday 02:00–04:00 Europe/Berlin, until 31 Dec 2026',
    )
  })

  it('says how long it is where both ends would be misread', () => {
    const long = { ...SUNDAY, end: '2026-11-23T04:00:00Z' }
    expect(repeatText({ ...long, recurrence: weekly() })).toBe('every Sunday from 02:00 for 1 day 3 h in Europe/Berlin')
  })

  it('says nothing of what happens once', () => {
    expect(text(null)).toBeNull()
  })
})

describe('when a window is, in words', () => {
  const once = { ...SUNDAY, recurrence: null, nextStart: SUNDAY.start, nextEnd: SUNDAY.end }
  const repeated = { ...once, recurrence: weekly() }
  const before = at('2026-11-19T01:00:00Z')
  const during = at('2026-11-22T02:28:00Z')

  it('says until when it runs', () => {
    expect(windowText(once, during, ZONE)).toBe('runs until 04:00 CET, in 32 min')
    expect(windowText(repeated, during, ZONE)).toBe(
      'runs until 04:00 CET, in 32 min; every Sunday 02:00–04:00 Europe/Berlin',
    )
    expect(windowText({ ...once, nextEnd: '2026-11-23T03:00:00Z' }, during, ZONE)).toMatch(
      /^runs until Mon 23 Nov( 2026)? 04:00 CET, in 24 h 32 min$/,
    )
  })

  it('says when it comes', () => {
    expect(windowText(once, before, ZONE)).toMatch(/^Sun 22 Nov( 2026)? 02:00 – 04:00 CET, in 3 days$/)
    expect(windowText(repeated, before, ZONE)).toBe('every Sunday 02:00–04:00 Europe/Berlin, next in 3 days')
  })

  it('says that it is over', () => {
    const over = { nextStart: null, nextEnd: null }
    expect(windowText({ ...once, ...over }, during, ZONE)).toMatch(/^was Sun 22 Nov( 2026)? 02:00 – 04:00 CET$/)
    expect(windowText({ ...repeated, ...over }, during, ZONE)).toBe('every Sunday 02:00–04:00 Europe/Berlin; over')
  })

  it('goes on between two answers of the server', () => {
    expect(phaseOf(once, at(SUNDAY.start) - 1)).toBe('coming')
    expect(phaseOf(once, at(SUNDAY.start))).toBe('running')
    expect(phaseOf(once, at(SUNDAY.end))).toBe('over')
    expect(phaseOf(repeated, at(SUNDAY.end))).toBe('coming')
    expect(windowText(repeated, at(SUNDAY.end), ZONE)).toBe('every Sunday 02:00–04:00 Europe/Berlin')
  })
})

it('says lengths to the minute', () => {
  expect(lengthText(90 * 60_000)).toBe('1 h 30 min')
  expect(lengthText(24 * 3_600_000)).toBe('1 day')
  expect(lengthText(50 * 3_600_000 + 60_000)).toBe('2 days 2 h 1 min')
})
