import type { ImportedCalendar } from '../../../../api/schemas/schedule.ts'
import type { ShiftDraft } from './draft.ts'

type ImportedShift = ImportedCalendar['shifts'][number]

/** Shifts that are surely of the same person: one choice is for all of them. */
export interface ImportedPerson {
  key: string
  /** As the calendar says it. */
  label: string
  /** Who the server thinks it is. */
  found: number | null
  shifts: number
}

/** Who each of them is, by their keys. Null: the shifts are left out; none: not said yet. */
export type Choices = Record<string, number | null | undefined>

/**
 * Those for whom somebody has to be chosen first, then those who were found. The same label may be of several people, where
 * the calendar names them as attendees.
 */
export function peopleIn({ shifts }: ImportedCalendar): ImportedPerson[] {
  const people = new Map<string, ImportedPerson>()
  for (const shift of shifts) {
    const key = keyOf(shift)
    const person = people.get(key) ?? { key, label: shift.label, found: shift.user?.id ?? null, shifts: 0 }
    people.set(key, { ...person, shifts: person.shifts + 1 })
  }
  return [...people.values()].sort((a, b) => Number(a.found !== null) - Number(b.found !== null))
}

export function firstChoices(people: ImportedPerson[]): Choices {
  return Object.fromEntries(people.map(({ key, found }) => [key, found ?? undefined]))
}

/** What the schedule begins with: in the order of the calendar, without what is left out or over. */
export function chosenShifts({ shifts }: ImportedCalendar, choices: Choices, now: number): ShiftDraft[] {
  return shifts.flatMap((shift, index) => {
    const user = choices[keyOf(shift)]
    const { start, end } = shift
    return user && Date.parse(end) > now ? [{ key: String(index), user, start, end }] : []
  })
}

export const keyOf = ({ user, label }: ImportedShift) => `${user?.id ?? ''} ${label}`
