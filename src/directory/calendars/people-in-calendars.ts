/** Somebody who can be on call. */
export interface KnownPerson {
  id: number
  firstName: string
  lastName: string
  email: string
}

/** What an event of a foreign calendar says of whom it is for. Addresses are in lower case. */
export interface CalendarClues {
  summary: string
  attendees: string[]
  organizer: string | null
}

/**
 * Finds whom events are for: by their one attendee who is known, else by an address or a full name in the summary. Whoever has
 * organised an event is often the one who plans for all, so they are it only when nothing else speaks. Two who fit are
 * nobody: people choose then.
 */
export function peopleFinder(people: KnownPerson[]): (event: CalendarClues) => KnownPerson | null {
  const byEmail = new Map(people.map((person) => [person.email.toLowerCase(), person]))
  const names = people.flatMap((person) => {
    const [first, last] = [inWords(person.firstName), inWords(person.lastName)]
    return [` ${first} ${last} `, ` ${last} ${first} `].map((name) => ({ name, person }))
  })
  const known = new Map<string, KnownPerson | null>()
  const inSummary = (summary: string) => {
    let found = known.get(summary)
    if (found === undefined) {
      const text = summary.slice(0, READ_OF_SUMMARY)
      found = onlyOne(emailsIn(text).flatMap((email) => byEmail.get(email) ?? [])) ?? byName(names, text)
      known.set(summary, found)
    }
    return found
  }
  return ({ summary, attendees, organizer }) => {
    const others = attendees.filter((email) => email !== organizer).flatMap((email) => byEmail.get(email) ?? [])
    return (
      onlyOne(others) ?? inSummary(summary) ?? (others.length === 0 ? (byEmail.get(organizer ?? '') ?? null) : null)
    )
  }
}

const READ_OF_SUMMARY = 1000

function byName(names: { name: string; person: KnownPerson }[], summary: string): KnownPerson | null {
  const text = ` ${inWords(summary)} `
  const named = names.filter(({ name }) => text.includes(name))
  // Mary Ann Smith is not Ann Smith.
  const longest = named.filter(({ name }) => !named.some((other) => other.name !== name && other.name.includes(name)))
  return onlyOne(longest.map(({ person }) => person))
}

/** Letters and digits of any script, in lower case, with one space between words. */
function inWords(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
  return words.filter(Boolean).join(' ')
}

function emailsIn(text: string): string[] {
  const pieces = text.toLowerCase().split(/[\s<>()[\]",;:]+/)
  return pieces.filter((piece) => piece.includes('@'))
}

function onlyOne(people: KnownPerson[]): KnownPerson | null {
  const [first, ...others] = people
  return first && others.every(({ id }) => id === first.id) ? first : null
}
