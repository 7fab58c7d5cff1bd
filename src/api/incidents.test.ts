import { env } from 'cloudflare:workers'
import { beforeAll, describe, it, vi } from 'vitest'
import { LIMITS } from '../limits.ts'
import type { AlertSource } from './schemas/alert-source.ts'
import type { Incident, IncidentSummary, LogEntry } from './schemas/incident.ts'
import type { User } from './schemas/user.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let ada: Client
let bea: User
let source: AlertSource
beforeAll(async () => {
  ada = await deployment()
  bea = await ada.person('Bea')
  const policy = await ada.policy([1], [bea.id])
  source = await ada.post<AlertSource>('/alert-sources', {
    name: 'Shop',
    shortName: 'SHOP',
    escalationPolicy: { id: policy.id },
  })
})

interface Opened {
  id: number
  reference: string
  incidentUrl: string
}

/** Reports a problem; answers when its object is open. */
async function report(fields: object = {}): Promise<Opened> {
  const opened = await ada.post<Opened>('/incidents', {
    summary: 'Disk full',
    alertSource: { id: source.id },
    ...fields,
  })
  await vi.waitFor(() => ada.get(`/incidents/${opened.id}`))
  return opened
}

async function texts(incident: string): Promise<string[]> {
  return (await ada.get<LogEntry[]>(`/incidents/${incident}/log-entries?order=asc`)).map(({ text }) => text)
}

