import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { boundedEvent } from '../bounded-event.ts'
import { parseEvent } from '../event-body.ts'
import { type DoorContext, rawRequest, readBody, refuse, take } from './door.ts'
import { answerEvents, type EventApiVersion } from './event-answer.ts'

/** The Event API, wire-compatible with iLert's: `POST /api/v1/events` and `POST /api/events`. */
export const eventApi = new Hono<{ Bindings: Env }>()

eventApi.post('/api/v1/events', (c) => receiveEvent(c, 'v1'))
eventApi.post('/api/events', (c) => receiveEvent(c, 'current'))

async function receiveEvent(c: DoorContext, version: EventApiVersion): Promise<Response> {
  const body = await readBody(c.req.raw)
  if ('refused' in body) return refuse(c, body.refused)
  return takeEventBody(c, version, body.text, null)
}

/**
 * Takes one event in the form of the Event API.
 *
 * @param keyOfAddress the integration key that the request's address or headers carry; null: the body must have it
 */
export async function takeEventBody(
  c: DoorContext,
  version: EventApiVersion,
  text: string,
  keyOfAddress: string | null,
): Promise<Response> {
  const parsed = parseEvent(text, keyOfAddress)
  if ('problem' in parsed) return refuse(c, { status: 400, code: 'BAD_REQUEST', ...parsed.problem })
  const { integrationKey, event } = parsed
  const request = rawRequest(c, 'event-api', text)
  const taken = await take(c, integrationKey, {
    way: 'events',
    events: [await boundedEvent(event)],
    ignored: null,
    request,
  })
  return answerEvents(c, version, taken, { refusesUnknownKeys: version === 'v1' })
}
