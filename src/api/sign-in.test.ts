import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { app } from './app.ts'
import { ADA, Client, deployment, ORIGIN } from './test-client.ts'

beforeAll(async () => {
  await deployment()
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
    const current = await client.raw('GET', '/users/current')
    expect(await current.json()).toMatchObject({ email: ADA.email })
    expect(current.headers.getSetCookie().join()).toContain('tocsin.session_data=')
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
    expect(first.headers.get('cache-control')).toBe('no-store')
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
