import { describe, it } from 'vitest'
import { type CalendarClues, peopleFinder } from './people-in-calendars.ts'

const person = (id: number, firstName: string, lastName: string) => {
  return { id, firstName, lastName, email: `${firstName}.${lastName}@Example.com`.replaceAll(' ', '') }
}
const find = peopleFinder([
  person(1, 'Ann', 'Smith'),
  person(2, 'Mary Ann', 'Smith'),
  person(3, 'Zoë', 'van den Berg'),
  person(4, 'Jo', 'Li'),
  person(5, 'Kim', 'Twin'),
  { ...person(6, 'Kim', 'Twin'), email: 'other@example.com' },
])
const found = (clues: Partial<CalendarClues>) =>
  find({ summary: 'On call', attendees: [], organizer: null, ...clues })?.id ?? null

describe('the person of a calendar’s event', () => {
  it('is its attendee', ({ expect }) => {
    expect(found({ attendees: ['nobody@example.com', 'jo.li@example.com'] })).toBe(4)
    expect(found({ attendees: ['jo.li@example.com'], organizer: 'ann.smith@example.com', summary: 'Ann Smith' })).toBe(
      4,
    )
    expect(
      found({ attendees: ['ann.smith@example.com', 'jo.li@example.com'], organizer: 'ann.smith@example.com' }),
    ).toBe(4)
  })

  it('is who the summary names, in any way of writing', ({ expect }) => {
    for (const summary of [
      'ann smith',
      'On-call: SMITH, Ann (primary)',
      'Pager → Ann  Smith!',
      'x ann.smith@example.com',
    ])
      expect(found({ summary })).toBe(1)
    expect(found({ summary: 'Mary Ann Smith' })).toBe(2)
    expect(found({ summary: 'Zoe\u0308 van den Berg' })).toBe(3)
    expect(found({ summary: 'Jo Lind, Bojo Li' })).toBeNull()
    expect(found({ summary: 'joann.smith@example.com' })).toBeNull()
  })

  it('is who organised it when nothing else speaks', ({ expect }) => {
    expect(found({ organizer: 'jo.li@example.com' })).toBe(4)
    expect(found({ organizer: 'jo.li@example.com', summary: 'Ann Smith' })).toBe(1)
    expect(found({ organizer: 'stranger@example.com' })).toBeNull()
  })

  it('is nobody rather than one of two', ({ expect }) => {
    expect(found({ summary: 'Ann Smith or Jo Li' })).toBeNull()
    expect(found({ summary: 'Kim Twin' })).toBeNull()
    const both = ['ann.smith@example.com', 'jo.li@example.com']
    expect(found({ attendees: both, organizer: 'ann.smith@example.com' })).toBe(4)
    expect(found({ attendees: both, organizer: 'kim.twin@example.com' })).toBeNull()
    expect(found({ attendees: both, summary: 'Ann Smith' })).toBe(1)
  })

  it('is looked for in no time, whatever the summary says', ({ expect }) => {
    expect(found({ summary: 'a@'.repeat(200_000) })).toBeNull()
  })
})
