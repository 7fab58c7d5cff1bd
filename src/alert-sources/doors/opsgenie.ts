import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { boundedEvent } from '../bounded-event.ts'
import { verifyIntegrationKey } from '../integration-key.ts'
import type { KeyClaims } from '../key-format.ts'
import { headerKey } from './credential.ts'
import { type DoorContext, type Refused, rawRequest, readBody, take } from './door.ts'
import { type Operation, type OpsgenieError, operationOf, readAlert, readCommand } from './opsgenie-alerts.ts'
import type { IdentifierType } from './opsgenie-incident.ts'
import { readRequestId, requestIdOf } from './opsgenie-request.ts'

/**
 * Opsgenie's Alert API, also where Jira Service Management has it: a tool that can use another host needs nothing else
 * changed, and the integration key takes the place of the GenieKey.
 *
 * All that writes is answered 202, also where there is no such alert: as there, the request's status tells.
 */
export const opsgenieDoor = new Hono<{ Bindings: Env }>()

for (const base of ['/v2/alerts', '/jsm/ops/integration/v2/alerts']) {
  opsgenieDoor.all(`${base}/*`, (c) => serve(c, new URL(c.req.url).pathname.slice(base.length)))
}

async function serve(c: DoorContext, path: string): Promise<Response> {
  const operation = operationOf(c.req.method, path)
  if (!operation) return failed(c, 404, 'Nothing is served here of what Opsgenie has at this address.')
  const key = headerKey(c, ['GenieKey', 'Bearer']) ?? c.req.query('apiKey') ?? ''
  const claims = await verifyIntegrationKey(c.env.SECRET, key)
  if (!claims) return failed(c, 401, UNAUTHENTICATED)
  switch (operation.kind) {
    case 'create':
      return create(c, key)
    case 'command':
      return command(c, key, claims, operation)
    case 'request-status':
      return requestStatus(c, operation.requestId)
    case 'get':
      return get(c, claims, operation.identifier)
  }
}

async function create(c: DoorContext, key: string): Promise<Response> {
  const body = await readBody(c.req.raw)
  if ('refused' in body) return refusal(c, body.refused)
  const read = readAlert(body.text, crypto.randomUUID())
  if (!('event' in read)) return invalid(c, read)
  return takeEvent(c, key, read, { action: 'Create', body: body.text })
}

async function command(
  c: DoorContext,
  key: string,
  claims: KeyClaims,
  operation: Extract<Operation, { kind: 'command' }>,
): Promise<Response> {
  const body = await readBody(c.req.raw)
  if ('refused' in body) return refusal(c, body.refused)
  const type = identifierType(c)
  if (!type) return invalid(c, WRONG_IDENTIFIER_TYPE)
  const alias = type === 'tiny' ? await aliasOf(c, claims, operation.identifier) : operation.identifier
  if (!alias) return failed(c, 404, 'There is no alert with this tiny id and an alias.')
  const read = readCommand(operation, body.text, c.req.query(), alias)
  if (!('event' in read)) return invalid(c, read)
  return takeEvent(c, key, read, { action: nameOf(operation.command), body: body.text })
}

async function takeEvent(
  c: DoorContext,
  key: string,
  read: { event: Parameters<typeof boundedEvent>[0] },
  { action, body }: { action: string; body: string },
): Promise<Response> {
  const request = rawRequest(c, 'opsgenie', body)
  const event = await boundedEvent(read.event)
  const taken = await take(c, key, { way: 'events', events: [event], ignored: null, request })
  if ('refused' in taken) return refusal(c, taken.refused)
  const outcome = taken.results[0]?.outcome ?? 'dropped'
  // The key within its bounds, so that the id of the request is of a length that a header can have.
  const requestId = requestIdOf({ action, outcome, alias: event.key ?? '', processedAt: Date.now() })
  return answer(c, 202, { result: 'Request will be processed' }, requestId)
}

function requestStatus(c: DoorContext, requestId: string): Response {
  const request = readRequestId(requestId)
  if (!request) return failed(c, 404, 'There is no request with this id.')
  const { action, outcome, alias, processedAt } = request
  // Clients ask again on a 404.
  if (outcome === 'queued') return failed(c, 404, 'The request is kept, but not processed yet.')
  const isSuccess = outcome !== 'no-open-incident' && outcome !== 'dropped' && outcome !== 'suppressed'
  const data = {
    ...{ success: isSuccess, isSuccess, action, processedAt: new Date(processedAt).toISOString() },
    ...{ integrationId: '', status: STATUS[outcome], alertId: isSuccess ? alias : '', alias },
  }
  return answer(c, 200, { data }, requestId)
}

async function get(c: DoorContext, claims: KeyClaims, identifier: string): Promise<Response> {
  const type = identifierType(c)
  if (!type) return invalid(c, WRONG_IDENTIFIER_TYPE)
  // Events need none of what asks D1, so it is loaded only here.
  const { alertOf, findIncident } = await import('./opsgenie-incident.ts')
  const incident = await findIncident(c.env, claims, identifier, type)
  return incident ? answer(c, 200, { data: alertOf(incident) }) : failed(c, 404, 'There is no such alert.')
}

/** The alias of the alert with a tiny id, which is the number of an incident. */
async function aliasOf(c: DoorContext, claims: KeyClaims, tinyId: string): Promise<string | null> {
  const { findIncident } = await import('./opsgenie-incident.ts')
  return (await findIncident(c.env, claims, tinyId, 'tiny'))?.incidentKey ?? null
}

function identifierType(c: DoorContext): IdentifierType | null {
  const type = c.req.query('identifierType')?.toLowerCase() ?? 'id'
  return type === 'id' || type === 'alias' || type === 'tiny' ? type : null
}

/** "remove-tags" as "RemoveTags". */
function nameOf(command: string): string {
  return command.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function invalid(c: DoorContext, { status, ...error }: OpsgenieError): Response {
  return answer(c, status, error)
}

function refusal(c: DoorContext, { status, code, message, retryAfterSeconds }: Refused): Response {
  if (code === 'KEY_ERROR') return failed(c, 401, UNAUTHENTICATED)
  if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
  if (status === 429) c.header('X-RateLimit-State', 'THROTTLED')
  return failed(c, status, message)
}

function failed(c: DoorContext, status: Refused['status'], message: string): Response {
  return answer(c, status, { message })
}

function answer(
  c: DoorContext,
  status: Refused['status'] | 200 | 202 | 422,
  body: object,
  requestId: string = crypto.randomUUID(),
): Response {
  c.header('X-Request-Id', requestId)
  c.header('X-Response-Time', '0')
  return c.json({ ...body, took: 0, requestId }, status)
}

const UNAUTHENTICATED =
  'Could not authenticate: the key is not valid. Copy it from the alert source; it may have been rotated or revoked.'

const WRONG_IDENTIFIER_TYPE: OpsgenieError = {
  status: 422,
  message: 'The request can not be processed. Please check the errors.',
  errors: { identifierType: 'should be one of [ id, alias, tiny ]' },
}

const STATUS = {
  opened: 'Created alert',
  appended: 'Added to the open alert',
  accepted: 'Acknowledged alert',
  resolved: 'Closed alert',
  'already-accepted': 'The alert was already acknowledged',
  collected: 'Added to the alert that stands for all, because too many are open',
  'no-open-incident': 'There is no open alert with this alias',
  dropped: 'Dropped by the settings of the alert source',
  suppressed: 'Held back by a rule of the alert source',
}
