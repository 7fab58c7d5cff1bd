import type { Env } from './env.ts'
import type { Act, Actor, ActResult } from './incidents/model.ts'
import { call, callOnce } from './objects.ts'

/**
 * Does something to an incident for a person. Accepting and resolving twice is the same as once, so they are tried again
 * after a passing fault; another level paged or a comment written twice is not, so those are asked once.
 */
export function askIncident(env: Env, incidentId: number, asked: Act, actor: Actor): Promise<ActResult> {
  const ask = asked.type === 'accept' || asked.type === 'resolve' ? call : callOnce
  return ask(env.INCIDENT, String(incidentId), (incident) => incident.act(asked, actor))
}
