import { intervalText } from '../../notifications/interval-text.ts'
import type { Notice } from '../../notifications/notice.ts'
import type { Interval } from '../../on-call/model.ts'
import type { CoveragePerson, StoredCoverageRequest } from './coverage-requests.ts'

/** What people hear of a coverage request. Times are in each reader's zone. */

type News = [userId: number, notice: Notice]

interface NewRequest extends Interval {
  id: number
  schedule: { name: string }
  message: string | null
  by: CoveragePerson
}

/** Those asked hear who needs them, and when. */
export function asked(request: NewRequest, people: CoveragePerson[]): News[] {
  const { id, schedule, by, message } = request
  return people.map((person) =>
    notice(id, request.end, person, 'asked', `${by.name} asks you to be on call: ${schedule.name}`, [
      intervalText(request, person.timezone),
      ...(message ? [`“${message}”`] : []),
      'The first to accept has it.',
    ]),
  )
}

/** Who asked and who would have been on call hear who takes it; the others that they need do nothing. */
export function accepted(
  request: StoredCoverageRequest,
  by: CoveragePerson,
  parts: Interval[],
  replaced: CoveragePerson[],
): News[] {
  const { schedule, people, requestedBy } = request
  const asker = people.get(requestedBy)
  const concerned = new Map([...replaced, ...(asker ? [asker] : [])].map((person) => [person.id, person]))
  const others = undecided(request).filter(({ id }) => !concerned.has(id) && id !== by.id)
  concerned.delete(by.id)
  const when = (person: CoveragePerson) => parts.map((part) => intervalText(part, person.timezone))
  return [
    ...[...concerned.values()].map((person) =>
      tell(request, person, 'accepted', `${by.name} takes over: ${schedule.name}`, [
        ...when(person),
        `${by.name} is on call then${replaced.some(({ id }) => id === person.id) ? ' in your place' : ''}.`,
      ]),
    ),
    ...others.map((person) =>
      tell(request, person, 'taken', `No longer needed: ${schedule.name}`, [
        ...when(person),
        `${by.name} has taken it.`,
      ]),
    ),
  ]
}

export function cancelled(request: StoredCoverageRequest): News[] {
  return undecided(request).map((person) =>
    tell(request, person, 'cancelled', `No longer needed: ${request.schedule.name}`, [
      intervalText(intervalOf(request), person.timezone),
      'The request was cancelled.',
    ]),
  )
}

export function nobodyLeft(request: StoredCoverageRequest): News[] {
  const asker = request.people.get(request.requestedBy)
  if (!asker) return []
  return [
    tell(request, asker, 'declined', `Everybody has declined: ${request.schedule.name}`, [
      intervalText(intervalOf(request), asker.timezone),
      'Nobody whom you asked is left to take it: it stays as it is unless you ask somebody else.',
    ]),
  ]
}

function undecided({ asked: all, people }: StoredCoverageRequest): CoveragePerson[] {
  return all.flatMap(({ userId, declinedAt }) => (declinedAt ? [] : (people.get(userId) ?? [])))
}

function intervalOf({ start, end }: StoredCoverageRequest): Interval {
  return { start: start.getTime(), end: end.getTime() }
}

function tell(
  request: StoredCoverageRequest,
  person: CoveragePerson,
  news: string,
  title: string,
  lines: string[],
): News {
  return notice(request.id, request.end.getTime(), person, news, title, lines)
}

function notice(
  requestId: number,
  expiresAt: number,
  person: CoveragePerson,
  news: string,
  title: string,
  lines: string[],
): News {
  const content: Notice = {
    id: `coverage-${requestId}-${news}`,
    title,
    text: lines.join('\n'),
    path: `/coverage/${requestId}`,
    expiresAt,
  }
  return [person.id, content]
}
