import type { Interval } from '../../../../on-call/model.ts'
import { A_MONDAY, addMonths, DAY, type WallTime, WEEK, wallTime } from '../../../../on-call/wall-time.ts'
import { zoneOf } from '../../../../on-call/zone.ts'
import type { CalendarView } from '../../../data/calendar-address.ts'

/** Stretches of time, one drawn below the other, on which a millisecond is everywhere equally wide. */
export interface Axis {
  zone: string
  bands: Band[]
  /** Milliseconds that the full width stands for: the longest band, and never less than the days would usually have. */
  scale: number
}

export interface Band extends Interval {
  days: Day[]
}

/** From midnight to midnight in the axis' zone: 23, 24 or 25 hours, or whatever the zone makes of it. */
export interface Day extends Interval {
  midnight: WallTime
  weekend: boolean
  /** Belongs to the month before or after the one shown. */
  outside: boolean
}

export type DrawnView = Exclude<CalendarView, 'list'>

export const LIST_DAYS = 14

/** @param date a day of what is to be shown, such as 2026-10-25 */
export function axisOf(view: DrawnView, date: string, zone: string): Axis {
  const day = wallTime(date)
  const month = view === 'month' ? new Date(day).getUTCMonth() : null
  const bands = bandStarts(view, day).map((first) => bandOf(daysFrom(first, daysPerBand(view), zone, month)))
  const usual = daysPerBand(view) * DAY
  return { zone, bands, scale: Math.max(usual, ...bands.map(({ start, end }) => end - start)) }
}

/** Days that a zone left out (Samoa had no 30 December 2011) have no place on an axis. */
export function daysFrom(first: WallTime, count: number, zone: string, month: number | null = null): Day[] {
  const clock = zoneOf(zone)
  return Array.from({ length: count }, (_, index) => {
    const midnight = first + index * DAY
    const date = new Date(midnight)
    return {
      midnight,
      start: clock.instantOf(midnight),
      end: clock.instantOf(midnight + DAY),
      weekend: date.getUTCDay() % 6 === 0,
      outside: month !== null && date.getUTCMonth() !== month,
    }
  }).filter(({ start, end }) => start < end)
}

/** What the axis shows from its first to its last instant. */
export function spanOf({ bands }: Axis): Interval {
  return { start: bands[0]?.start ?? 0, end: bands.at(-1)?.end ?? 0 }
}

/** The date to show for the next or the previous stretch. */
export function stepFrom(view: CalendarView, date: string, direction: 1 | -1): string {
  const day = wallTime(date)
  if (view === 'month') return dateText(addMonths(startOfMonth(day), direction))
  return dateText(day + direction * DAYS_PER_STEP[view] * DAY)
}

/** Such as 2026-10-25. */
export function dateText(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10)
}

const DAYS_PER_STEP = { list: LIST_DAYS, day: 1, week: 7, 'two-weeks': 14 }

const daysPerBand = (view: DrawnView) => (view === 'day' ? 1 : 7)

function bandStarts(view: DrawnView, day: WallTime): WallTime[] {
  if (view === 'day') return [day]
  const first = mondayOf(view === 'month' ? startOfMonth(day) : day)
  const end = view === 'month' ? addMonths(startOfMonth(day), 1) : first + (view === 'two-weeks' ? 2 * WEEK : WEEK)
  const starts = []
  for (let start = first; start < end; start += WEEK) starts.push(start)
  return starts
}

function bandOf(days: Day[]): Band {
  return { start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0, days }
}

const mondayOf = (day: WallTime) => A_MONDAY + Math.floor((day - A_MONDAY) / WEEK) * WEEK

function startOfMonth(day: WallTime): WallTime {
  return new Date(day).setUTCDate(1)
}
