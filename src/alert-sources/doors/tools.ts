import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { verifyIntegrationKey } from '../integration-key.ts'
import { genericJson } from '../tools/generic-json.ts'
import { findTool } from '../tools/index.ts'
import { keyInBody } from '../tools/plugin-xml.ts'
import { confirmSns } from '../tools/sns-confirm.ts'
import { type Tool, type ToolRequest, Unverifiable } from '../tools/tool.ts'
import { readForm, toolRequest } from '../tools/tool-request.ts'
import { headerKey } from './credential.ts'
import { type DoorContext, KEY_ERROR, type Refused, rawRequest, readBody, refuse, take, UNAVAILABLE } from './door.ts'
import { answerEvents, type EventApiVersion } from './event-answer.ts'
import { takeEventBody } from './event-api.ts'
import { isEventBody, readTool } from './read-tool.ts'

/**
 * The tools' addresses, which are iLert's: `/api/v1/events/<tool>/<key>` answers 200, `/api/events/<tool>/<key>` 202.
 *
 * The key may also come in the Authorization header, and in the body as iLert's Nagios and Icinga plugins send it; an
 * address may also end in the key alone, for Event JSON and any other. Below a tool's address is what Prometheus and the
 * rulers of Loki and Mimir append to that of an Alertmanager.
 */
export const toolDoor = new Hono<{ Bindings: Env }>()

const PREFIXES: [string, EventApiVersion][] = [
  ['/api/v1/events', 'v1'],
  ['/api/events', 'current'],
]

for (const [prefix, version] of PREFIXES) {
  toolDoor.all(`${prefix}/:tool/:key`, (c) => receiveTool(c, version, c.req.param('tool'), c.req.param('key')))
  // Rulers want any 2xx; the version is that of Alertmanager's API, not of ours.
  toolDoor.all(`${prefix}/:tool/:key/api/:api{v[12]}/alerts`, (c) =>
    receiveTool(c, 'v1', c.req.param('tool'), c.req.param('key')),
  )
  toolDoor.all(`${prefix}/:segment`, (c) => {
    const segment = c.req.param('segment')
    return KEY.test(segment) ? receiveAny(c, version, segment) : receiveTool(c, version, segment, null)
  })
}

const KEY = /^[a-z2-7]{32}$/i

/** What comes under a key alone. */
async function receiveAny(c: DoorContext, version: EventApiVersion, key: string): Promise<Response> {
  if (!isAllowed(c, genericJson)) return notAllowed(c, genericJson)
  if (!(await isKey(c, key))) return refuse(c, KEY_ERROR)
  const body = await readBody(c.req.raw)
  if ('refused' in body) return refuse(c, body.refused)
  return isEventBody(body.text)
    ? takeEventBody(c, version, body.text, key)
    : takeTool(c, version, genericJson, key, body.text)
}

async function receiveTool(
  c: DoorContext,
  version: EventApiVersion,
  segment: string,
  keyOfAddress: string | null,
): Promise<Response> {
  const tool = findTool(segment)
  if (!tool) return refuse(c, UNKNOWN_TOOL)
  if (!isAllowed(c, tool)) return notAllowed(c, tool)
  const key = keyOfAddress ?? headerKey(c, ['Bearer', 'GenieKey'])
  // Before anything is read: whoever has no key gets no work done.
  if (key !== null && !(await isKey(c, key))) return refuse(c, KEY_ERROR)
  const body = await readBody(c.req.raw)
  if ('refused' in body) return refuse(c, body.refused)
  return takeTool(c, version, tool, key, body.text)
}

/** @param known a good key; null: only the body may have one */
async function takeTool(
  c: DoorContext,
  version: EventApiVersion,
  tool: Tool,
  known: string | null,
  body: string,
): Promise<Response> {
  const raw = rawRequest(c, tool.id, body)
  const key = known ?? keyInBody(toolRequest(raw))
  if (!known && !(key && (await isKey(c, key)))) return refuse(c, KEY_ERROR)
  const request = toolRequest(raw, await readForm(body, c.req.header('Content-Type') ?? null))
  const impostor = await authenticate(tool, request)
  if (impostor) return refuse(c, impostor)
  const read = await readTool(tool, request)
  if ('refused' in read) return refuse(c, read.refused)
  const { events, ignored, confirm } = read
  const taken = await take(c, key, { way: 'events', events, ignored, request: raw })
  // Asked again by the sender where it is told that this failed.
  if (confirm && !('refused' in taken) && !(await confirmSns(confirm))) return refuse(c, NOT_CONFIRMED)
  return answerEvents(c, version, taken, { refusesUnknownKeys: version === 'v1' && tool.expectsKeyErrors })
}

/** Whether it is a key of ours, which takes no more than arithmetic. Its source says whether it is taken still. */
async function isKey(c: DoorContext, key: string): Promise<boolean> {
  return (await verifyIntegrationKey(c.env.SECRET, key)) !== null
}

/** Null: the sender is who it says, or the tool has no way to tell. */
async function authenticate(tool: Tool, request: ToolRequest): Promise<Refused | null> {
  try {
    const message = await tool.authenticate?.(request)
    return message ? { status: 401, code: 'SIGNATURE_ERROR', message } : null
  } catch (error) {
    if (!(error instanceof Unverifiable)) throw error
    return { ...UNAVAILABLE, message: error.message }
  }
}

function isAllowed(c: DoorContext, { acceptsGet }: Tool): boolean {
  const { method } = c.req
  return method === 'POST' || method === 'PUT' || (method === 'GET' && acceptsGet === true)
}

/** Also what somebody sees who opens the address in a browser. */
function notAllowed(c: DoorContext, { name, acceptsGet }: Tool): Response {
  c.header('Allow', acceptsGet ? 'GET, POST, PUT' : 'POST, PUT')
  const message = `This is the address for events of ${name}: let it send them here with POST.`
  return c.json({ status: 405, code: 'METHOD_NOT_ALLOWED', message }, 405)
}

const UNKNOWN_TOOL: Refused = {
  status: 404,
  code: 'UNKNOWN_TOOL',
  message:
    'There is no such tool. The address has the form /api/v1/events/<tool>/<integration key>: copy it from the alert source. For a tool that has none of its own, use /api/v1/events/json/<integration key>.',
}

const NOT_CONFIRMED: Refused = { ...UNAVAILABLE, message: 'The subscription could not be confirmed. Send it again.' }
