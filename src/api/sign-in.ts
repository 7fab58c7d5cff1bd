import { drizzleAdapter } from '@better-auth/drizzle-adapter'
import { betterAuth } from 'better-auth/minimal'
import { database } from '../directory/database.ts'
import { Refusal } from '../directory/refusal.ts'
import { accounts, rateLimits, sessions, users, verifications } from '../directory/schema.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { publicUrl } from '../public-url.ts'
import { deriveSecret } from '../secrets.ts'
import type { Context, SignedIn } from './context.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { PASSWORD } from './schemas/setup.ts'

const DAY_S = 86_400

/** Set by Cloudflare, whatever the client sent. */
const ADDRESS_HEADER = 'cf-connecting-ip'

/** Attempts at a password from one network address within a minute. */
const ATTEMPTS = { window: 60, max: 20 }

/** Columns of ours that better-auth has to know of; it never writes them. */
const ours = { type: 'string', required: true, input: false } as const

/** better-auth, on our tables: e-mail and password, no sign-up. */
function configure(env: Env, origin: string, secret: string) {
  return betterAuth({
    appName: 'Tocsin',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === 'debug' ? 'info' : level](`sign-in: ${message}`) },
    database: drizzleAdapter(database(env), {
      provider: 'sqlite',
      schema: { user: users, session: sessions, account: accounts, verification: verifications, rateLimit: rateLimits },
    }),
    user: { additionalFields: { role: ours, firstName: ours, lastName: ours } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.min,
      maxPasswordLength: PASSWORD.max,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: {
      expiresIn: 30 * DAY_S,
      updateAge: DAY_S,
      // A signed copy of the session, asked only while the database fails: see `sessionUser`.
      cookieCache: { enabled: true, maxAge: DAY_S },
    },
    // Only attempts at passwords are counted, and so written; everything else is as cheap as before.
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: {
        '/sign-in/email': ATTEMPTS,
        '/change-password': ATTEMPTS,
        '/get-session': false,
        '/sign-out': false,
      },
    },
    advanced: {
      cookiePrefix: 'tocsin',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      database: { generateId: 'serial' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  })
}

/** What of better-auth is reachable. Names and addresses are changed through our own API, which tells the objects. */
const ENDPOINTS = new Set(['POST /sign-in/email', 'POST /sign-out', 'GET /get-session', 'POST /change-password'])

export async function answerSignIn(c: Context): Promise<Response> {
  const url = new URL(c.req.url)
  if (!ENDPOINTS.has(`${c.req.method} ${url.pathname.slice('/api/auth'.length)}`)) return c.notFound()
  // Never from the cookie's copy: a session that was ended is over at once.
  if (url.pathname.endsWith('/get-session')) url.searchParams.set('disableCookieCache', 'true')
  const request = new Request(url, c.req.raw)
  // Without Cloudflare in front, as on a laptop, everybody comes from one address.
  if (!request.headers.has(ADDRESS_HEADER)) request.headers.set(ADDRESS_HEADER, '127.0.0.1')
  const { handler } = await auth(c)
  const response = await handler(request)
  return response.ok ? response : inOurWords(response)
}

/** The user of the dashboard's session. Reads only; `prolongSession` is what keeps it alive. */
export async function sessionUser(c: Context): Promise<Omit<SignedIn, 'via'> | null> {
  if (!c.req.header('cookie')?.includes('tocsin.session_token=')) return null
  const { api } = await auth(c)
  const { headers } = c.req.raw
  const found = await api
    .getSession({ headers, query: { disableCookieCache: true, disableRefresh: true } })
    // With the database failing, people must still be able to accept: what the signed cookie says is a day old at most.
    .catch(() =>
      api
        .getSession({ headers, query: { disableRefresh: true } })
        .catch(() => null)
        .then(orUnavailable),
    )
  return (
    found && { id: Number(found.user.id), name: found.user.name, role: found.user.role === 'ADMIN' ? 'ADMIN' : 'USER' }
  )
}

/** Renews the session's cookies, and once a day the session itself. For the one request that every page begins with. */
export async function prolongSession(c: Context): Promise<void> {
  const { api } = await auth(c)
  const renewed = await api
    .getSession({ headers: c.req.raw.headers, query: { disableCookieCache: true }, returnHeaders: true })
    // The next page tries again: the session lives for a month.
    .catch(() => null)
  for (const cookie of renewed?.headers.getSetCookie() ?? []) c.header('set-cookie', cookie, { append: true })
}

function orUnavailable<Found>(found: Found | null): Found {
  if (!found) throw new Refusal('UNAVAILABLE', 'The server can’t look up who you are right now: try again in a moment')
  return found
}

let last: { origin: string; env: Env; auth: Promise<ReturnType<typeof configure>> } | null = null

/** Building it takes milliseconds, so the last one is kept; a deployment has one address, or few. */
function auth(c: Context): Promise<ReturnType<typeof configure>> {
  const origin = new URL(publicUrl(c.env, c.req.raw)).origin
  if (last?.origin !== origin || last.env !== c.env) {
    last = {
      origin,
      env: c.env,
      auth: deriveSecret(c.env.SECRET, 'sign-in').then((secret) => configure(c.env, origin, secret)),
    }
  }
  return last.auth
}

/** better-auth's refusals as the API's, so that clients read one shape. */
async function inOurWords(response: Response): Promise<Response> {
  const { status, headers } = response
  const body = await response.json<{ message?: string; code?: string } | null>().catch(() => null)
  const retryAfter = headers.get('x-retry-after')
  return Response.json(
    {
      status,
      message: body?.message ?? 'Signing in failed',
      code: body?.code ?? (status === 429 ? 'TOO_MANY_REQUESTS' : 'SIGN_IN_FAILED'),
    },
    { status, headers: { ...(retryAfter && { 'retry-after': retryAfter }) } },
  )
}
