import { incidentUrl, publicUrl } from '../../public-url.ts'
import type { KeptResult } from '../receive.ts'
import { type DoorContext, type Refused, refuse, type Taken } from './door.ts'

/**
 * `/api/v1/events…` answers 200 and `/api/events…` 202. Real clients insist on the one or the other, and all of them want
 * JSON back, so both answer with the old names (incidents) and the new ones (alerts).
 */
export type EventApiVersion = 'v1' | 'current'

/** What became of one event, in iLert's shape. */
interface EventAnswer {
  incidentKey: string | null
  incidentUrl: string | null
  alertKey: string | null
  alertUrl: string | null
  responseCode: string
  reason?: string
}

/**
 * Says in iLert's shape what became of a request's events: of one as it is, of several with what became of the first in
 * front and all of them in `results`.
 *
 * @param refusesUnknownKeys iLert's v1 answers 400 where there was nothing to accept or resolve. Only for clients that were
 * made for that: others take it for a failure of ours and complain about it.
 */
export function answerEvents(
  c: DoorContext,
  version: EventApiVersion,
  taken: Taken,
  { refusesUnknownKeys = false } = {},
): Response {
  if ('refused' in taken) return refuse(c, taken.refused)
  const [first, ...others] = taken.results
  const refused = first && others.length === 0 && refusesUnknownKeys ? REFUSED[first.outcome] : undefined
  if (refused) return refuse(c, refused)
  return c.json(bodyOf(c, taken), version === 'v1' ? 200 : 202)
}

function bodyOf(c: DoorContext, taken: Exclude<Taken, { refused: Refused }>) {
  const base = publicUrl(c.env, c.req.raw)
  const [first, ...others] = taken.results.map((result) => eventAnswer(base, result))
  if (!first) return { ...NOTHING, reason: taken.ignored ?? 'the request holds no event' }
  return others.length > 0 ? { ...first, results: [first, ...others] } : first
}

/** @param base where people open this deployment */
function eventAnswer(base: string, result: KeptResult): EventAnswer {
  const { key, incident } = result
  const url = incident ? incidentUrl(base, incident.reference) : null
  return {
    ...{ incidentKey: key, incidentUrl: url, alertKey: key, alertUrl: url },
    responseCode: RESPONSE_CODES[result.outcome],
    ...('reason' in result && { reason: result.reason }),
  }
}

/** iLert's own set of codes is not public; these say what happened. */
const RESPONSE_CODES: Record<KeptResult['outcome'], string> = {
  opened: 'INCIDENT_CREATED',
  appended: 'EVENT_APPENDED',
  accepted: 'INCIDENT_ACCEPTED',
  resolved: 'INCIDENT_RESOLVED',
  'already-accepted': 'INCIDENT_ALREADY_ACCEPTED',
  collected: 'EVENT_COLLECTED',
  'no-open-incident': 'NO_OPEN_INCIDENT_WITH_KEY',
  dropped: 'EVENT_DROPPED',
  suppressed: 'EVENT_SUPPRESSED',
  queued: 'EVENT_QUEUED',
}

const NOTHING: EventAnswer = {
  ...{ incidentKey: null, incidentUrl: null, alertKey: null, alertUrl: null },
  responseCode: 'EVENT_IGNORED',
}

const REFUSED: Partial<Record<KeptResult['outcome'], Refused>> = {
  'no-open-incident': {
    status: 400,
    code: 'NO_OPEN_INCIDENT_WITH_KEY',
    message: 'There is no open incident with this key.',
  },
  'already-accepted': {
    status: 400,
    code: 'INCIDENT_ALREADY_ACCEPTED',
    message: 'The incident was already accepted.',
  },
}
