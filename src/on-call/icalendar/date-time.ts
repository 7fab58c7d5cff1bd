import { type WallTime, wallTime } from '../wall-time.ts'

/** A date or a time as iCalendar writes it: 20250330, 20250330T083000, 20250330T063000Z. */
export interface DateTime {
  wall: WallTime
  /** A date alone; `wall` is its midnight. */
  dateOnly: boolean
  utc: boolean
}

/** Null: it is none, or one that no calendar has. */
export function dateTime(text: string): DateTime | null {
  const [, year, month, day, hour = '00', minute = '00', second = '00', utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(text.trim()) ?? []
  if (year === undefined) return null
  try {
    const wall = wallTime(`${year}-${month}-${day}T${hour}:${minute}:${second}`)
    return { wall, dateOnly: !text.includes('T'), utc: utc !== undefined }
  } catch {
    return null
  }
}
