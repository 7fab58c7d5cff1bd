import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { app } from './app.ts'
import { ADA, Client, clientOf, deployment, ORIGIN } from './test-client.ts'

/** Everything that may be asked for without signing in. */
const OPEN = [
  'GET /api/v1/health',
  'GET /api/v1/invitations/{token}',
  'GET /api/v1/setup',
  'POST /api/v1/invitations/accept',
  'POST /api/v1/setup',
]

/** What a user may do besides reading: act on incidents, and their own things. */
const OF_USERS = [
  'DELETE /api/v1/api-keys/{id}',
  'POST /api/v1/api-keys',
  'POST /api/v1/incidents',
  'POST /api/v1/incidents/{incident}/comments',
  'POST /api/v1/incidents/{incident}/responders',
  'POST /api/v1/sandbox/messages/{message}/reply',
  'PUT /api/v1/incidents/accept',
  'PUT /api/v1/incidents/resolve',
  'PUT /api/v1/incidents/{incident}/accept',
  'PUT /api/v1/incidents/{incident}/assign',
  'PUT /api/v1/incidents/{incident}/escalate',
  'PUT /api/v1/incidents/{incident}/resolve',
  'PUT /api/v1/incidents/{incident}/snooze',
  'PUT /api/v1/users/current',
]

let ada: Client
beforeAll(async () => {
  ada = await deployment()
})