describe('an incident', () => {
  it('is found by its number and its reference', async ({ expect }) => {
    const { id, reference, incidentUrl } = await report({ details: 'at 99 %', severity: 2 })
    expect(incidentUrl).toBe(`https://tocsin.example.com/incidents/${reference}`)
    const incident = await ada.get<Incident>(`/incidents/${id}`)
    expect(incident).toMatchObject({
      ...{
        id,
        reference,
        summary: 'Disk full',
        details: 'at 99 %',
        severity: 2,
        status: 'PENDING',
        priority: 'HIGH',
        incidentUrl,
      },
      alertSource: { id: source.id, name: 'Shop' },
      escalationPolicy: source.escalationPolicy,
      responders: [{ user: { id: 1, firstName: 'Ada', lastName: 'Admin' }, status: 'PENDING' }],
      escalationRules: [
        { level: 1, escalationTimeout: 5, current: true },
        { level: 2, escalationTimeout: 5, current: false },
      ],
      nextEscalationRuleIndex: 1,
      nextEscalationUsers: [{ id: bea.id, firstName: 'Bea', lastName: 'Example' }],
    })
    // Five minutes from when the incident was opened, which is a moment after it was reported.
    const wait = Date.parse(incident.nextEscalation ?? '') - Date.parse(incident.reportTime)
    expect(wait).toBeGreaterThanOrEqual(5 * 60_000)
    expect(wait).toBeLessThan(6 * 60_000)
    expect(await ada.get(`/incidents/${reference.toLowerCase()}`)).toEqual(incident)
    for (const name of ['SHOP-999999', 'NONE-1', '0', 'x', '99999999999999999', String(id + 1000)]) {
      expect(await ada.refused('GET', `/incidents/${name}`), name).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    }
  })

  it('is accepted, escalated, assigned, snoozed, commented on and resolved', async ({ expect }) => {
    const { reference } = await report()
    const path = `/incidents/${reference}`
    const user = await clientOf(bea.id)
    expect(await user.put(`${path}/escalate`)).toMatchObject({
      status: 'PENDING',
      escalationRules: [{ current: false }, { current: true }],
    })
    expect(await user.put(`${path}/escalate`, { level: 1 })).toMatchObject({
      escalationRules: [{ current: true }, { current: false }],
    })
    expect(await ada.refused('PUT', `${path}/escalate`, { level: 3 })).toMatchObject({
      status: 409,
      code: 'NO_SUCH_LEVEL',
    })
    expect(await user.put(`${path}/accept`)).toMatchObject({
      status: 'ACCEPTED',
      acceptedBy: 'Bea Example',
      assignedTo: { id: bea.id },
    })
    expect(await ada.refused('PUT', `${path}/accept`)).toMatchObject({
      ...{ status: 409, code: 'ALREADY_ACCEPTED', message: expect.stringContaining('Bea Example') },
    })
    expect(await ada.put(`${path}/assign?user-id=1`)).toMatchObject({
      ...{ status: 'PENDING', assignedTo: { id: 1 }, escalationPolicy: null, nextEscalation: null },
      escalationRules: [{ escalationTimeout: null, users: [{ id: 1 }] }],
    })
    expect(await ada.put(`${path}/assign?policy=${source.escalationPolicy.id}`)).toMatchObject({
      ...{ escalationPolicy: source.escalationPolicy, nextEscalation: expect.any(String) },
    })
    expect(await ada.post(`${path}/responders`, { user: { id: bea.id } })).toMatchObject({
      responders: expect.arrayContaining([
        expect.objectContaining({ user: expect.objectContaining({ id: bea.id }), status: 'PENDING' }),
      ]),
    })
    expect(await ada.put(`${path}/snooze`, { minutes: 30 })).toMatchObject({
      status: 'ACCEPTED',
      snoozedUntil: expect.any(String),
    })
    await ada.post(`${path}/comments`, { content: ' on it ' })
    expect(await ada.put(`${path}/resolve`)).toMatchObject({
      status: 'RESOLVED',
      resolvedBy: 'Ada Admin',
      nextEscalation: null,
    })
    expect(await ada.refused('PUT', `${path}/resolve`)).toMatchObject({ status: 409, code: 'ALREADY_RESOLVED' })

    const timeline = await texts(reference)
    expect(timeline).toContain('Accepted by Bea Example through the API')
    expect(timeline.filter((text) => text.includes('on it'))).toHaveLength(1)
    const newest = await ada.get<LogEntry[]>(`${path}/log-entries?max-results=2`)
    expect(newest).toHaveLength(2)
    expect(newest.map(({ text }) => text).reverse()).toEqual(timeline.slice(-2))
    expect(newest[0]).toMatchObject({
      timestamp: expect.any(String),
      vars: expect.any(Object),
      filterTypes: expect.any(Array),
    })
  })

  it('pages only those whom a report names', async ({ expect }) => {
    const { reference } = await report({ responders: [{ user: { id: bea.id } }], priority: 'LOW' })
    expect(await ada.get(`/incidents/${reference}`)).toMatchObject({
      ...{ priority: 'LOW', responders: [{ user: { id: bea.id } }], nextEscalation: null },
    })
  })

  it('says which field is wrong', async ({ expect }) => {
    const { reference } = await report()
    const path = `/incidents/${reference}`
    const field = async (method: string, at: string, body?: object) => {
      const { status, field } = await ada.refused(method, at, body)
      expect(status).toBe(400)
      return field
    }
    const alertSource = { id: source.id }
    expect(await field('POST', '/incidents', { summary: ' ', alertSource })).toBe('summary')
    expect(await field('POST', '/incidents', { summary: 'a', alertSource: { id: 999 } })).toBe('alertSource.id')
    expect(await field('POST', '/incidents', { summary: 'a', alertSource, severity: 6 })).toBe('severity')
    expect(
      await field('POST', '/incidents', {
        summary: 'a',
        alertSource,
        responders: [{ user: { id: 1 } }, { user: { id: 99 } }],
      }),
    ).toBe('responders[1].user.id')
    expect(await field('POST', '/incidents', { summary: 'a'.repeat(LIMITS.summaryCharacters + 1), alertSource })).toBe(
      'summary',
    )
    expect(await field('PUT', `${path}/assign`)).toBe('user-id')
    expect(await field('PUT', `${path}/assign?user-id=1&policy-id=1`)).toBe('user-id')
    expect(await field('PUT', `${path}/assign?user-id=99`)).toBe('user-id')
    expect(await field('PUT', `${path}/assign?policy-id=99`)).toBe('policy-id')
    expect(await field('PUT', `${path}/assign?schedule-id=99`)).toBe('schedule-id')
    expect(await field('PUT', `${path}/assign?schedule=1&user=1`)).toBe('user-id')
    expect(await field('POST', `${path}/responders`, { user: { id: 99 } })).toBe('user.id')
    expect(await field('PUT', `${path}/snooze`, { minutes: 0 })).toBe('minutes')
    expect(await field('POST', `${path}/comments`, { content: '' })).toBe('content')
    expect(await field('PUT', `${path}/escalate`, { level: 'one' })).toBe('level')
    expect(await field('GET', '/incidents?states=OPEN')).toBe('states[0]')
    expect(await field('GET', '/incidents?max-results=101')).toBe('max-results')
    expect(await field('GET', '/incidents?from=yesterday')).toBe('from')
  })
})

