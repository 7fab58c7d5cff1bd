import { Refusal } from '../directory/refusal.ts'
import { userOfApiKey } from '../directory/users/api-keys.ts'
import { publicUrl } from '../public-url.ts'
import { sha256 } from '../secrets.ts'
import type { Context, SignedIn } from './context.ts'
import { sessionUser } from './sign-in.ts'

/** Who makes the request, by an API key or by the dashboard's session; null when it says nobody. */
export async function authenticate(c: Context): Promise<SignedIn | null> {
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) return byApiKey(c, authorization)
  const user = await sessionUser(c)
  if (!user) return null
  if (!isReading(c) && !comesFromOurPages(c)) {
    throw new Refusal('FORBIDDEN', 'The request comes from a page of another site')
  }
  return { ...user, via: 'session' }
}

async function byApiKey(c: Context, authorization: string): Promise<SignedIn> {
  const [, key] = /^Bearer\s+(tocsin_\w+)$/i.exec(authorization.trim()) ?? []
  const user = key ? await userOfApiKey(c.env, await sha256(key)) : null
  if (!user) throw new Refusal('UNAUTHORIZED', 'The API key is unknown or was deleted')
  return { id: user.id, name: user.name, role: user.role, via: 'api-key' }
}

/** A WebSocket begins as a GET, but browsers let any site open one with our cookies. */
function isReading(c: Context): boolean {
  return (c.req.method === 'GET' || c.req.method === 'HEAD') && c.req.header('upgrade') === undefined
}

/** Browsers name the page that sent a request, and no page can make them lie about it. */
function comesFromOurPages(c: Context): boolean {
  const origin = c.req.header('origin')
  if (origin === undefined) return c.req.header('sec-fetch-site') === 'same-origin'
  return origin === new URL(c.req.url).origin || origin === publicUrl(c.env, c.req.raw)
}
