import { env } from 'cloudflare:workers'
import { describe, vi } from 'vitest'
import { Incident } from '../../durable-objects/incident.ts'
import type { LoggedEvent } from '../../src/api/schemas/logged-event.ts'
import { MINUTE } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { it, sms, type TestSource, type Tocsin } from './harness/tocsin.ts'

async function aSource(tocsin: Tocsin, options: object = {}): Promise<TestSource> {
  const ann = await tocsin.user('Ann', sms())
  return tocsin.source(await tocsin.policy([[ann]], { timeouts: [10_000] }), options)
}

function logOf(tocsin: Tocsin, { source }: TestSource): Promise<LoggedEvent[]> {
  return tocsin.api.get(`/alert-sources/${source.id}/events`)
}

describe('a tool that reports several problems at once', () => {
  const group = (status: 'firing' | 'resolved', ...instances: string[]) => ({
    version: '4',
    groupKey: '{}:{alertname="DiskFull"}',
    status,
    alerts: instances.map((instance) => ({
      status,
      labels: { alertname: 'DiskFull', instance, severity: 'critical' },
      annotations: { summary: `Disk full on ${instance}` },
      startsAt: '2040-01-02T10:00:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      fingerprint: instance.padEnd(16, '0'),
    })),
  })

  it('opens an incident for each, and each ends by itself', async ({ tocsin, expect }) => {
    const source = await aSource(tocsin, { integrationType: 'PROMETHEUS' })
    const path = new URL(source.source.integrationUrl).pathname
    expect(path).toMatch(/^\/api\/v1\/events\/prometheus\/[a-z2-7]{32}$/)
    const opened = await source.send(path, group('firing', 'a1', 'b2', 'c3'))
    expect(opened.status).toBe(200)
    expect((await tocsin.listed('?states=PENDING', 3)).map(({ summary }) => summary).sort()).toEqual([
      expect.stringContaining('a1'),
      expect.stringContaining('b2'),
      expect.stringContaining('c3'),
    ])
    await source.send(path, group('firing', 'a1', 'b2', 'c3'))
    await source.send(path, group('resolved', 'b2'))
    const [left] = await tocsin.listed('?states=RESOLVED', 1)
    expect(left?.summary).toContain('b2')
    expect(await tocsin.listed('?states=PENDING', 2)).toHaveLength(2)

    const log = await logOf(tocsin, source)
    expect(log.map(({ outcome }) => outcome)).toEqual([
      'RESOLVED',
      ...['APPENDED', 'APPENDED', 'APPENDED'],
      ...['OPENED', 'OPENED', 'OPENED'],
    ])
    // The request once, at the first of its events.
    expect(log.map(({ request }) => request?.via ?? null)).toEqual([
      'prometheus',
      null,
      null,
      'prometheus',
      null,
      null,
      'prometheus',
    ])
    await tocsin.carrier.ignore()
  })
})

