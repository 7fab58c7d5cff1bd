import type { Problem } from '../api/schemas/common.ts'
import { LIMITS } from '../limits.ts'
import { learnServerTime } from './parts/clock.ts'

const TIMEOUT_MS = 20_000

/** The REST API, on the origin that served this page: the session cookie signs every request. */
export const api = {
  get: <Answer>(path: string, { query, signal, alsoFine }: GetOptions = {}) =>
    request<Answer>('GET', path + queryString(query), undefined, { signal, alsoFine }),
  /** A whole list, page by page. */
  async all<Item>(path: string, signal: AbortSignal, filter: Query = {}): Promise<Item[]> {
    const items: Item[] = []
    for (;;) {
      const query = { ...filter, 'start-index': items.length, 'max-results': LIMITS.pageSize }
      const page = await api.get<Item[]>(path, { query, signal })
      items.push(...page)
      if (page.length < LIMITS.pageSize) return items
    }
  },
  post: <Answer>(path: string, body: unknown = {}) => request<Answer>('POST', path, body),
  put: <Answer>(path: string, body?: unknown) => request<Answer>('PUT', path, body),
  delete: <Answer = void>(path: string) => request<Answer>('DELETE', path),
}

/** An answer that was not a success. `status` 0: there was none. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined

  constructor({ status, message, code, field }: Problem) {
    super(message)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.field = field
  }
}

interface GetOptions {
  query?: Query
  signal?: AbortSignal
  /** A status whose body is an answer like that of a success. */
  alsoFine?: number
}

export type Query = Record<string, string | number | readonly (string | number)[] | undefined>

export function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one))
  }
  const text = parameters.toString()
  return text && `?${text}`
}

async function request<Answer>(
  method: string,
  path: string,
  body?: unknown,
  { signal, alsoFine }: GetOptions = {},
): Promise<Answer> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  let response: Response
  try {
    response = await fetch(path.startsWith('/api/') ? path : `/api/v1${path}`, {
      method,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body !== undefined && contentOf(body)),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    const message = 'The server did not answer. Check the connection; nothing was lost on this page.'
    throw new ApiProblem({ status: 0, message, code: 'NO_ANSWER' })
  }
  learnServerTime(response.headers.get('date'))
  if (!response.ok && response.status !== alsoFine) throw await problemOf(response)
  return response.status === 204 ? (undefined as Answer) : response.json()
}

/** JSON, or a file, which says itself what it is. */
function contentOf(body: unknown): RequestInit {
  if (body instanceof Blob) return { body }
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const { status } = response
  // Sign-in answers {message, code} alone, and a proxy in between answers what it likes.
  const body: Partial<Problem> | null = await response.json().catch(() => null)
  return new ApiProblem({
    status,
    message: body?.message ?? `The server answered ${status} ${response.statusText}`.trim(),
    code: body?.code ?? 'UNKNOWN',
    field: body?.field,
  })
}
