import type { SupportHoursInput } from '../../../api/schemas/support-hours.ts'
import { DAY, HOUR, timeOfDay } from '../../../on-call/wall-time.ts'
import { WEEKDAYS, type Weekday } from '../../../support-hours/model.ts'

export type Week = SupportHoursInput['supportDays']
export type Times = NonNullable<Week[Weekday]>

const OFFICE_HOURS: Times = { start: '09:00', end: '17:00' }
const WORKDAYS = WEEKDAYS.slice(0, 5)

export const NEW_WEEK: Week = Object.fromEntries(WORKDAYS.map((day) => [day, OFFICE_HOURS]))

/** With other times on a day, or with none. */
export function withDay(week: Week, day: Weekday, times: Times | null): Week {
  const { [day]: _, ...others } = week
  return times ? { ...others, [day]: times } : others
}

/** What a day begins with when it is switched on: the times of the day before it that has some. */
export function suggestedTimes(week: Week, day: Weekday): Times {
  const before = WEEKDAYS.slice(0, WEEKDAYS.indexOf(day)).findLast((each) => week[each])
  return (before && week[before]) ?? OFFICE_HOURS
}

/** Monday to Friday as Monday. */
export function mondayOnWorkdays(week: Week): Week {
  return WORKDAYS.reduce((result, day) => withDay(result, day, week.MONDAY ?? null), week)
}

/** Ends at or before the start are meant of the next day. */
export function endsNextDay({ start, end }: Times): boolean {
  return start !== '' && end !== '' && end <= start
}

/** From one midnight to the next. */
export function isWholeDay({ start, end }: Times): boolean {
  return start === '00:00' && end === '00:00'
}

/** Hours since midnight. */
export interface Bar {
  from: number
  to: number
}

/** What of each day is support hours, for a picture: what goes on past midnight is also on the day after. */
export function barsOf(week: Week): Record<Weekday, Bar[]> {
  const bars = Object.fromEntries(WEEKDAYS.map((day): [string, Bar[]] => [day, []])) as Record<Weekday, Bar[]>
  for (const [index, day] of WEEKDAYS.entries()) {
    const times = week[day]
    if (!times || times.start === '' || times.end === '') continue
    const [from, to] = [timeOfDay(times.start) / HOUR, timeOfDay(times.end) / HOUR]
    const midnight = DAY / HOUR
    if (!endsNextDay(times)) {
      bars[day].push({ from, to })
      continue
    }
    bars[day].push({ from, to: midnight })
    const next = WEEKDAYS[(index + 1) % WEEKDAYS.length]
    if (next && to > 0) bars[next].push({ from: 0, to })
  }
  return bars
}
