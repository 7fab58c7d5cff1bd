import type * as z from 'zod'
import type { MaintenanceWindow, maintenanceWindowInput } from '../../../api/schemas/maintenance-window.ts'
import { DAY, HOUR } from '../../../on-call/wall-time.ts'
import { WEEKDAYS, type Weekday } from '../../../support-hours/model.ts'
import { localTimeOf, readLocalTime } from '../../parts/local-time.ts'
import { inOtherZone } from '../schedules/edit/wall-clock.ts'
import { weekdayIn } from './window-text.ts'

/** What the form holds. An empty start or end is no time. */
export type Fields = z.input<typeof maintenanceWindowInput>
export type RecurrenceFields = NonNullable<Fields['recurrence']>

/** An hour from this minute on: most often something has to be silent at once. */
export function newWindow(timezone: string, now: number, sourceIds: number[]): Fields {
  const start = Math.floor(now / 60_000) * 60_000
  return {
    name: '',
    description: '',
    timezone,
    start: new Date(start).toISOString(),
    end: new Date(start + HOUR).toISOString(),
    recurrence: null,
    alertSources: sourceIds.map((id) => ({ id })),
  }
}

export function fieldsOf(window: MaintenanceWindow): Fields {
  const { name, description, timezone, start, end, recurrence, alertSources } = window
  return {
    ...{ name, timezone, start, end },
    description: description ?? '',
    recurrence: recurrence ?? null,
    alertSources: alertSources.map(({ id }) => ({ id })),
  }
}

/** The same times on the wall clock of another zone. */
export function inZone(fields: Fields, timezone: string, from: string): Fields {
  const { start, end, recurrence } = fields
  const moved = (instant: string) => inOtherZone(instant, from, timezone)
  return {
    ...fields,
    ...{ timezone, start: moved(start), end: moved(end) },
    recurrence: recurrence && { ...recurrence, until: recurrence.until && moved(recurrence.until) },
  }
}

/** As the API wants it: a week names all of its days or, where it is only that of the first time, none. */
export function withFirstDay<Input extends Fields>(input: Input): Input {
  const { recurrence, timezone, start } = input
  if (!recurrence) return input
  const days = recurrence.frequency === 'WEEKLY' ? (recurrence.weekdays ?? []) : []
  const first = weekdayIn(timezone, Date.parse(start))
  const others = days.some((day) => day !== first)
  return { ...input, recurrence: { ...recurrence, weekdays: others ? inOrder([...days, first]) : [] } }
}

/** The days as chosen, without that of the first time: it is moved by moving the start. */
export function withoutFirstDay(fields: Fields): Fields {
  const { recurrence, timezone, start } = fields
  if (!recurrence) return fields
  const first = weekdayIn(timezone, Date.parse(start))
  return { ...fields, recurrence: { ...recurrence, weekdays: recurrence.weekdays?.filter((day) => day !== first) } }
}

/** The last day on which a window may begin, as a date field holds it. */
export function lastDayOf(until: string, timezone: string): string {
  return localTimeOf(Date.parse(until) - 1, timezone).slice(0, 'yyyy-mm-dd'.length)
}

/** Begins may be on this day and not later; null: not a date. */
export function untilOfLastDay(date: string, timezone: string): string | null {
  const midnight = Date.parse(`${date}T00:00Z`)
  if (Number.isNaN(midnight)) return null
  const dayAfter = new Date(midnight + DAY).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length)
  const reading = readLocalTime(dayAfter, timezone)
  return reading && new Date(reading.kind === 'twice' ? reading.first : reading.instant).toISOString()
}

const inOrder = (days: Weekday[]) => WEEKDAYS.filter((day) => days.includes(day))
