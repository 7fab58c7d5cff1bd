import type { Rest } from '../../scripts/rest.ts'
import type { AlertSource } from '../../src/api/schemas/alert-source.ts'
import type { EscalationPolicy } from '../../src/api/schemas/escalation-policy.ts'
import type { Contact, Preference, User } from '../../src/api/schemas/user.ts'

type Step = Pick<Preference, 'method' | 'delayMin'>

const MINUTE_MS = 60_000

export interface Team {
  /** Of level one and of level two. */
  first: number
  second: number
  source: AlertSource
}

/** An alert source whose incidents page one person and, when they do not answer in time, another. */
export async function createTeam(rest: Rest, timeoutMs: number): Promise<Team> {
  const first = await createUser(rest, 'Finn', '+12025550111', [
    { method: 'SMS', delayMin: 0 },
    { method: 'VOICE', delayMin: timeoutMs / 2 / MINUTE_MS },
  ])
  const second = await createUser(rest, 'Sara', '+12025550112', [{ method: 'SMS', delayMin: 0 }])
  const policy = await rest.post<EscalationPolicy>('/escalation-policies', {
    name: 'Crash test',
    escalationRules: [
      { escalationTimeout: timeoutMs / MINUTE_MS, users: [{ id: first }] },
      { escalationTimeout: 60, users: [{ id: second }] },
    ],
  })
  const source = await rest.post<AlertSource>('/alert-sources', {
    name: 'Crash test',
    shortName: 'CRASH',
    escalationPolicy: { id: policy.id },
  })
  return { first, second, source }
}

async function createUser(rest: Rest, firstName: string, phone: string, steps: Step[]): Promise<number> {
  const email = `${firstName.toLowerCase()}@example.com`
  const { id } = await rest.post<User>('/users', { firstName, lastName: 'Example', email })
  const contact = await rest.post<Contact>(`/users/${id}/contacts/phone-numbers`, { target: phone })
  for (const step of steps) {
    await rest.post(`/users/${id}/notification-preferences/alerts`, { ...step, contact: { id: contact.id } })
  }
  return id
}
