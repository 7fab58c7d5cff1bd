import { expect, it } from 'vitest'
import { chosenShifts, firstChoices, peopleIn } from './imported-shifts.ts'

const shift = (day: number, label: string, user: number | null) => ({
  ...{ label, user: user === null ? null : { id: user } },
  start: `2026-12-0${day}T08:00:00.000Z`,
  end: `2026-12-0${day + 1}T08:00:00.000Z`,
})
const calendar = {
  ...{ name: null, timezone: null, skipped: [] },
  shifts: [shift(1, 'On call', 1), shift(2, 'A. Nonym', null), shift(3, 'On call', 2), shift(4, 'A. Nonym', null)],
}
const BEFORE = Date.parse('2026-11-25T00:00:00Z')

it('asks for those first who were not found, and keeps people apart whose shifts have the same name', () => {
  expect(peopleIn(calendar).map(({ label, found, shifts }) => [label, found, shifts])).toEqual([
    ['A. Nonym', null, 2],
    ['On call', 1, 1],
    ['On call', 2, 1],
  ])
})

it('makes shifts of those who are known, then of those who are chosen, in the order of the calendar', () => {
  const people = peopleIn(calendar)
  const choices = firstChoices(people)
  const usersOf = (all: typeof choices, now = BEFORE) => chosenShifts(calendar, all, now).map(({ user }) => user)
  expect(usersOf(choices)).toEqual([1, 2])
  const unknown = people[0]?.key ?? ''
  expect(usersOf({ ...choices, [unknown]: 9 })).toEqual([1, 9, 2, 9])
  expect(usersOf({ ...choices, [unknown]: null })).toEqual([1, 2])
  // The first one is over meanwhile.
  expect(usersOf({ ...choices, [unknown]: 9 }, Date.parse('2026-12-02T08:00:00Z'))).toEqual([9, 2, 9])
})