describe('a storm', () => {
  it('above the cap is collected in one incident, which ends with the last of its problems', async ({
    tocsin,
    expect,
  }) => {
    const source = await aSource(tocsin, { maxOpenIncidents: 2 })
    for (const key of ['a', 'b']) await source.alert(`Problem ${key}`, { alertKey: key })
    const storm = await source.alert('Problem c', { alertKey: 'c' })
    expect(await source.alert('Problem d', { alertKey: 'd' })).toBe(storm)
    expect(await source.alert('Problem c', { alertKey: 'c' })).toBe(storm)
    expect(await tocsin.incident(storm)).toMatchObject({
      status: 'PENDING',
      summary: '2 incidents of Source 1 are open: further events are collected here',
    })
    expect(await tocsin.listed('?states=PENDING', 3)).toHaveLength(3)

    await source.accept('c')
    await source.resolve('c')
    expect(await tocsin.incident(storm)).toMatchObject({ status: 'PENDING' })
    expect((await source.resolve('d')).responseCode).toBe('INCIDENT_RESOLVED')
    expect(await tocsin.incident(storm)).toMatchObject({ status: 'RESOLVED' })
    expect(await tocsin.timeline(storm)).toEqual(
      expect.arrayContaining([expect.stringContaining('Problem d'), expect.stringContaining('COMMENT')]),
    )

    // There is room again.
    await source.resolve('a')
    const fresh = await source.alert('Problem e', { alertKey: 'e' })
    expect(await tocsin.incident(fresh)).toMatchObject({ summary: 'Problem e' })
    expect((await logOf(tocsin, source)).map(({ outcome }) => outcome)).toContain('COLLECTED')
    // The fourth page within three minutes waits for a bundle.
    await tocsin.pass(20_000)
    await tocsin.carrier.ignore()
  })

  it('that somebody resolved by hand begins anew', async ({ tocsin, expect }) => {
    const source = await aSource(tocsin, { maxOpenIncidents: 1 })
    await source.alert('Problem a', { alertKey: 'a' })
    const storm = await source.alert('Problem b', { alertKey: 'b' })
    await tocsin.api.put(`/incidents/${storm}/resolve`)
    await settle()
    expect((await source.resolve('b')).responseCode).toBe('NO_OPEN_INCIDENT_WITH_KEY')
    const next = await source.alert('Problem b', { alertKey: 'b' })
    expect(next).not.toBe(storm)
    expect(await tocsin.incident(next)).toMatchObject({ summary: expect.stringContaining('collected here') })
    await tocsin.carrier.ignore()
  })

  it('of what can wait does not swallow what can’t', async ({ tocsin, expect }) => {
    const source = await aSource(tocsin, { maxOpenIncidents: 1 })
    await source.alert('First', { alertKey: 'a', priority: 'LOW' })
    const low = await source.alert('Disk half full', { alertKey: 'b', priority: 'LOW' })
    const high = await source.alert('The database is on fire', { alertKey: 'c' })
    expect(high).not.toBe(low)
    expect(await tocsin.incident(low)).toMatchObject({ priority: 'LOW' })
    expect(await tocsin.incident(high)).toMatchObject({
      priority: 'HIGH',
      details: expect.stringContaining('The database is on fire'),
    })
    expect(await source.alert('The cache too', { alertKey: 'd' })).toBe(high)
    await tocsin.carrier.ignore()
  })

  it('of problems without a key waits for a person', async ({ tocsin, expect }) => {
    const source = await aSource(tocsin, { maxOpenIncidents: 1 })
    await source.alert('First', { alertKey: 'a' })
    const storm = await source.alert('Something')
    expect(await source.alert('Something else', { alertKey: 'b' })).toBe(storm)
    await source.resolve('b')
    expect(await tocsin.incident(storm)).toMatchObject({ status: 'PENDING' })
    await tocsin.carrier.ignore()
  })

  it('faster than the source’s rate is told to wait, and when', async ({ tocsin, expect }) => {
    const source = await aSource(tocsin, { eventsPerMinute: 2 })
    const send = () =>
      source.send('/api/events', {
        integrationKey: source.source.integrationKey,
        eventType: 'ALERT',
        summary: 'x',
        alertKey: 'x',
      })
    expect([(await send()).status, (await send()).status]).toEqual([202, 202])
    const refused = await send()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ message: expect.stringContaining('2 events a minute') })
    await tocsin.pass(MINUTE)
    expect((await send()).status).toBe(202)
    await tocsin.carrier.ignore()
  })
})

