import type { SupportHours } from '../../../api/schemas/support-hours.ts'
import { WEEKDAYS } from '../../../support-hours/model.ts'
import { dayIn, momentIn, timeIn } from '../../parts/zoned-time.ts'
import { DAYS } from '../schedules/edit/restriction-presets.ts'
import { oneDayOf } from './exceptions.ts'
import { isWholeDay, type Times, type Week } from './week.ts'

/** "Mon–Fri 09:00–17:00, Sat 10:00–14:00" */
export function weekText(week: Week): string {
  const groups: { first: string; last: string; times: string }[] = []
  let previous: string | undefined
  for (const day of WEEKDAYS) {
    const times = week[day] && timesText(week[day])
    const group = groups.at(-1)
    if (times && times === previous && group) group.last = DAYS[day]
    else if (times) groups.push({ first: DAYS[day], last: DAYS[day], times })
    previous = times
  }
  const texts = groups.map(({ first, last, times }) => `${first === last ? first : `${first}–${last}`} ${times}`)
  return texts.join(', ') || 'No weekly hours'
}

/** "09:00–17:00", "all day" */
export function timesText(times: Times): string {
  return isWholeDay(times) ? 'all day' : `${times.start}–${times.end}`
}

/** "Fri 25 Dec", "Thu 24 Dec 12:00 – 18:00": local times, which are the same wherever one reads them. */
export function exceptionTimesText(exception: Pick<SupportHours['exceptions'][number], 'start' | 'end'>): string {
  const [start, end] = [Date.parse(`${exception.start}Z`), Date.parse(`${exception.end}Z`)]
  if (oneDayOf(exception)) return momentIn('UTC', start).replace(/ 00:00$/, '')
  const to = dayIn('UTC', start) === dayIn('UTC', end) ? timeIn('UTC', end) : momentIn('UTC', end)
  return `${momentIn('UTC', start)} – ${to}`
}
