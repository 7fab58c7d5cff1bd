import type { SchedulePreview } from '../../../../api/schemas/schedule.ts'
import { fullName } from '../../../data/users.ts'

type Changes = SchedulePreview['changes']
type Person = Changes[number]['before']

/** "6 shifts of 3 people"; null: none changes. */
export function changeSummary(changes: Changes): string | null {
  if (changes.length === 0) return null
  const people = new Set(changes.flatMap(({ before, after }) => [before, after]).map((person) => person?.id))
  people.delete(undefined)
  const shifts = changes.length === 1 ? '1 shift' : `${changes.length} shifts`
  return `${shifts} of ${people.size === 1 ? '1 person' : `${people.size} people`}`
}

export function personText(person: Person): string {
  return person ? fullName(person) || `User ${person.id}` : 'nobody'
}
