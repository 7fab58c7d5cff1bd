import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type * as z from 'zod'
import { Refusal, type RefusalCode } from '../directory/refusal.ts'
import { log } from '../log.ts'
import type { Problem } from './schemas/common.ts'

const STATUS: Record<RefusalCode, ContentfulStatusCode> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT_EXCEEDED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNAVAILABLE: 503,
  ALREADY_ACCEPTED: 409,
  ALREADY_RESOLVED: 409,
  NOBODY_TO_ESCALATE_TO: 409,
  NO_SUCH_LEVEL: 409,
  NOT_POSSIBLE: 409,
}

/** The one way in which the API says no. */
export const answerError: ErrorHandler = (error, c) => {
  const refusal = refusalOf(error)
  if (refusal) return problem(c, refusal)
  // Not the path itself: invitations have a token in it.
  log.error('request failed', { method: c.req.method, path: routePath(c), error })
  if (isUnavailable(error)) {
    return problem(c, new Refusal('UNAVAILABLE', 'The server could not reach its storage: try again in a moment'))
  }
  const body: Problem = {
    status: 500,
    code: 'INTERNAL_ERROR',
    message: 'Something went wrong here. The server’s log says what',
  }
  return c.json(body, 500)
}

export const answerNotFound: NotFoundHandler = (c) =>
  problem(c, new Refusal('NOT_FOUND', `There is no ${c.req.method} ${c.req.path}`))

export function problem(c: Context, { code, message, field }: Refusal): Response {
  const status = STATUS[code]
  const body: Problem = { status, message, code, ...(field !== undefined && { field }) }
  return c.json(body, status)
}

/** For routers: what a schema refused, with the first wrong field by its path. */
export function refuseInvalid(result: { success: true } | { success: false; error: z.ZodError }): void {
  if (result.success) return
  const [issue] = result.error.issues
  const field = pathOf(issue?.path ?? [])
  const message = issue?.message ?? 'The request is not valid'
  // Our own messages go on from the field's name; the library's are sentences.
  const text = field ? `${field}${/^[a-z]/.test(message) ? ' ' : ': '}${message}` : message
  throw new Refusal('BAD_REQUEST', text, field || undefined)
}

/** `escalationRules[0].escalationTimeout` */
function pathOf(path: PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

function refusalOf(error: Error): Refusal | null {
  if (error instanceof Refusal) return error
  if (!(error instanceof HTTPException)) return null
  switch (error.status) {
    case 400:
      return new Refusal('BAD_REQUEST', 'The body is not valid JSON')
    case 415:
      return new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Send JSON, with the header Content-Type: application/json')
    default:
      return null
  }
}

/** D1 and calls to objects fail with marks of the platform, not with classes. What SQLite itself refuses is a fault of ours. */
function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('retryable' in error || 'overloaded' in error || 'durableObjectReset' in error) return true
  return isUnavailable(error.cause) || (/\bD1_/.test(error.message) && !/SQLITE_/.test(error.message))
}
