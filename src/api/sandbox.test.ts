import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { verified } from '../directory/users/verified.fixtures.ts'
import { app } from './app.ts'
import type { AlertSource } from './schemas/alert-source.ts'
import type { Health } from './schemas/health.ts'
import type { Incident } from './schemas/incident.ts'
import type { SandboxMessage } from './schemas/sandbox.ts'
import { Client, deployment, ORIGIN } from './test-client.ts'

let ada: Client
beforeAll(async () => {
  ada = await deployment()
})

describe('the sandbox', () => {
  it('delivers to the simulated phone, and takes its answers', async ({ expect }) => {
    const phone = await ada.post<{ id: number }>('/users/1/contacts/phone-numbers', { target: '+4915112345678' })
    await verified(1, phone.id)
    await ada.post('/users/1/notification-preferences/alerts', { method: 'SMS', contact: { id: phone.id } })
    const policy = await ada.policy([1])
    const { id } = await ada.post<AlertSource>('/alert-sources', { name: 'Shop', escalationPolicy: { id: policy.id } })
    const { reference } = await ada.post<{ reference: string }>('/incidents', {
      summary: 'Disk full',
      alertSource: { id },
    })

    const messages = (query = '') => ada.get<SandboxMessage[]>(`/sandbox/messages${query}`)
    await expect.poll(() => messages('?user=1')).toHaveLength(1)
    const [sms] = await messages()
    expect(sms).toMatchObject({
      method: 'SMS',
      target: '+4915112345678',
      user: { id: 1 },
      text: expect.stringContaining('Disk full'),
    })
    expect(await messages('?user=2')).toEqual([])
    expect(await messages(`?after=${sms?.id}`)).toEqual([])

    const { answer } = await ada.post<{ answer: string }>(`/sandbox/messages/${sms?.id}/reply`, { text: '1a' })
    expect(answer).toMatch(/accepted/i)
    expect(await ada.get<Incident>(`/incidents/${reference}`)).toMatchObject({
      status: 'ACCEPTED',
      acceptedBy: 'Ada Admin',
    })
    expect(await messages(`?after=${sms?.id}`)).toHaveLength(2)

    expect(await ada.refused('POST', '/sandbox/messages/999/reply', { text: 'a' })).toMatchObject({ status: 404 })
    expect(await ada.refused('POST', `/sandbox/messages/${sms?.id}/reply`, { word: 'a' })).toMatchObject({
      status: 400,
    })
  })

  it('is absent unless it is enabled', async ({ expect }) => {
    const response = await app.fetch(new Request(`${ORIGIN}/api/v1/sandbox/messages`), { ...env, SANDBOX: '0' })
    expect(response.status).toBe(404)
  })
})

describe('health', () => {
  it('tells strangers only whether all is well', async ({ expect }) => {
    expect(await new Client().get('/health')).toEqual({ status: 'OK' })
    expect((await ada.get<Health>('/health')).checks.map(({ name }) => name)).toContain('overdue incidents')
  })

  it('answers 503 when something needs looking at', async ({ expect }) => {
    await env.DB.prepare(
      `INSERT INTO pending_publications (object, object_id, since, attempts, last_error, revision) VALUES ('pager', 1, 0, 3, 'no answer', 1)`,
    ).run()
    expect(await ada.refused('GET', '/health')).toMatchObject({ status: 'DEGRADED' })
    expect((await new Client().raw('GET', '/health')).status).toBe(503)
    await env.DB.prepare('DELETE FROM pending_publications').run()
  })
})

describe('the description', () => {
  it('is OpenAPI 3.1, made of named schemas that all exist', async ({ expect }) => {
    const text = await (await new Client().raw('GET', '/api-docs/openapi.json')).text()
    const document = JSON.parse(text)
    expect(document.openapi).toBe('3.1.0')
    const named = new Set(Object.keys(document.components.schemas))
    const used = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect(used.filter((name) => !named.has(name ?? ''))).toEqual([])
    for (const name of [
      'Incident',
      'IncidentSummary',
      'AlertSource',
      'EscalationPolicy',
      'User',
      'Contact',
      'Error',
      'LogEntry',
    ]) {
      expect(used, name).toContain(name)
    }
    const list = document.paths['/api/v1/incidents'].get
    expect(list.responses[200].content['application/json'].schema).toEqual({
      ...{ type: 'array', items: { $ref: '#/components/schemas/IncidentSummary' } },
    })
    expect(list.responses.default.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Error' })
    expect(list.security).toEqual([{ apiKey: [] }, { session: [] }])
  })
})