describe('incidents', () => {
  it('are accepted and resolved many at a time', async ({ expect }) => {
    const [first, second] = [await report(), await report()]
    await ada.put(`/incidents/${second.id}/resolve`)
    const unknown = first.id + 5000
    expect(await ada.put('/incidents/accept', { ids: [first.id, second.id, unknown] })).toEqual({
      results: [
        { id: first.id, success: true, message: '' },
        { id: second.id, success: false, message: expect.stringContaining('already resolved') },
        { id: unknown, success: false, message: expect.stringContaining('no such incident') },
      ],
    })
    expect(await ada.put('/incidents/resolve', { ids: [first.id] })).toMatchObject({ results: [{ success: true }] })
    expect(await ada.refused('PUT', '/incidents/accept', { ids: [] })).toMatchObject({ status: 400, field: 'ids' })
  })

  it('are listed and counted as the filter says', async ({ expect }) => {
    const other = await ada.post<AlertSource>('/alert-sources', {
      name: 'Lists',
      shortName: 'LIST',
      escalationPolicy: source.escalationPolicy,
    })
    const at = { alertSource: { id: other.id } }
    const full = await report({ ...at, summary: '50% of the_disk' })
    const low = await report({ ...at, summary: 'Slow', priority: 'LOW' })
    const over = await report({ ...at, summary: 'Gone', responders: [{ user: { id: bea.id } }] })
    await ada.put(`/incidents/${low.id}/accept`)
    await ada.put(`/incidents/${over.id}/resolve`)
    const list = async (query: string) =>
      (await ada.get<IncidentSummary[]>(`/incidents?sources=${other.id}&${query}`)).map(({ reference }) => reference)
    await expect.poll(() => list('states=PENDING,ACCEPTED')).toEqual([low.reference, full.reference])

    expect(await list('')).toEqual([over.reference, low.reference, full.reference])
    expect(await list('sort=state')).toEqual([full.reference, low.reference, over.reference])
    expect(await list('states=PENDING&states=RESOLVED')).toEqual([over.reference, full.reference])
    expect(await list('states[]=PENDING&states[]=ACCEPTED')).toEqual([low.reference, full.reference])
    expect(await list('state=RESOLVED')).toEqual([over.reference])
    expect(await list('priority=LOW')).toEqual([low.reference])
    expect(await list(`query=${encodeURIComponent('0% OF the_')}`)).toEqual([full.reference])
    expect(await list(`query=${'x'.repeat(200)}`)).toEqual([])
    expect(await list('query=list-2')).toEqual([low.reference])
    expect(await list(`policies=${source.escalationPolicy.id + 1}`)).toEqual([])
    expect(await list('responders=1')).toContain(low.reference)
    expect(await list('start-index=1&max-results=1')).toEqual([low.reference])
    expect(await list(`from=${encodeURIComponent(new Date(Date.now() + 60_000).toISOString())}`)).toEqual([])
    expect(await ada.get(`/incidents/count?alert-source=${other.id}&states=PENDING`)).toEqual({ count: 1 })
    expect(await ada.get<AlertSource>(`/alert-sources/${other.id}`)).toMatchObject({ status: 'PENDING' })

    const [row] = await ada.get<IncidentSummary[]>(`/incidents?sources=${other.id}&states=ACCEPTED`)
    expect(row).toMatchObject({
      alertSource: { id: other.id, name: 'Lists' },
      assignedTo: { id: 1, firstName: 'Ada', lastName: 'Admin' },
    })

    // References go on meaning what they meant.
    await ada.put(`/alert-sources/${other.id}`, { ...other, shortName: 'RENAMED' })
    expect(await ada.get(`/incidents/${full.reference}`)).toMatchObject({ id: full.id })
    expect(await ada.get(`/incidents/RENAMED-1`)).toMatchObject({ id: full.id })
  })
})

describe('requests', () => {
  it('that are no JSON, of another type, or too large are refused', async ({ expect }) => {
    const answer = async (body: string, headers: Record<string, string> = {}) => {
      const response = await ada.raw('POST', '/incidents', body, headers)
      return { status: response.status, body: await response.json() }
    }
    expect(await answer('{')).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST', status: 400 } })
    expect(await answer('summary=a', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
    })
    expect(await answer(JSON.stringify({ details: 'x'.repeat(LIMITS.apiBodyBytes) }))).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    })
  })

  it('are answered without a word about other origins, and not for caches', async ({ expect }) => {
    const response = await ada.raw('GET', '/incidents', undefined, { origin: 'https://evil.example' })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await ada.refused('GET', '/nothing')).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  it('that fail inside say so without details', async ({ expect }) => {
    await env.DB.prepare('ALTER TABLE settings RENAME TO hidden').run()
    try {
      const problem = await ada.refused('GET', '/settings')
      expect(problem).toEqual({ status: 500, code: 'INTERNAL_ERROR', message: expect.not.stringContaining('settings') })
    } finally {
      await env.DB.prepare('ALTER TABLE hidden RENAME TO settings').run()
    }
  })
})
