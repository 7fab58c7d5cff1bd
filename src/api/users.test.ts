import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { loadPagerProfile } from '../directory/publish.ts'
import type { Contact, User } from './schemas/user.ts'
import { Client, clientOf, deployment, ORIGIN } from './test-client.ts'

let ada: Client
beforeAll(async () => {
  ada = await deployment()
})

type Created = User & { invitation: { url: string; expiresAt: string } }
const tokenOf = (url: string) => url.split('/').pop() ?? ''

describe('users', () => {
  it('live', async ({ expect }) => {
    const created = await ada.post<Created>('/users', {
      firstName: ' Bea ',
      lastName: 'Berg',
      email: 'Bea@Example.com',
    })
    expect(created).toMatchObject({
      ...{
        firstName: 'Bea',
        lastName: 'Berg',
        email: 'bea@example.com',
        role: 'USER',
        timezone: 'UTC',
        language: 'en',
        status: 'INVITED',
      },
      invitation: { url: expect.stringMatching(/^https:\/\/tocsin\.example\.com\/invitation\/[0-9A-Za-z]{43}$/) },
    })
    const emails = `/users/${created.id}/contacts/emails`
    expect(await ada.get<Contact[]>(emails)).toMatchObject([{ target: 'bea@example.com', status: 'OK' }])
    expect(await loadPagerProfile(env, created.id)).toMatchObject({
      name: 'Bea Berg',
      steps: { HIGH: [{ channel: 'EMAIL', target: 'bea@example.com', delayMs: 0 }] },
    })

    const { invitation: _, ...user } = created
    const changed = await ada.put<User>(`/users/${created.id}`, {
      firstName: 'Bea',
      lastName: 'Stein',
      email: 'stein@example.com',
      language: 'de',
    })
    expect(changed).toEqual({
      ...user,
      lastName: 'Stein',
      email: 'stein@example.com',
      language: 'de',
      updatedAt: changed.updatedAt,
    })
    expect(await ada.get<Contact[]>(emails)).toMatchObject([{ target: 'stein@example.com' }])
    expect(await loadPagerProfile(env, created.id)).toMatchObject({ name: 'Bea Stein', language: 'de' })
    expect(await ada.get<User[]>('/users')).toContainEqual(changed)

    await ada.delete(`/users/${created.id}`)
    expect(await ada.refused('GET', `/users/${created.id}`)).toMatchObject({ status: 404 })
    expect(await loadPagerProfile(env, created.id)).toBeNull()
  })

  it('have each an address of their own', async ({ expect }) => {
    const input = { firstName: 'Ada', lastName: 'Twin', email: 'ADA@example.com' }
    expect(await ada.refused('POST', '/users', input)).toMatchObject({ status: 409, code: 'CONFLICT', field: 'email' })
    const cleo = await ada.person('Cleo')
    expect(await ada.refused('PUT', `/users/${cleo.id}`, input)).toMatchObject({ status: 409, field: 'email' })
  })

  it('say which field is wrong', async ({ expect }) => {
    const input = { firstName: 'Dan', lastName: 'D', email: 'dan@example.com' }
    const field = async (fields: object) => (await ada.refused('POST', '/users', { ...input, ...fields })).field
    expect(await field({ email: 'dan' })).toBe('email')
    expect(await field({ firstName: '' })).toBe('firstName')
    expect(await field({ timezone: 'Mars/Olympus' })).toBe('timezone')
    expect(await field({ role: 'OWNER' })).toBe('role')
    expect(await ada.refused('PUT', '/users/1', {})).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
      field: 'firstName',
    })
  })

  it('always include an administrator', async ({ expect }) => {
    const me = await ada.get<User>('/users/1')
    expect(await ada.refused('PUT', '/users/1', { ...me, role: 'USER' })).toMatchObject({ status: 409, field: 'role' })
    expect(await ada.refused('DELETE', '/users/1')).toMatchObject({ status: 409 })
    // What a PUT leaves out of role, zone and language stays.
    const { role: _, ...names } = me
    expect(await ada.put('/users/current', names)).toMatchObject({ role: 'ADMIN' })

    const eve = await ada.person('Eve', 'ADMIN')
    await (await clientOf(eve.id)).put('/users/1', { ...me, role: 'USER' })
    expect(await ada.refused('POST', '/users', { ...me })).toMatchObject({ status: 403 })
    await (await clientOf(eve.id)).put('/users/1', { ...me, role: 'ADMIN' })
  })

  it('two administrators who demote each other at once leave one', async ({ expect }) => {
    const fay = await ada.person('Fay', 'ADMIN')
    for (const other of await ada.get<User[]>('/users')) {
      if (other.role === 'ADMIN' && other.id !== 1 && other.id !== fay.id)
        await ada.put(`/users/${other.id}`, { ...other, role: 'USER' })
    }
    const me = await ada.get<User>('/users/1')
    const other = await clientOf(fay.id)
    await Promise.all([
      ada.raw('PUT', `/users/${fay.id}`, JSON.stringify({ ...fay, role: 'USER' })),
      other.raw('PUT', '/users/1', JSON.stringify({ ...me, role: 'USER' })),
    ])
    const administrators = (await ada.get<User[]>('/users')).filter(({ role }) => role === 'ADMIN')
    expect(administrators).toHaveLength(1)
    await env.DB.prepare("UPDATE users SET role = 'ADMIN' WHERE id = 1").run()
  })
})