describe('a source with a signing secret', () => {
  async function hex(secret: string, body: string): Promise<string> {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const encode = (text: string) => new TextEncoder().encode(text)
    const key = await crypto.subtle.importKey('raw', encode(secret), algorithm, false, ['sign'])
    const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(body)))
    return Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  it('takes only what is signed with it, and never tells it', async ({ tocsin, expect }) => {
    const source = await aSource(tocsin, { integrationType: 'GITHUB', signingSecret: 'shh, secret' })
    expect(source.source).toMatchObject({ hasSigningSecret: true })
    expect(JSON.stringify(source.source)).not.toContain('shh')
    const path = new URL(source.source.integrationUrl).pathname
    const body = JSON.stringify({
      action: 'completed',
      workflow_run: {
        id: 1,
        workflow_id: 2,
        name: 'CI',
        head_branch: 'main',
        status: 'completed',
        conclusion: 'failure',
        html_url: 'https://github.com/example/shop/actions/runs/1',
      },
      repository: { id: 3, full_name: 'example/shop', html_url: 'https://github.com/example/shop' },
    })
    const send = async (secret: string) =>
      (
        await source.send(path, body, {
          'Content-Type': 'application/json',
          'X-GitHub-Event': 'workflow_run',
          'X-Hub-Signature-256': `sha256=${await hex(secret, body)}`,
        })
      ).status
    expect(await send('a guess')).toBe(401)
    expect(await send('shh, secret')).toBe(200)
    expect(await logOf(tocsin, source)).toMatchObject([{ outcome: 'OPENED', eventType: 'ALERT' }])

    // Nor is another address of the same key a way around it; what we make ourselves is.
    const { id, integrationKey } = source.source
    for (const [address, unsigned] of [
      [`/api/v1/events/json/${integrationKey}`, { summary: 'Forged' }],
      [`/api/events/${integrationKey}`, { eventType: 'ALERT', summary: 'Forged' }],
      ['/api/events', { integrationKey, eventType: 'ALERT', summary: 'Forged' }],
    ] as const) {
      const response = await source.send(address, unsigned)
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({
        message: expect.stringContaining('only requests that GitHub signed'),
      })
    }
    expect(await tocsin.api.post(`/alert-sources/${id}/test-event`)).toMatchObject({ outcome: 'opened' })

    // A PUT of what GET answers keeps it; an empty one removes it.
    const same = source.source
    await tocsin.api.put(`/alert-sources/${source.source.id}`, same)
    expect(await send('a guess')).toBe(401)
    await tocsin.api.put(`/alert-sources/${source.source.id}`, { ...same, signingSecret: '' })
    expect(await send('a guess')).toBe(200)
    await tocsin.carrier.ignore()
  })
})

describe('the event log', () => {
  it('shows what opened nothing, why, and no secret', async ({ tocsin, expect }) => {
    const source = await aSource(tocsin)
    const { integrationKey } = source.source
    await source.resolve('nothing')
    await source.send('/v2/enqueue', {
      routing_key: integrationKey,
      event_action: 'resolve',
      dedup_key: 'nothing either',
    })
    const log = await logOf(tocsin, source)
    expect(log).toMatchObject([
      { outcome: 'NO_OPEN_INCIDENT', eventType: 'RESOLVE', incidentKey: 'nothing either' },
      { outcome: 'NO_OPEN_INCIDENT', eventType: 'RESOLVE', incidentKey: 'nothing' },
    ])
    expect(JSON.stringify(log)).not.toContain(integrationKey)
    expect(log[0]?.request?.body).toContain('nothing either')
    expect(await tocsin.api.get(`/alert-sources/${source.source.id}/events?outcome=OPENED`)).toEqual([])
  })
})

describe('several problems in one request', () => {
  it('of which one can’t be passed on are all taken, and nothing that is over is opened again', async ({
    tocsin,
    expect,
  }) => {
    const source = await aSource(tocsin)
    const known = await source.alert('Known', { alertKey: 'known' })
    const { id } = await tocsin.incident(known)
    const at = Date.now()
    const event = (key: string) => ({
      ...{ type: 'ALERT' as const, key, summary: key, details: null, priority: null, severity: null },
      ...{ images: [], links: [], comments: [], labels: {}, customDetails: null },
    })
    const deliver = (late: boolean) =>
      env.ALERT_SOURCE.getByName(String(source.source.id)).receive(
        { way: 'events', events: [event('a'), event('known')], ignored: null, request: null },
        { keyGeneration: 1, deliveryId: 'd', receivedAt: at, accepted: late },
      )
    const faults = vi.spyOn(Incident.prototype, 'receive').mockRejectedValueOnce(new Error('a fault'))
    const first = await deliver(false)
    faults.mockRestore()
    expect(first).toMatchObject({ taken: true, results: [{ outcome: 'opened' }, { outcome: 'failed' }] })
    await settle()
    await source.resolve('a')
    await source.resolve('known')
    // As if the whole had waited in a queue.
    expect(await deliver(true)).toMatchObject({
      results: [
        { outcome: 'dropped', reason: 'its problem was resolved after it was sent' },
        { outcome: 'dropped', reason: 'its problem was resolved after it was sent' },
      ],
    })
    expect(await tocsin.incident(id)).toMatchObject({ status: 'RESOLVED' })
    await tocsin.carrier.ignore()
  })
})

