import { addPhone } from '../../scripts/add-phone.ts'
import type { Rest } from '../../scripts/rest.ts'
import type { AlertSource } from '../../src/api/schemas/alert-source.ts'
import type { EscalationPolicy } from '../../src/api/schemas/escalation-policy.ts'
import type { Schedule } from '../../src/api/schemas/schedule.ts'
import type { Preference, User } from '../../src/api/schemas/user.ts'

const MINUTE_MS = 60_000

/** A step of somebody's preferences that goes to their phone. */
export interface PhoneStep {
  method: Extract<Preference['method'], 'SMS' | 'VOICE'>
  delayMs: number
}

export interface PolicyLevel {
  userIds?: number[]
  scheduleIds?: number[]
  timeoutMs: number
}

/** A person with a phone. Their number is one of those reserved for fiction, +1 202 555 0100 to 0199. */
export async function createPerson(rest: Rest, name: string, phone: number, steps: PhoneStep[]): Promise<number> {
  const email = `${name.toLowerCase()}@example.com`
  const { id } = await rest.post<User>('/users', { firstName: name, lastName: 'Example', email })
  const target = `+120255501${String(phone).padStart(2, '0')}`
  const contact = await addPhone(rest, id, target)
  for (const { method, delayMs } of steps) {
    const preference = { method, delayMin: delayMs / MINUTE_MS, contact: { id: contact.id } }
    await rest.post(`/users/${id}/notification-preferences/alerts`, preference)
  }
  return id
}

/** A schedule that always has this person on call. */
export async function createSchedule(rest: Rest, name: string, userId: number): Promise<number> {
  const layer = { startsOn: '2026-01-01T00:00', rotation: 'P1D', users: [{ id: userId }] }
  const schedule = { name, timezone: 'Europe/Berlin', type: 'RECURRING', scheduleLayers: [layer] }
  return (await rest.post<Schedule>('/schedules', schedule)).id
}

/** An alert source with an escalation policy of its own. */
export async function createSource(rest: Rest, shortName: string, levels: PolicyLevel[]): Promise<AlertSource> {
  const policy = await rest.post<EscalationPolicy>('/escalation-policies', {
    name: `Policy of ${shortName}`,
    escalationRules: levels.map(({ userIds = [], scheduleIds = [], timeoutMs }) => ({
      escalationTimeout: timeoutMs / MINUTE_MS,
      users: userIds.map((id) => ({ id })),
      schedules: scheduleIds.map((id) => ({ id })),
    })),
  })
  return rest.post('/alert-sources', { name: `Source ${shortName}`, shortName, escalationPolicy: { id: policy.id } })
}
