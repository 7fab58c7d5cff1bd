import { Refusal, type RefusalCode } from '../directory/refusal.ts'
import { sourceOfShortName } from '../directory/short-names.ts'
import { findPeople } from '../directory/users.ts'
import type { Env } from '../env.ts'
import type { Act, ActResult, IncidentState, Person } from '../incidents/model.ts'
import { incidentId, parseReference } from '../incidents/reference.ts'
import { call } from '../objects.ts'
import { actorOf, type SignedIn } from './context.ts'

const CODES: Record<Exclude<ActResult['outcome'], 'done'>, RefusalCode> = {
  'already-accepted': 'ALREADY_ACCEPTED',
  'already-resolved': 'ALREADY_RESOLVED',
  'no-such-incident': 'NOT_FOUND',
  'nobody-to-escalate-to': 'NOBODY_TO_ESCALATE_TO',
  'no-such-level': 'NO_SUCH_LEVEL',
  'not-possible': 'NOT_POSSIBLE',
}

/** The id of PROM-42 or of 21474836522. A number needs no database, so that incidents can be answered without it. */
export async function incidentIdOf(env: Env, name: string): Promise<number> {
  if (/^[1-9]\d{0,15}$/.test(name) && Number.isSafeInteger(Number(name))) return Number(name)
  const reference = parseReference(name)
  const sourceId = reference && (await sourceOfShortName(env, reference.shortName))
  if (!reference || !sourceId) throw unknownIncident(name)
  return incidentId(sourceId, reference.number)
}

export async function describeIncident(env: Env, id: number): Promise<IncidentState> {
  const state = await call(env.INCIDENT, String(id), (incident) => incident.describe())
  if (!state) throw unknownIncident(String(id))
  return state
}

/** Does it, or refuses with the incident's own reason. */
export async function act(env: Env, id: number, asked: Act, signedIn: SignedIn): Promise<void> {
  const { outcome, message } = await call(env.INCIDENT, String(id), (incident) =>
    incident.act(asked, actorOf(signedIn)),
  )
  if (outcome !== 'done') throw new Refusal(CODES[outcome], message)
}

/** These users, in this order; the first who does not exist is refused as `field(index)`. */
export async function peopleNamed(env: Env, ids: number[], field: (index: number) => string): Promise<Person[]> {
  const found = new Map((await findPeople(env, ids)).map((person) => [person.userId, person]))
  return ids.map((id, index) => {
    const person = found.get(id)
    if (!person) throw new Refusal('BAD_REQUEST', `There is no user ${id}`, field(index))
    return person
  })
}

function unknownIncident(name: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no incident ${name}`)
}