describe('a test event', () => {
  it('pages as a real one does, joins its own incident, and can be taken back', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const { source } = await tocsin.source(await tocsin.policy([[ann]]), {
      name: 'Grafana',
      integrationType: 'GRAFANA',
    })
    const test = (eventType: string) => tocsin.api.post(`/alert-sources/${source.id}/test-event`, { eventType })
    expect(await test('ALERT')).toMatchObject({ outcome: 'opened', incident: { reference: 'SRC1-1' } })
    await ann.getsSms('Test of Grafana')
    expect(await test('ALERT')).toMatchObject({ outcome: 'appended' })
    expect(await test('RESOLVE')).toMatchObject({ outcome: 'resolved', incident: { reference: 'SRC1-1' } })
  })
})

describe('the gallery', () => {
  it('has every way in, and steps with the source’s own address and key', async ({ tocsin, expect }) => {
    const types = await tocsin.api.get<{ type: string }[]>('/integration-types')
    expect(types.slice(0, 4).map(({ type }) => type)).toEqual(['API', 'EMAIL', 'SMS', 'HEARTBEAT'])
    expect(types.length).toBeGreaterThan(45)
    const source = await aSource(tocsin, { integrationType: 'EMAIL' })
    const { integrationKey, id } = source.source
    expect(await tocsin.api.get(`/alert-sources/${id}/setup`)).toMatchObject({
      address: `${integrationKey}@alerts.example.com`,
    })
    expect(source.source.integrationUrl).toBe(`${integrationKey}@alerts.example.com`)
  })

  it.for([
    ['integrationType', { integrationType: 'CARRIER_PIGEON' }],
    ['supportHours', { incidentPriorityRule: 'HIGH_DURING_SUPPORT_HOURS' }],
    ['resolveDelay', { resolveDelay: 'P2D' }],
    ['sms.number', { integrationType: 'SMS' }],
    ['heartbeat.intervalSec', { integrationType: 'HEARTBEAT', heartbeat: { intervalSec: 60, cron: '* * * * *' } }],
    ['heartbeat.cron', { integrationType: 'HEARTBEAT', heartbeat: { cron: 'every day' } }],
    ['heartbeat.timezone', { integrationType: 'HEARTBEAT', heartbeat: { cron: '0 2 * * *', timezone: 'Mars' } }],
    [
      'emailPredicates[0].value',
      {
        integrationType: 'EMAIL',
        emailPredicates: [{ field: 'EMAIL_SUBJECT', criteria: 'MATCHES_REGEX', value: '(' }],
      },
    ],
    ['rules[0].escalationPolicy.id', { rules: [{ name: 'r', condition: 'true', escalationPolicy: { id: 99 } }] }],
  ] as const)(
    'a source with a wrong %s is refused, and the field named',
    async ([field, wrong], { tocsin, expect }) => {
      const policy = await tocsin.policy([[await tocsin.user('Ann', sms())]])
      const refusal = await tocsin.api.refused('POST', '/alert-sources', {
        ...{ name: 'Wrong', escalationPolicy: { id: policy.id } },
        ...wrong,
      })
      expect(refusal).toMatchObject({ status: 400, field })
      expect(refusal.message.length).toBeGreaterThan(20)
    },
  )
})
