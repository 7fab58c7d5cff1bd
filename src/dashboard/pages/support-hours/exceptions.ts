import type { SupportHoursInput } from '../../../api/schemas/support-hours.ts'
import { DAY } from '../../../on-call/wall-time.ts'

export type Exception = SupportHoursInput['exceptions'][number]

const MIDNIGHT = 'T00:00'

/** A whole day on which nobody is at work; null: not a date. */
export function holiday(name: string, date: string): Exception | null {
  const next = dayAfter(date)
  return next === null
    ? null
    : { name, start: `${date}${MIDNIGHT}`, end: `${next}${MIDNIGHT}`, supportStatus: 'OUTSIDE' }
}

/** The date of what takes exactly one day from midnight on; null: it takes another time. */
export function oneDayOf({ start, end }: Pick<Exception, 'start' | 'end'>): string | null {
  if (!start.endsWith(MIDNIGHT) || !end.endsWith(MIDNIGHT)) return null
  const date = start.slice(0, -MIDNIGHT.length)
  return `${dayAfter(date)}${MIDNIGHT}` === end ? date : null
}

function dayAfter(date: string): string | null {
  const midnight = Date.parse(`${date}T00:00Z`)
  // Also of a day that no calendar has, such as 30 February, which would be read as one of March.
  if (Number.isNaN(midnight) || dateOf(midnight) !== date) return null
  return dateOf(midnight + DAY)
}

function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 'yyyy-mm-dd'.length)
}
