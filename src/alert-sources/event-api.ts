import { type Context, Hono } from 'hono'
import type { Env } from '../env.ts'
import { LIMITS } from '../limits.ts'
import { incidentUrl, publicUrl } from '../public-url.ts'
import { sha256 } from '../secrets.ts'
import { parseEvent } from './event-body.ts'
import { verifyIntegrationKey } from './integration-key.ts'
import { NotAccepted, type ReceiveResult, receive } from './receive.ts'

/**
 * The Event API, wire-compatible with iLert's: `POST /api/v1/events` answers 200 and speaks of incidents,
 * `POST /api/events` answers 202 and speaks of alerts. Real clients insist on the one or the other, and all of them want
 * JSON back, so both answer with both names.
 */
export const eventApi = new Hono<{ Bindings: Env }>()

eventApi.post('/api/v1/events', (c) => handle(c, 'v1'))
eventApi.post('/api/events', (c) => handle(c, 'current'))

type Version = 'v1' | 'current'

async function handle(c: Context<{ Bindings: Env }>, version: Version): Promise<Response> {
  const read = await readBody(c.req.raw)
  if (typeof read !== 'string') return problem(c, read)
  const parsed = parseEvent(read)
  if ('problem' in parsed) return problem(c, { status: 400, code: 'BAD_REQUEST', ...parsed.problem })

  const claims = await verifyIntegrationKey(c.env.SECRET, parsed.integrationKey)
  if (!claims) return problem(c, KEY_ERROR)
  try {
    const result = await receive(c.env, claims.sourceId, parsed.event, {
      keyGeneration: claims.generation,
      eventId: await eventId(c.req.header('Idempotency-Key')),
      receivedAt: Date.now(),
    })
    return answer(c, version, result)
  } catch (error) {
    if (!(error instanceof NotAccepted)) throw error
    c.header('Retry-After', '10')
    return problem(c, { status: 503, code: 'UNAVAILABLE', message: 'The event could not be kept. Send it again.' })
  }
}

/** The sender's idempotency key, hashed so that its length and content are of no concern; or a new id. */
async function eventId(idempotencyKey: string | undefined): Promise<string> {
  const key = idempotencyKey?.trim()
  return key ? `sender-${await sha256(key)}` : crypto.randomUUID()
}

interface Problem {
  status: 400 | 403 | 413 | 415 | 503
  code: string
  message: string
  field?: string
}

const KEY_ERROR: Problem = {
  status: 403,
  code: 'KEY_ERROR',
  message: 'The integration key is not valid. Copy it from the alert source; it may have been rotated or revoked.',
}

function problem(c: Context, body: Problem): Response {
  return c.json(body, body.status)
}

/** Reads no more than the limit, whatever Content-Length says. */
async function readBody(request: Request): Promise<string | Problem> {
  const tooLarge: Problem = {
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    message: `The body is larger than ${LIMITS.eventBodyBytes} bytes (max body). Shorten details or customDetails.`,
  }
  if (Number(request.headers.get('Content-Length') ?? 0) > LIMITS.eventBodyBytes) return tooLarge
  if (!request.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > LIMITS.eventBodyBytes) return tooLarge
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function answer(c: Context<{ Bindings: Env }>, version: Version, result: ReceiveResult): Response {
  if (result.outcome === 'key-refused') return problem(c, KEY_ERROR)
  if (version === 'v1' && result.outcome === 'no-open-incident') {
    return problem(c, {
      status: 400,
      code: 'NO_OPEN_INCIDENT_WITH_KEY',
      message: 'There is no open incident with this key.',
    })
  }
  if (version === 'v1' && result.outcome === 'already-accepted') {
    return problem(c, { status: 400, code: 'INCIDENT_ALREADY_ACCEPTED', message: 'The incident was already accepted.' })
  }
  const { key, incident } = result
  const url = incident ? incidentUrl(publicUrl(c.env, c.req.raw), incident.reference) : null
  const body = {
    incidentKey: key,
    incidentUrl: url,
    alertKey: key,
    alertUrl: url,
    responseCode: RESPONSE_CODES[result.outcome],
    ...('reason' in result ? { reason: result.reason } : {}),
  }
  return c.json(body, version === 'v1' ? 200 : 202)
}

/** iLert's own set of codes is not public; these say what happened. */
const RESPONSE_CODES: Record<Exclude<ReceiveResult['outcome'], 'key-refused'>, string> = {
  opened: 'INCIDENT_CREATED',
  appended: 'EVENT_APPENDED',
  accepted: 'INCIDENT_ACCEPTED',
  resolved: 'INCIDENT_RESOLVED',
  'already-accepted': 'INCIDENT_ALREADY_ACCEPTED',
  'no-open-incident': 'NO_OPEN_INCIDENT_WITH_KEY',
  dropped: 'EVENT_DROPPED',
  queued: 'EVENT_QUEUED',
}
