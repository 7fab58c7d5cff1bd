import type { WindowFields } from '../directory/maintenance-windows.ts'
import { Refusal } from '../directory/refusal.ts'
import { maintenanceAt, nextOccurrence } from '../maintenance/maintenance.ts'
import type { Recurrence } from '../maintenance/model.ts'
import { A_MONDAY, DAY } from '../on-call/wall-time.ts'
import type { Zone } from '../on-call/zone.ts'
import { WEEKDAYS } from '../support-hours/model.ts'
import { knownZone } from './known-zone.ts'
import type { MaintenanceWindowInput } from './schemas/maintenance-window.ts'

/** Longer, and nobody would remember that a source is silent. */
const LONGEST_MS = 31 * DAY

/** A maintenance window as the directory wants it. */
export function windowFieldsOf(input: MaintenanceWindowInput, now: number): WindowFields {
  const { name, timezone } = input
  const zone = knownZone(timezone)
  const start = Date.parse(input.start)
  const end = Date.parse(input.end)
  const recurrence = input.recurrence ? recurrenceOf(input.recurrence, zone, start) : null
  if (end <= start) throw wrong('end', 'must be after the start')
  if (end - start > LONGEST_MS) throw wrong('end', 'must be at most 31 days after the start')
  const window = { id: 0, name, timezone, start, end, recurrence }
  if (!nextOccurrence(window, now)) {
    throw wrong(recurrence ? 'recurrence.until' : 'end', 'must be in the future: the window would be over already')
  }
  const until = maintenanceAt([window], start)?.until ?? end
  if (until - start > LONGEST_MS) {
    throw wrong('recurrence', 'begins again before the window ends: the source would be silent for more than 31 days')
  }
  return {
    ...{ name, timezone, recurrence, description: input.description || null },
    start: new Date(start),
    end: new Date(end),
  }
}

function recurrenceOf(
  { frequency, interval, weekdays, until: lastBefore }: NonNullable<MaintenanceWindowInput['recurrence']>,
  zone: Zone,
  start: number,
): Recurrence {
  const until = lastBefore ? Date.parse(lastBefore) : null
  if (until !== null && until <= start) throw wrong('recurrence.until', 'must be after the start')
  const first = WEEKDAYS[Math.floor((zone.wallTimeAt(start) - A_MONDAY) / DAY) % WEEKDAYS.length]
  const weekly = frequency === 'WEEKLY' ? WEEKDAYS.filter((day) => weekdays.includes(day)) : []
  if (first && weekly.length > 0 && !weekly.includes(first)) {
    throw wrong('recurrence.weekdays', `must include that of the first time, ${first}`)
  }
  return { frequency, interval, weekdays: weekly, until }
}

function wrong(field: string, problem: string): Refusal {
  return new Refusal('BAD_REQUEST', `${field} ${problem}`, field)
}
