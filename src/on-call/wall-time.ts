import { Temporal } from './temporal.ts'

/**
 * What a clock on the wall shows, without a zone: milliseconds as if it were UTC. So calendar arithmetic is arithmetic, and
 * only what becomes an instant has to be asked of a zone.
 */
export type WallTime = number

export const HOUR = 60 * 60_000
export const DAY = 24 * HOUR
export const WEEK = 7 * DAY

/** 1 January 1970 was a Thursday. */
export const A_MONDAY: WallTime = -3 * DAY

/** Reads 2025-03-03T08:00, seconds allowed; throws a RangeError for a date or time that no calendar has. */
export function wallTime(text: string): WallTime {
  return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds
}

/** Reads 08:00 as milliseconds since midnight. */
export function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return hours * HOUR + minutes * 60_000 + seconds * 1000
}

/** The same day and time of another month, or the last day of one that is too short. */
export function addMonths(wall: WallTime, months: number): WallTime {
  const date = new Date(wall)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return date.setUTCDate(Math.min(day, lastDay))
}

/** Calendar months from one to the other, whatever their days. */
export function monthsBetween(from: WallTime, to: WallTime): number {
  const [a, b] = [new Date(from), new Date(to)]
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
}
