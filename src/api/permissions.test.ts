import { beforeAll, describe, it } from 'vitest'
import { Client, clientOf, deployment } from './test-client.ts'

/** Everything that may be asked for without signing in. */
const OPEN = [
  'GET /api/v1/health',
  'GET /api/v1/invitations/{token}',
  'GET /api/v1/setup',
  // Their credential is the integration key.
  'POST /api/events',
  'POST /api/v1/events',
  'POST /api/v1/invitations/accept',
  'POST /api/v1/setup',
]

/** What a user may do besides reading: act on incidents, and their own things. */
const OF_USERS = [
  'DELETE /api/v1/api-keys/{id}',
  'DELETE /api/v1/calendar-feeds/{id}',
  'DELETE /api/v1/schedules/{id}/overrides/{overrideId}',
  'POST /api/v1/api-keys',
  'POST /api/v1/calendar-feeds',
  'POST /api/v1/coverage-requests',
  'POST /api/v1/coverage-requests/{id}/accept',
  'POST /api/v1/coverage-requests/{id}/cancel',
  'POST /api/v1/coverage-requests/{id}/decline',
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
  'PUT /api/v1/schedules/{id}/overrides',
  'PUT /api/v1/schedules/{id}/overrides/{overrideId}',
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
