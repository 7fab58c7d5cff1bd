import type { Interval } from '../../../../on-call/model.ts'
import { DAY, wallTime } from '../../../../on-call/wall-time.ts'
import type { CalendarView } from '../../../data/calendar-address.ts'
import { type Axis, axisOf, type Day, daysFrom, LIST_DAYS, spanOf } from './axis.ts'

/** What is shown of a view at a date: an axis to draw on, or the days of the list. */
export interface ShownDays extends Interval {
  days: Day[]
  axis: Axis | null
  /** "Wednesday 25 November 2026", "23–29 Nov 2026", "November 2026" */
  title: string
}

export function shownDays(view: CalendarView, date: string, zone: string): ShownDays {
  const axis = view === 'list' ? null : axisOf(view, date, zone)
  const days = axis ? axis.bands.flatMap((band) => band.days) : daysFrom(wallTime(date), LIST_DAYS, zone)
  const { start, end } = axis ? spanOf(axis) : { start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0 }
  return { days, axis, start, end, title: titleOf(view, date, days) }
}

function titleOf(view: CalendarView, date: string, days: Day[]): string {
  if (view === 'month') return month.format(wallTime(date))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return date
  if (view === 'day') return dayOfWeek.format(first.midnight).replace(',', '')
  // The end of the last day, not its midnight, or the formats would call a single day a range.
  return day.formatRange(first.midnight, last.midnight + DAY - 1)
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const dayOfWeek = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})
