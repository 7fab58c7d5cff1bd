import type { Context } from 'hono'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import { sha256 } from '../../secrets.ts'
import type { Delivery, RawRequest } from '../delivery.ts'
import { verifyIntegrationKey } from '../integration-key.ts'
import { type KeptResult, NotAccepted, receive } from '../receive.ts'
import { findTool } from '../tools/index.ts'

/**
 * What every way in over HTTP shares: reading no more than the limit, verifying the key, handing over. How an outcome is
 * said is each door's own, for its clients insist on the words of the API they were made for.
 */
export type DoorContext = Context<{ Bindings: Env }>

/** Why nothing was taken. `code` is iLert's where iLert has one. */
export interface Refused {
  status: 400 | 401 | 403 | 404 | 413 | 429 | 503
  code: string
  message: string
  field?: string
  retryAfterSeconds?: number
}

export type Taken = { results: KeptResult[]; ignored: string | null } | { refused: Refused }

/** Hands a delivery to the source of `key`. Returns when it is kept, or why it is not. */
export async function take(c: DoorContext, key: string | null | undefined, delivery: Delivery): Promise<Taken> {
  const claims = key ? await verifyIntegrationKey(c.env.SECRET, key) : null
  if (!claims) return { refused: KEY_ERROR }
  if (delivery.way === 'events' && delivery.events.length > LIMITS.eventsPerRequest) return { refused: TOO_MANY }
  try {
    const received = await receive(c.env, claims, delivery, {
      deliveryId: await deliveryId(c.req.header('Idempotency-Key') ?? c.req.header('x-amz-sns-message-id')),
      receivedAt: Date.now(),
    })
    if (received.taken) return received
    if (received.refusal === 'rate') {
      const { eventsPerMinute, retryAfterSeconds } = received
      return {
        refused: {
          ...{ status: 429, code: 'TOO_MANY_REQUESTS', retryAfterSeconds },
          message: `This alert source takes ${eventsPerMinute} events a minute. Send it again in ${retryAfterSeconds} seconds.`,
        },
      }
    }
    return { refused: received.refusal === 'key' ? KEY_ERROR : signatureError(received.tool) }
  } catch (error) {
    if (!(error instanceof NotAccepted)) throw error
    return { refused: UNAVAILABLE }
  }
}

/** The body, no longer than the limit, whatever Content-Length says. */
export async function readBody(request: Request): Promise<{ text: string } | { refused: Refused }> {
  if (Number(request.headers.get('Content-Length') ?? 0) > LIMITS.eventBodyBytes) return { refused: TOO_LARGE }
  if (!request.body) return { text: '' }
  // Signatures are made over every byte, a mark at the beginning too.
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  let text = ''
  let bytes = 0
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > LIMITS.eventBodyBytes) return { refused: TOO_LARGE }
    text += decoder.decode(chunk, { stream: true })
  }
  return { text: text + decoder.decode() }
}

/** A request as readers, signatures and the log want it: without credentials and without what the platform adds. */
export function rawRequest(c: DoorContext, via: string, body: string): RawRequest {
  const headers = [...c.req.raw.headers].filter(([name]) => !LEFT_OUT.test(name))
  // Hono's own object has no prototype, and calls into objects take plain ones only.
  const query = { ...c.req.query() }
  return { via, method: c.req.method, headers: Object.fromEntries(headers), query, body }
}

/** A refusal in iLert's shape, with Retry-After where it says when. */
export function refuse(c: DoorContext, refused: Refused): Response {
  const { retryAfterSeconds, ...body } = refused
  if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
  return c.json(body, refused.status)
}

const LEFT_OUT =
  /^(authorization|proxy-authorization|cookie|cf-(?!webhook-auth$).*|x-forwarded-.*|x-real-ip|connection|host|content-length)$/

/** The sender's idempotency key (SNS's is the id of its message), hashed so that its length and content are of no concern; or a new id. */
async function deliveryId(idempotencyKey: string | undefined): Promise<string> {
  const key = idempotencyKey?.trim()
  return key ? `sender-${await sha256(key)}` : crypto.randomUUID()
}

export const KEY_ERROR: Refused = {
  status: 403,
  code: 'KEY_ERROR',
  message: 'The integration key is not valid. Copy it from the alert source; it may have been rotated or revoked.',
}

function signatureError(tool: string): Refused {
  const name = findTool(tool)?.name ?? tool
  return {
    status: 401,
    code: 'SIGNATURE_ERROR',
    message: `This alert source takes only requests that ${name} signed with its signing secret; remove its signing secret to send otherwise.`,
  }
}

export const UNAVAILABLE: Refused = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The event could not be kept. Send it again.',
  retryAfterSeconds: 10,
}

const TOO_LARGE: Refused = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: `The body is larger than ${LIMITS.eventBodyBytes} bytes (max body). Send less at once, or shorten the details.`,
}

const TOO_MANY: Refused = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: `The request holds more than ${LIMITS.eventsPerRequest} events. Send fewer at once.`,
}