describe('invitations', () => {
  const nobody = new Client()
  const signIn = (email: string, password: string) =>
    nobody.raw('POST', '/api/auth/sign-in/email', JSON.stringify({ email, password }), { origin: ORIGIN })

  it('let the person in, once', async ({ expect }) => {
    const gus = await ada.post<Created>('/users', { firstName: 'Gus', lastName: 'G', email: 'gus@example.com' })
    const token = tokenOf(gus.invitation.url)
    expect(await nobody.get(`/invitations/${token}`)).toEqual({ email: 'gus@example.com', firstName: 'Gus' })
    expect(await nobody.refused('POST', '/invitations/accept', { token, password: 'short' })).toMatchObject({
      status: 400,
      field: 'password',
    })
    const answers = await Promise.all(
      [1, 2].map(() =>
        nobody.raw('POST', '/invitations/accept', JSON.stringify({ token, password: 'a good password' })),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404])
    expect(await nobody.refused('GET', `/invitations/${token}`)).toMatchObject({ status: 404 })
    expect(await ada.get(`/users/${gus.id}`)).toMatchObject({ status: 'ACTIVE' })
    expect((await signIn('gus@example.com', 'a good password')).status).toBe(200)
  })

  it('are replaced by a newer one, which also resets a password and ends sessions', async ({ expect }) => {
    const hal = await ada.post<Created>('/users', { firstName: 'Hal', lastName: 'H', email: 'hal@example.com' })
    const newer = await ada.post<{ url: string }>(`/users/${hal.id}/invitation`)
    expect(await nobody.refused('GET', `/invitations/${tokenOf(hal.invitation.url)}`)).toMatchObject({ status: 404 })
    await nobody.post('/invitations/accept', { token: tokenOf(newer.url), password: 'the first password' })
    const cookies = (await signIn('hal@example.com', 'the first password')).headers.getSetCookie()
    const session = new Client({ cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') })
    expect(await session.get('/users/current')).toMatchObject({ id: hal.id })

    const reset = await ada.post<{ url: string }>(`/users/${hal.id}/invitation`)
    await nobody.post('/invitations/accept', { token: tokenOf(reset.url), password: 'the second password' })
    expect(await session.refused('GET', '/users/current')).toMatchObject({ status: 401 })
    expect((await signIn('hal@example.com', 'the first password')).status).toBe(401)
    expect((await signIn('hal@example.com', 'the second password')).status).toBe(200)
  })

  it('end after a week, and keep no token', async ({ expect }) => {
    const ida = await ada.post<Created>('/users', { firstName: 'Ida', lastName: 'I', email: 'ida@example.com' })
    const token = tokenOf(ida.invitation.url)
    expect(Date.parse(ida.invitation.expiresAt) - Date.now()).toBeLessThanOrEqual(7 * 86_400_000)
    const { results } = await env.DB.prepare('SELECT * FROM invitations').all()
    expect(JSON.stringify(results)).not.toContain(token)
    await env.DB.prepare('UPDATE invitations SET expires_at = ? WHERE user_id = ?')
      .bind(Date.now() - 1, ida.id)
      .run()
    expect(await nobody.refused('POST', '/invitations/accept', { token, password: 'a good password' })).toMatchObject({
      status: 404,
    })
    expect(await ada.get(`/users/${ida.id}`)).toMatchObject({ status: 'INVITED' })
  })
})
