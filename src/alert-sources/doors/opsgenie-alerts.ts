import { isWebAddress, type LooseEvent } from '../bounded-event.ts'
import { Payload } from '../tools/payload.ts'
import { severityLevel } from '../tools/severity.ts'
import { Unreadable } from '../tools/tool.ts'
import { parseJson } from '../tools/tool-request.ts'

/**
 * Opsgenie's Alert API as events, after https://docs.opsgenie.com/docs/alert-api and the requests of real clients. An
 * alert's alias is the incident key; where a client gives none, the new alert's id is its alias, as it is at Opsgenie.
 */

/** What a request asks for. `identifier`: of the alert, decoded, of whatever type. */
export type Operation =
  | { kind: 'create' }
  | { kind: 'command'; command: Command; identifier: string; argument: string | null }
  | { kind: 'get'; identifier: string }
  | { kind: 'request-status'; requestId: string }

export type Command =
  | 'close'
  | 'acknowledge'
  | 'notes'
  | 'delete'
  | 'unacknowledge'
  | 'snooze'
  | 'escalate'
  | 'assign'
  | 'responders'
  | 'teams'
  | 'actions'
  | 'tags'
  | 'details'
  | 'remove-tags'
  | 'remove-details'
  | 'message'
  | 'description'
  | 'priority'

/** 400: no JSON. 422: JSON, but `errors` says of its fields what is wrong with them. */
export type OpsgenieError =
  | { status: 400; message: string }
  | { status: 422; message: string; errors: Record<string, string> }

const POSTED: Command[] = [
  ...(['close', 'acknowledge', 'notes', 'unacknowledge', 'snooze', 'escalate', 'assign'] as const),
  ...(['responders', 'teams', 'tags', 'details'] as const),
]
const PUT: Command[] = ['message', 'description', 'priority']
const DELETED = new Map<string, Command>([
  ['tags', 'remove-tags'],
  ['details', 'remove-details'],
])
/** What may be asked of an alert beside itself; nothing here answers it. */
const NOT_SERVED = new Set(['notes', 'logs', 'recipients', 'attachments'])

/** Opsgenie's own limits on what says which alert is meant. All else is only cut where it is too long for us. */
const MESSAGE_CHARACTERS = 130
const ALIAS_CHARACTERS = 512

/**
 * @param path what follows `/alerts` in the address, not decoded. Opsgenie's Node client ends it with a slash, and its Go
 * client leaves slashes of an alias as they are.
 * @returns null: the API has it, but not here; or it is no part of the API
 */
export function operationOf(method: string, path: string): Operation | null {
  const segments = path.split('/').map(decoded)
  while (segments.at(-1) === '') segments.pop()
  if (segments[0] === '') segments.shift()
  const last = segments.at(-1)
  if (last === undefined) return method === 'POST' ? { kind: 'create' } : null
  if (method === 'GET') {
    if (segments[0] === 'requests' && segments.length === 2) return { kind: 'request-status', requestId: last }
    return segments.length > 1 && NOT_SERVED.has(last) ? null : { kind: 'get', identifier: segments.join('/') }
  }
  const before = (count: number) => segments.slice(0, -count).join('/')
  const command = (command: Command | undefined, identifier: string, argument: string | null = null) =>
    command && identifier ? ({ kind: 'command', command, identifier, argument } as const) : null
  switch (method) {
    case 'POST':
      return segments.at(-2) === 'actions' && segments.length > 2
        ? command('actions', before(2), last)
        : command(
            POSTED.find((name) => name === last),
            before(1),
          )
    case 'PUT':
      return command(
        PUT.find((name) => name === last),
        before(1),
      )
    case 'DELETE':
      return segments.length > 1 && DELETED.has(last)
        ? command(DELETED.get(last), before(1))
        : command('delete', segments.join('/'))
    default:
      return null
  }
}

/**
 * The event of `POST /v2/alerts`.
 *
 * @param newId the alias of an alert that comes without one
 */
export function readAlert(text: string, newId: string): { event: LooseEvent & { key: string } } | OpsgenieError {
  const body = read(text)
  if (!(body instanceof Payload)) return body
  const message = body.text('message')
  const alias = body.text('alias')
  const priority = body.text('priority')
  const errors: Record<string, string> = {
    ...(message ? {} : { message: 'can not be empty' }),
    ...(message && lengthOf(message) > MESSAGE_CHARACTERS
      ? { message: `can not be longer than ${MESSAGE_CHARACTERS} characters` }
      : {}),
    ...(alias && lengthOf(alias) > ALIAS_CHARACTERS
      ? { alias: `can not be longer than ${ALIAS_CHARACTERS} characters` }
      : {}),
    ...errorOfPriority(priority),
  }
  if (!message || Object.keys(errors).length > 0) return unprocessable(errors)
  const source = body.text('source')
  return {
    event: {
      type: 'ALERT',
      key: alias ?? newId,
      summary: message,
      details: body.text('description'),
      severity: severityLevel(priority),
      links: source && isWebAddress(source) ? [{ href: source, text: 'Source' }] : [],
      labels: Object.fromEntries(
        Object.entries({
          severity: priority,
          source,
          entity: body.text('entity'),
          user: body.text('user'),
          tags: listed(body, 'tags'),
          responders: names(body.list('responders')),
          actions: listed(body, 'actions'),
        }).filter((label): label is [string, string] => Boolean(label[1])),
      ),
      comments: noteOf(body),
      customDetails: body.at('details').isObject() ? (body.at('details').value as Record<string, unknown>) : null,
    },
  }
}

