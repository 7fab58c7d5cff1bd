import type { CoverageRequest } from '../../../api/schemas/schedule.ts'
import { fullName } from '../../data/users.ts'

/** Open, and this person was asked and has not answered. */
export function waitsFor({ status, users }: CoverageRequest, person: number): boolean {
  return status === 'OPEN' && users.some(({ user, declinedAt }) => user.id === person && declinedAt === null)
}

/** Whoever is asked may still accept after declining, as long as nobody else has. */
export function mayAccept({ status, users }: CoverageRequest, person: number): boolean {
  return status === 'OPEN' && users.some(({ user }) => user.id === person)
}

/** "Ann Smith", or "you". */
export function nameFor(person: { id: number; firstName?: string; lastName?: string }, reader: number): string {
  return person.id === reader ? 'you' : fullName(person) || 'somebody who is gone'
}

/** How it stands, for the person who reads it: "Taken by Ann Smith". */
export function statusText({ status, users, acceptedBy }: CoverageRequest, reader: number): string {
  switch (status) {
    case 'ACCEPTED': {
      const by = acceptedBy ? nameFor(acceptedBy, reader) : 'somebody who is gone'
      const late = acceptedBy?.id !== reader && users.some(({ user, declinedAt }) => user.id === reader && !declinedAt)
      return late ? `Taken: ${by} was faster` : `Taken by ${by}`
    }
    case 'CANCELLED':
      return 'Cancelled'
    case 'EXPIRED':
      return 'Over: nobody took it'
    case 'OPEN':
      return users.every(({ declinedAt }) => declinedAt !== null) ? 'Everybody has declined' : 'Waiting for an answer'
  }
}
