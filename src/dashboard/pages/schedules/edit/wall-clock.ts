import { A_MONDAY, HOUR, WEEK } from '../../../../on-call/wall-time.ts'
import { type Zone, zoneOf } from '../../../../on-call/zone.ts'
import { localTimeOf, readLocalTime } from '../../../parts/local-time.ts'

/** An instant whose wall-clock time in one zone is that of the given one in another. Empty ones stay empty. */
export function inOtherZone(instant: string, from: string, to: string): string {
  if (instant === '') return ''
  const reading = readLocalTime(localTimeOf(Date.parse(instant), from), to)
  if (!reading) return ''
  return new Date(reading.kind === 'twice' ? reading.first : reading.instant).toISOString()
}

/** The latest Monday at nine: somebody is on call at once, and hand-offs are when people are at work. */
export function lastMondayMorning(now: number, zone: string): string {
  const wall = knownZone(zone).wallTimeAt(now)
  const nine = A_MONDAY + 9 * HOUR
  return new Date(nine + Math.floor((wall - nine) / WEEK) * WEEK).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length)
}

export function isZone(name: string): boolean {
  try {
    zoneOf(name)
    return name !== ''
  } catch {
    return false
  }
}

/** While a zone is being typed there is none yet: UTC then. */
export function knownZone(name: string): Zone {
  return zoneOf(isZone(name) ? name : 'UTC')
}