describe('permissions', () => {
  it('without signing in there is nothing but the way in', async ({ expect }) => {
    const open: string[] = []
    for (const { method, path } of await operations()) {
      const response = await new Client().raw(method, filledIn(path))
      if (response.status !== 401) open.push(`${method} ${path}`)
    }
    expect(open.sort()).toEqual(OPEN)
    expect((await new Client().raw('GET', '/live')).status).toBe(401)
  })

  it('a user reads everything, acts on incidents, and changes only what is their own', async ({ expect }) => {
    const user = await clientOf((await ada.person('Uma')).id)
    const allowed: string[] = []
    for (const { method, path } of await operations()) {
      if (OPEN.includes(`${method} ${path}`)) continue
      const response = await user.raw(method, filledIn(path))
      if (response.status !== 403) allowed.push(`${method} ${path}`)
      else expect(await response.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    }
    expect(allowed.filter((operation) => !operation.startsWith('GET ')).sort()).toEqual(OF_USERS)
    expect(allowed.filter((operation) => operation.startsWith('GET ')).length).toBeGreaterThan(15)
  })

  it('a user changes their own contacts, and no role', async ({ expect }) => {
    const uma = await ada.person('Ulla')
    const user = await clientOf(uma.id)
    await user.post(`/users/${uma.id}/contacts/phone-numbers`, { target: '+49 151 23456789' })
    await user.put(`/users/${uma.id}`, { ...uma, lastName: 'Other' })
    const grab = await user.refused('PUT', '/users/current', { ...uma, role: 'ADMIN' })
    expect(grab).toMatchObject({ status: 403, field: 'role' })
    expect(await user.refused('POST', '/users/1/contacts/emails', { target: 'u@example.com' })).toMatchObject({
      status: 403,
    })
  })

  it('an unknown key is refused, and so is one that was deleted', async ({ expect }) => {
    expect(await new Client({ authorization: 'Bearer tocsin_nothing' }).refused('GET', '/users')).toMatchObject({
      status: 401,
      code: 'UNAUTHORIZED',
    })
    const { id, key } = await ada.post<{ id: number; key: string }>('/api-keys', { name: 'short-lived' })
    const other = new Client({ authorization: `bearer ${key}` })
    await other.get('/users')
    expect(JSON.stringify(await ada.get('/api-keys'))).not.toContain(key)
    await ada.delete(`/api-keys/${id}`)
    expect(await other.refused('GET', '/users')).toMatchObject({ status: 401 })
  })
})

describe('a session', () => {
  const origin = { origin: ORIGIN }

  async function signedIn(): Promise<{ cookie: string }> {
    const response = await new Client().raw('POST', '/api/auth/sign-in/email', JSON.stringify(ADA), origin)
    const cookies = response.headers.getSetCookie()
    for (const cookie of cookies) {
      if (!/HttpOnly/i.test(cookie) || !/Secure/i.test(cookie) || !/SameSite=Lax/i.test(cookie))
        throw new Error(`Lax cookie: ${cookie}`)
    }
    return { cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') }
  }

  it('writes only for our own pages', async ({ expect }) => {
    const session = await signedIn()
    const name = JSON.stringify({ name: 'from the dashboard' })
    const create = (headers: Record<string, string>) => new Client(session).raw('POST', '/api-keys', name, headers)
    expect((await create(origin)).status).toBe(201)
    expect((await create({ 'sec-fetch-site': 'same-origin' })).status).toBe(201)
    expect((await create({})).status).toBe(403)
    expect((await create({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await create({ origin: 'null' })).status).toBe(403)
    expect((await create({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
  })

  it('opens the live feed only for our own pages', async ({ expect }) => {
    const client = new Client({ ...(await signedIn()), upgrade: 'websocket' })
    expect((await client.raw('GET', '/live', undefined, { origin: 'https://evil.example' })).status).toBe(403)
    const response = await client.raw('GET', '/live', undefined, origin)
    expect(response.status).toBe(101)
    response.webSocket?.accept()
    response.webSocket?.close()
  })

  it('ends with signing out, although the browser may keep the cookies', async ({ expect }) => {
    const session = await signedIn()
    const client = new Client(session)
    expect(await client.get('/users/current')).toMatchObject({ email: ADA.email })
    expect((await client.raw('POST', '/api/auth/sign-out', '{}', origin)).status).toBe(200)
    expect((await client.raw('GET', '/users/current')).status).toBe(401)
    expect(await (await client.raw('GET', '/api/auth/get-session')).json()).toBeNull()
  })

  it('still knows who is there while the database fails', async ({ expect }) => {
    const session = await signedIn()
    const failing = new Proxy(env.DB, {
      get() {
        throw new Error('D1_ERROR: fault injected')
      },
    })
    const asked = (headers: Record<string, string>) =>
      app.fetch(
        new Request(`${ORIGIN}/api/v1/incidents/4294967297/accept`, {
          method: 'PUT',
          headers: { ...origin, ...headers },
        }),
        {
          ...env,
          DB: failing,
        },
      )
    // The incident does not exist, which only its object could say.
    expect((await asked(session)).status).toBe(404)
    expect((await asked({ cookie: session.cookie.replace(/tocsin\.session_data=[^;]*/, '') })).status).toBe(503)
  })

  it('cannot be had by guessing', async ({ expect }) => {
    const guess = () =>
      new Client().raw(
        'POST',
        '/api/auth/sign-in/email',
        JSON.stringify({ email: ADA.email, password: 'a wrong password' }),
        {
          ...origin,
          'cf-connecting-ip': '192.0.2.7',
        },
      )
    const first = await guess()
    expect(first.status).toBe(401)
    expect(await first.json()).toEqual({ status: 401, code: 'INVALID_EMAIL_OR_PASSWORD', message: expect.any(String) })
    await env.DB.prepare('UPDATE rate_limits SET count = 20').run()
    const refused = await guess()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('is the only thing that better-auth offers', async ({ expect }) => {
    const signUp = { ...ADA, name: 'Eve', email: 'eve@example.com' }
    for (const path of ['sign-up/email', 'update-user', 'change-email', 'delete-user', 'request-password-reset']) {
      const response = await new Client(await signedIn()).raw(
        'POST',
        `/api/auth/${path}`,
        JSON.stringify(signUp),
        origin,
      )
      expect(response.status, path).toBe(404)
    }
  })
})

async function operations(): Promise<{ method: string; path: string }[]> {
  const { paths } = await ada.get<{ paths: Record<string, Record<string, object>> }>('/api-docs/openapi.json')
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  )
}

/** The administrator's own things, so that they are nobody else's. */
function filledIn(path: string): string {
  return path.replace('{token}', 'x').replace(/\{\w+\}/g, '1')
}
