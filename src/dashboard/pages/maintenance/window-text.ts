import type { MaintenanceWindow } from '../../../api/schemas/maintenance-window.ts'
import { DAY } from '../../../on-call/wall-time.ts'
import { WEEKDAYS, type Weekday } from '../../../support-hours/model.ts'
import { spanText } from '../../parts/time.tsx'
import { dayIn, intervalIn, momentIn, timeIn, zoneAbbreviation } from '../../parts/zoned-time.ts'

type Times = Pick<MaintenanceWindow, 'start' | 'end' | 'timezone' | 'recurrence'>
type Recurrence = NonNullable<MaintenanceWindow['recurrence']>

export type Phase = 'running' | 'coming' | 'over'

/** Between two answers of the server time goes on: what was coming begins. */
export function phaseOf(
  { nextStart, nextEnd, recurrence }: Pick<MaintenanceWindow, 'nextStart' | 'nextEnd' | 'recurrence'>,
  now: number,
): Phase {
  if (nextStart === null || nextEnd === null) return 'over'
  if (now >= Date.parse(nextEnd)) return recurrence ? 'coming' : 'over'
  return now >= Date.parse(nextStart) ? 'running' : 'coming'
}

/** When a window is, for a reader in a zone: "runs until 14:00 CET, in 32 min". */
export function windowText(
  window: Times & Pick<MaintenanceWindow, 'nextStart' | 'nextEnd'>,
  now: number,
  zone: string,
) {
  const phase = phaseOf(window, now)
  const repeats = repeatText(window)
  if (phase === 'running') {
    const end = Date.parse(window.nextEnd ?? window.end)
    const at = dayIn(zone, now) === dayIn(zone, end) ? timeIn(zone, end) : momentIn(zone, end)
    const runs = `runs until ${at} ${zoneAbbreviation(zone, end)}, in ${spanText(end - now)}`
    return repeats ? `${runs}; ${repeats}` : runs
  }
  const away = Date.parse(window.nextStart ?? window.start) - now
  if (repeats) {
    if (phase === 'over') return `${repeats}; over`
    return away > 0 ? `${repeats}, next in ${spanText(away)}` : repeats
  }
  const interval = intervalIn(zone, { start: Date.parse(window.start), end: Date.parse(window.end) })
  return phase === 'over' ? `was ${interval}` : `${interval}, in ${spanText(away)}`
}

/** "every Sunday 02:00–04:00 Europe/Berlin"; null: it happens once. */
export function repeatText({ start, end, timezone, recurrence }: Times): string | null {
  if (!recurrence) return null
  const [first, last] = [Date.parse(start), Date.parse(end)]
  const from = timeIn(timezone, first)
  const time =
    last - first < DAY ? `${from}–${timeIn(timezone, last)}` : `from ${from} for ${lengthText(last - first)} in`
  return [everyText(recurrence, timezone, first), time, `${timezone}${untilText(recurrence, timezone)}`].join(' ')
}

/** "1 day 2 h 30 min", to the minute. */
export function lengthText(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  const parts = [days && (days === 1 ? '1 day' : `${days} days`), hours && `${hours} h`, rest && `${rest} min`]
  return parts.filter(Boolean).join(' ') || '0 min'
}

/** The day of the week that it is somewhere. */
export function weekdayIn(timezone: string, instant: number): Weekday {
  const name = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, weekday: 'long' }).format(instant)
  return name.toUpperCase() as Weekday
}

function everyText({ frequency, interval, weekdays }: Recurrence, timezone: string, first: number): string {
  switch (frequency) {
    case 'DAILY':
      return interval === 1 ? 'every day' : `every ${interval} days`
    case 'WEEKLY': {
      const days = daysText(weekdays.length > 0 ? weekdays : [weekdayIn(timezone, first)])
      return interval === 1 ? `every ${days}` : `every ${interval} weeks on ${days}`
    }
    case 'MONTHLY': {
      const day = Number(new Intl.DateTimeFormat('en-GB', { timeZone: timezone, day: 'numeric' }).format(first))
      const on = day > SHORTEST_MONTH ? `the ${ordinal(day)} or the last day` : `the ${ordinal(day)}`
      return `every ${interval === 1 ? 'month' : `${interval} months`} on ${on},`
    }
  }
}

const SHORTEST_MONTH = 28

/** "Monday, Tuesday and Friday" */
function daysText(weekdays: Weekday[]): string {
  const days = WEEKDAYS.filter((day) => weekdays.includes(day))
  if (days.join() === WEEKDAYS.slice(0, 5).join()) return 'Monday to Friday'
  return new Intl.ListFormat('en-GB').format(days.map((day) => day.charAt(0) + day.slice(1).toLowerCase()))
}

/** "1st", "22nd", "13th" */
function ordinal(day: number): string {
  const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }
  return `${day}${endings[ordinals.select(day)] ?? 'th'}`
}

const ordinals = new Intl.PluralRules('en-GB', { type: 'ordinal' })

/** None begins at `until` or later, so the last day is that of the moment before. */
function untilText({ until }: Recurrence, timezone: string): string {
  if (!until) return ''
  const day = { timeZone: timezone, day: 'numeric', month: 'short', year: 'numeric' } as const
  return `, until ${new Intl.DateTimeFormat('en-GB', day).format(Date.parse(until) - 1)}`
}
