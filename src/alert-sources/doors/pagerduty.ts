import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { sha256 } from '../../secrets.ts'
import { boundedEvent } from '../bounded-event.ts'
import type { Delivery } from '../delivery.ts'
import { type DoorContext, type Refused, rawRequest, readBody, take } from './door.ts'
import { errorOfKey, type NotUnderstood, readChange, readEventV1, readEventV2 } from './pagerduty-events.ts'

/**
 * PagerDuty's Events API: a tool that can post to another address than PagerDuty's needs nothing else changed, and the
 * integration key takes the place of the routing key.
 *
 * Zabbix wants exactly 202 and "success"; PagerDuty's Python client an object with `dedup_key`, also for a resolve;
 * Alertmanager and Zabbix show `errors`.
 */
export const pagerDutyDoor = new Hono<{ Bindings: Env }>()

pagerDutyDoor.post('/v2/enqueue', (c) => takeEvent(c, V2))
pagerDutyDoor.post('/v2/change/enqueue', (c) => takeChange(c))
pagerDutyDoor.post('/generic/2010-04-15/create_event.json', (c) => takeEvent(c, V1))

interface Version {
  via: string
  read: typeof readEventV2
  keyField: 'routing_key' | 'service_key'
  dedupField: 'dedup_key' | 'incident_key'
  status: 200 | 202
  /** Of an event too many. Clients of version 1 know 403 for it. */
  tooMany: 403 | 429
}

const V2: Version = {
  via: 'pagerduty-v2',
  read: readEventV2,
  keyField: 'routing_key',
  dedupField: 'dedup_key',
  status: 202,
  tooMany: 429,
}

const V1: Version = {
  via: 'pagerduty-v1',
  read: readEventV1,
  keyField: 'service_key',
  dedupField: 'incident_key',
  status: 200,
  tooMany: 403,
}

async function takeEvent(c: DoorContext, version: Version): Promise<Response> {
  const body = await readBody(c.req.raw)
  if ('refused' in body) return refusal(c, body.refused)
  const read = version.read(body.text, await newDedupKey(c.req.header('Idempotency-Key')))
  if (!('event' in read)) return notUnderstood(c, read)
  const delivery: Delivery = {
    way: 'events',
    events: [await boundedEvent(read.event)],
    ignored: null,
    request: rawRequest(c, version.via, body.text),
  }
  const refused = await takeOrRefuse(c, read.routingKey, delivery, version)
  return (
    refused ??
    c.json({ status: 'success', message: 'Event processed', [version.dedupField]: read.dedupKey }, version.status)
  )
}

async function takeChange(c: DoorContext): Promise<Response> {
  const body = await readBody(c.req.raw)
  if ('refused' in body) return refusal(c, body.refused)
  const read = readChange(body.text)
  if (!('summary' in read)) return notUnderstood(c, read)
  const request = rawRequest(c, 'pagerduty-change', body.text)
  const refused = await takeOrRefuse(c, read.routingKey, { way: 'change', summary: read.summary, request }, V2)
  return refused ?? c.json({ status: 'success', message: 'Change event processed' }, 202)
}

/** Of a trigger without a key; the same for a trigger that its sender calls the same one. */
async function newDedupKey(idempotencyKey: string | undefined): Promise<string> {
  const key = idempotencyKey?.trim()
  return key ? (await sha256(`dedup key of ${key}`)).slice(0, 32) : crypto.randomUUID().replaceAll('-', '')
}

/** Null: it was taken. */
async function takeOrRefuse(
  c: DoorContext,
  key: string,
  delivery: Delivery,
  { keyField, tooMany }: Version,
): Promise<Response | null> {
  const error = errorOfKey(key, keyField)
  if (error) return notUnderstood(c, { errors: [error] })
  const taken = await take(c, key, delivery)
  return 'refused' in taken ? refusal(c, taken.refused, tooMany) : null
}

function notUnderstood(c: DoorContext, what: NotUnderstood): Response {
  return 'unrecognized' in what
    ? c.json(
        {
          status: 'Unrecognized object',
          message: 'Event object format is unrecognized',
          errors: [what.unrecognized],
        },
        400,
      )
    : c.json({ ...INVALID, errors: what.errors }, 400)
}

/** What went wrong beside the event itself, so that clients show the reason: they look for it in `errors`. */
function refusal(c: DoorContext, refused: Refused, tooMany: Version['tooMany'] = 429): Response {
  const { status, code, message, retryAfterSeconds } = refused
  if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
  // As PagerDuty has it: 403 would be read as "too many".
  if (code === 'KEY_ERROR') return c.json({ ...INVALID, errors: [message] }, 400)
  if (status === 429) return c.json({ status: 'throttle exceeded', message, errors: [message] }, tooMany)
  return c.json({ status: 'not processed', message, errors: [message] }, status)
}

const INVALID = { status: 'invalid event', message: 'Event object is invalid' }
