import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { incidentNumber } from '../../incidents/reference.ts'
import { boundedEvent, type LooseEvent } from '../bounded-event.ts'
import type { KeptResult } from '../receive.ts'
import { Unreadable } from '../tools/tool.ts'
import { readForm } from '../tools/tool-request.ts'
import { headerKey } from './credential.ts'
import { type DoorContext, type Refused, rawRequest, readBody, take } from './door.ts'
import { readGoAlert } from './goalert-event.ts'

/**
 * GoAlert's generic API, with the integration key as its token. It answers 204 without a body, or JSON to whom asks for
 * it; an error is plain text.
 */
export const goAlertDoor = new Hono<{ Bindings: Env }>()

goAlertDoor.on('POST', ['/api/v2/generic/incoming', '/v1/api/alerts'], async (c) => {
  const body = await readBody(c.req.raw)
  if ('refused' in body) return refusal(c, body.refused)
  const contentType = c.req.header('Content-Type') ?? ''
  const form = await formOf(body.text, contentType)
  const query = new URL(c.req.url).searchParams
  let event: LooseEvent
  try {
    event = await readGoAlert(query, form, /^application\/json\b/i.test(contentType) ? body.text : null)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return c.text(error.message, 400)
  }
  const key = tokenOf(query, form) ?? headerKey(c, ['Bearer', 'Basic'])
  const request = rawRequest(c, 'goalert', body.text)
  const taken = await take(c, key, { way: 'events', events: [await boundedEvent(event)], ignored: null, request })
  if ('refused' in taken) return refusal(c, taken.refused)
  const wantsJson = c.req.header('Accept')?.toLowerCase().includes('application/json')
  return wantsJson ? c.json(answerOf(taken.results[0]), 200) : c.body(null, 204)
})

/** `meta` may be there more than once. */
async function formOf(text: string, contentType: string): Promise<URLSearchParams> {
  return /^application\/x-www-form-urlencoded\b/i.test(contentType)
    ? new URLSearchParams(text)
    : new URLSearchParams(await readForm(text, contentType))
}

/** Under any of the names that GoAlert knows, in the query or in the form. */
function tokenOf(query: URLSearchParams, form: URLSearchParams): string | null {
  for (const name of ['token', 'integrationKey', 'integration_key', 'key']) {
    const token = query.get(name) || form.get(name)
    if (token) return token
  }
  return null
}

/** Zeros where there is no incident. */
function answerOf(result: KeptResult | undefined) {
  const id = result?.incident?.id ?? 0
  return { AlertID: id, ServiceID: String(incidentNumber(id).sourceId), IsNew: result?.outcome === 'opened' }
}

function refusal(c: DoorContext, { status, message, code, retryAfterSeconds }: Refused): Response {
  if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
  return c.text(message, code === 'KEY_ERROR' ? 401 : status)
}
