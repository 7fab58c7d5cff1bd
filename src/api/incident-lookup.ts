import { Refusal } from '../directory/refusal.ts'
import { sourceOfShortName } from '../directory/short-names.ts'
import { findPeople } from '../directory/users/users.ts'
import type { Env } from '../env.ts'
import type { IncidentState, Person } from '../incidents/model.ts'
import { incidentId, parseReference } from '../incidents/reference.ts'
import { call } from '../objects.ts'

/** The id of PROM-42 or of 21474836522. A number needs no database, so that incidents can be answered without it. */
export async function incidentIdOf(env: Env, name: string): Promise<number> {
  if (/^[1-9]\d{0,15}$/.test(name) && Number.isSafeInteger(Number(name))) return Number(name)
  const reference = parseReference(name)
  const sourceId = reference && (await sourceOfShortName(env, reference.shortName))
  if (!reference || !sourceId) throw unknownIncident(name)
  return incidentId(sourceId, reference.number)
}

/** @param name as it was asked for, for the refusal */
export async function describeIncident(env: Env, id: number, name: string): Promise<IncidentState> {
  const state = await call(env.INCIDENT, String(id), (incident) => incident.describe())
  if (!state) throw unknownIncident(name)
  return state
}

/** These users, in this order; the first who does not exist is refused as `field(index)`. */
export async function peopleNamed(env: Env, ids: number[], field: (index: number) => string): Promise<Person[]> {
  const found = new Map((await findPeople(env, ids)).map((person) => [person.userId, person]))
  return ids.map((id, index) => {
    const person = found.get(id)
    if (!person) throw unknownUser(id, field(index))
    return person
  })
}

export async function personNamed(env: Env, id: number, field: string): Promise<Person> {
  const [person] = await findPeople(env, [id])
  if (!person) throw unknownUser(id, field)
  return person
}

function unknownUser(id: number, field: string): Refusal {
  return new Refusal('BAD_REQUEST', `There is no user ${id}`, field)
}

function unknownIncident(name: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no incident ${name}`)
}