/**
 * The event of what is asked for an alert. What an event can't do (snooze, assign…) becomes a comment that says so: the
 * people at the incident see it, and nobody is told that it was done.
 *
 * @param query of a DELETE, which has no body
 */
export function readCommand(
  { command, argument }: Extract<Operation, { kind: 'command' }>,
  text: string,
  query: Record<string, string>,
  key: string,
): { event: LooseEvent } | OpsgenieError {
  const body = text.trim() ? read(text) : new Payload(query)
  if (!(body instanceof Payload)) return body
  const by = creatorOf(body)
  switch (command) {
    case 'close':
      return { event: { type: 'RESOLVE', key, summary: `Closed by ${by}`, comments: noteOf(body) } }
    case 'delete':
      return { event: { type: 'RESOLVE', key, summary: `Deleted by ${by}`, comments: noteOf(body) } }
    case 'acknowledge':
      return { event: { type: 'ACCEPT', key, summary: `Acknowledged by ${by}`, comments: noteOf(body) } }
    case 'notes':
      if (!body.text('note')) return unprocessable({ note: 'can not be empty' })
      return { event: { type: 'COMMENT', key, summary: `A note by ${by}`, comments: noteOf(body) } }
    default: {
      const asked = askedFor(command, argument, body)
      if (typeof asked !== 'string') return unprocessable(asked)
      const summary = `${by} asked over the Opsgenie API to ${asked}. That was only noted: do it here if it is wanted.`
      return { event: { type: 'COMMENT', key, summary, comments: noteOf(body) } }
    }
  }
}

type Asked = Exclude<Command, 'close' | 'delete' | 'acknowledge' | 'notes'>

/** In words; or the fields that are missing. */
function askedFor(command: Asked, argument: string | null, body: Payload): string | Record<string, string> {
  switch (command) {
    case 'unacknowledge':
      return 'take its acknowledgement back'
    case 'snooze':
      return `snooze it until ${body.text('endTime') ?? 'later'}`
    case 'escalate':
      return `escalate it to ${nameOf(body.at('escalation')) ?? 'the next level'}`
    case 'assign':
      return `assign it to ${nameOf(body.at('owner')) ?? 'somebody'}`
    case 'responders':
      return `add the responder ${nameOf(body.at('responder')) ?? 'somebody'}`
    case 'teams':
      return `add the team ${nameOf(body.at('team')) ?? 'without a name'}`
    case 'actions':
      return `run the action ${argument}`
    case 'tags':
      return `add the tags ${listed(body, 'tags')}`
    case 'remove-tags':
      return `remove the tags ${listed(body, 'tags')}`
    case 'details':
      return `add the details ${Object.entries(body.texts('details'))
        .map(([name, value]) => `${name}: ${value}`)
        .join(', ')}`
    case 'remove-details':
      return `remove the details ${listed(body, 'keys')}`
    case 'message':
    case 'description': {
      const changed = body.text(command)
      return changed ? `change its ${command} to “${changed}”` : { [command]: 'can not be empty' }
    }
    case 'priority': {
      const priority = body.text('priority')
      const wrong = errorOfPriority(priority)
      if (!priority) return { priority: 'can not be empty' }
      return Object.keys(wrong).length > 0 ? wrong : `change its priority to ${priority}`
    }
  }
}

function read(text: string): Payload | OpsgenieError {
  try {
    const body = parseJson(text)
    return body.isObject() ? body : { status: 400, message: 'The body must be a JSON object.' }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { status: 400, message: error.message }
  }
}

function unprocessable(errors: Record<string, string>): OpsgenieError {
  return { status: 422, message: 'The request body can not be processed. Please check the errors.', errors }
}

function errorOfPriority(priority: string | null): { priority?: string } {
  return priority === null || /^P[1-5]$/i.test(priority) ? {} : { priority: 'should be one of [ P1, P2, P3, P4, P5 ]' }
}

function noteOf(body: Payload): { creator: string; content: string }[] {
  const note = body.text('note')
  return note ? [{ creator: creatorOf(body), content: note }] : []
}

function creatorOf(body: Payload): string {
  return body.text('user') ?? body.text('source') ?? 'a client'
}

/** Of a list, or of text in which a DELETE's query has it. */
function listed(body: Payload, name: string): string {
  return (
    body.text(name) ??
    body
      .list(name)
      .flatMap((item) => item.text() ?? [])
      .join(', ')
  )
}

/** Of a user, team, schedule or escalation, which clients name in one of these ways. */
function nameOf(who: Payload): string | null {
  return who.firstText('name', 'username', 'id')
}

function names(responders: Payload[]): string {
  return responders.flatMap((responder) => nameOf(responder) ?? []).join(', ')
}

/** In characters as people count them. */
function lengthOf(text: string): number {
  return [...text].length
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
