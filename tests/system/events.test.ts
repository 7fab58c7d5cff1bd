import { createMessageBatch } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe } from 'vitest'
import type { QueuedNotification } from '../../src/env.ts'
import worker from '../../src/worker.ts'
import { DAY, HOUR, MINUTE } from './harness/clock.ts'
import { type EventAnswer, it, sms, type TestSource, type Tocsin } from './harness/tocsin.ts'

async function aSource(tocsin: Tocsin, options: object = {}): Promise<{ web: TestSource; quiet: () => Promise<void> }> {
  const ann = await tocsin.user('Ann', sms())
  const web = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [10_000] }), options)
  return { web, quiet: () => tocsin.carrier.ignore() }
}

describe('the Event API', () => {
  it('answers 200 and speaks of incidents under /api/v1, 202 under /api', async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin)
    const { integrationKey } = web.source
    const old = await web.send('/api/v1/events', {
      apiKey: integrationKey,
      eventType: 'ALERT',
      summary: 'a',
      incidentKey: 'K',
    })
    expect(old.status).toBe(200)
    expect(await old.json()).toEqual({
      incidentKey: 'K',
      incidentUrl: 'https://tocsin.example.com/incidents/SRC1-1',
      alertKey: 'K',
      alertUrl: 'https://tocsin.example.com/incidents/SRC1-1',
      responseCode: 'INCIDENT_CREATED',
    })
    const current = await web.send('/api/events', { integrationKey, eventType: 'ALERT', summary: 'a', alertKey: ' k ' })
    expect(current.status).toBe(202)
    expect(await current.json()).toMatchObject({
      responseCode: 'EVENT_APPENDED',
      incidentUrl: expect.stringContaining('SRC1-1'),
    })
    await quiet()
  })

  it('tolerates nulls', async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin)
    const nothing = {
      incidentKey: null,
      priority: null,
      details: null,
      links: null,
      images: null,
      customDetails: null,
      severity: null,
      comments: null,
      labels: null,
    }
    expect(await web.alert('All else is null', nothing)).toBe('SRC1-1')
    await quiet()
  })

  it.for([
    ['eventType', { eventType: 'OPEN' }],
    ['summary', { summary: '' }],
    ['summary', { summary: 7 }],
    ['priority', { priority: 'URGENT' }],
    ['severity', { severity: 'SEV1' }],
    ['severity', { severity: 6 }],
    ['links[0].href', { links: [{ text: 'no address' }] }],
    ['labels.tier', { labels: { tier: [] } }],
    ['alertKey', { alertKey: 'x'.repeat(513) }],
  ] as const)('refuses a wrong %s and names it', async ([field, wrong], { tocsin, expect }) => {
    const { web } = await aSource(tocsin)
    const good = { integrationKey: web.source.integrationKey, eventType: 'ALERT', summary: 'a' }
    const response = await web.send('/api/events', { ...good, ...wrong })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
      field,
      message: expect.stringContaining(field),
    })
  })

  it('refuses what is no JSON, what is too large (behaviour 4) and what has no valid key', async ({
    tocsin,
    expect,
  }) => {
    const { web } = await aSource(tocsin)
    const { integrationKey } = web.source
    const answers = async (response: Response) => ({
      status: response.status,
      ...(await response.json<{ code: string; message: string }>()),
    })
    expect(await answers(await web.send('/api/events', '{"eventType":'))).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
    })
    const large = { integrationKey, eventType: 'ALERT', summary: 'a', details: 'x'.repeat(1024 * 1024) }
    expect(await answers(await web.send('/api/events', large))).toMatchObject({
      status: 413,
      message: expect.stringContaining('524288'),
    })
    const unknown = { integrationKey: `a${integrationKey.slice(1, -1)}a`, eventType: 'ALERT', summary: 'a' }
    expect(await answers(await web.send('/api/events', unknown))).toMatchObject({ status: 403, code: 'KEY_ERROR' })
    expect(await answers(await web.send('/api/events', { eventType: 'ALERT', summary: 'a' }))).toMatchObject({
      status: 400,
      field: 'integrationKey',
    })
  })

  it('knows nothing of CORS', async ({ tocsin, expect }) => {
    const preflight = await tocsin.api.raw('OPTIONS', '/api/events', {
      headers: { Origin: 'https://elsewhere.example.com', 'Access-Control-Request-Method': 'POST' },
    })
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(preflight.ok).toBe(false)
  })

  it('takes an event without a key once per Idempotency-Key, also after a day of silence', async ({
    tocsin,
    expect,
  }) => {
    const { web, quiet } = await aSource(tocsin)
    const event = { eventType: 'ALERT', summary: 'Backup failed' }
    const first = await web.event(event, { 'Idempotency-Key': 'backup-2040-01-04' })
    const again = await web.event(event, { 'Idempotency-Key': 'backup-2040-01-04' })
    const other = await web.event(event, { 'Idempotency-Key': 'backup-2040-01-05' })
    expect(again.incidentUrl).toBe(first.incidentUrl)
    expect(other.incidentUrl).not.toBe(first.incidentUrl)
    await tocsin.api.put('/incidents/SRC1-1/resolve')
    await tocsin.pass(23 * HOUR)
    expect((await web.event(event, { 'Idempotency-Key': 'backup-2040-01-04' })).incidentUrl).toBe(first.incidentUrl)
    await quiet()
  })

  it('ACCEPT, RESOLVE and COMMENT with nothing open make no incident (behaviour 3)', async ({ tocsin, expect }) => {
    const { web } = await aSource(tocsin)
    for (const eventType of ['ACCEPT', 'RESOLVE', 'COMMENT']) {
      expect(await web.event({ eventType, alertKey: 'nothing' })).toMatchObject({
        responseCode: 'NO_OPEN_INCIDENT_WITH_KEY',
        incidentUrl: null,
      })
      const old = await web.send('/api/v1/events', {
        apiKey: web.source.integrationKey,
        eventType,
        incidentKey: 'nothing',
      })
      expect(old.status).toBe(400)
      expect(await old.json()).toMatchObject({ code: 'NO_OPEN_INCIDENT_WITH_KEY' })
    }
    expect(await tocsin.listed('', 0)).toEqual([])
  })

  it('accepts and resolves by key, which silences exactly that incident (behaviour 3)', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), sms(30))
    const web = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
    await web.alert('Disk full', { alertKey: 'disk' })
    await web.alert('Load high', { alertKey: 'load' })
    await ann.getsSms('Disk full')
    await ann.getsSms('Load high')
    await web.resolve('disk')
    await tocsin.pass(30 * MINUTE)
    await ann.getsSms('Load high')
    await tocsin.carrier.expectSilence()
    await web.accept('load')
    const old = await web.send('/api/v1/events', {
      apiKey: web.source.integrationKey,
      eventType: 'ACCEPT',
      incidentKey: 'load',
    })
    expect(await old.json()).toMatchObject({ status: 400, code: 'INCIDENT_ALREADY_ACCEPTED' })
    expect(await tocsin.incident('SRC1-2')).toMatchObject({
      status: 'ACCEPTED',
      assignedTo: null,
      acceptedBy: 'the alert source Source 1',
    })
  })
})

describe('grouping', () => {
  it('a key is one incident until it is resolved; then it is a new one (behaviours 1, 2)', async ({
    tocsin,
    expect,
  }) => {
    const ann = await tocsin.user('Ann', sms())
    const policy = await tocsin.policy([[ann]])
    const [web, shop] = [await tocsin.source(policy), await tocsin.source(policy)]
    const first = await web.alert('Disk full', { alertKey: 'disk', details: 'on db-1' })
    await ann.getsSms('Disk full')
    expect(await web.alert('Disk still full', { alertKey: 'DISK' })).toBe(first)
    expect(await tocsin.incident(first)).toMatchObject({ summary: 'Disk full', details: 'on db-1', eventCount: 2 })
    expect(await shop.alert('Disk full', { alertKey: 'disk' })).toBe('SRC2-1')
    await ann.getsSms('SRC2-1')
    await web.resolve('disk')
    expect(await web.alert('Disk full again', { alertKey: 'disk' })).toBe('SRC1-2')
    await ann.getsSms('SRC1-2: Disk full again')
    expect((await tocsin.incident(first)).status).toBe('RESOLVED')
  })

  it('by summary, without regard to case and white space', async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin, { incidentCreation: 'ONE_INCIDENT_PER_EMAIL_SUBJECT' })
    expect(await web.alert('Disk full')).toBe('SRC1-1')
    expect(await web.alert(' DISK FULL ')).toBe('SRC1-1')
    expect(await web.alert('Load high')).toBe('SRC1-2')
    expect(await web.alert('Disk full', { alertKey: 'its own' })).toBe('SRC1-3')
    await quiet()
  })

  it('one open incident, whatever the event', async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin, { incidentCreation: 'ONE_OPEN_INCIDENT_ALLOWED' })
    expect(await web.alert('Disk full')).toBe('SRC1-1')
    await tocsin.api.put('/incidents/SRC1-1/accept')
    expect(await web.alert('Load high')).toBe('SRC1-1')
    await tocsin.api.put('/incidents/SRC1-1/resolve')
    expect(await web.alert('Load high')).toBe('SRC1-2')
    await quiet()
  })

  it('one pending incident: an accepted one takes no more', async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin, { incidentCreation: 'ONE_PENDING_INCIDENT_ALLOWED' })
    expect(await web.alert('Disk full')).toBe('SRC1-1')
    expect(await web.alert('Load high')).toBe('SRC1-1')
    await tocsin.api.put('/incidents/SRC1-1/accept')
    expect(await web.alert('Load high')).toBe('SRC1-2')
    await quiet()
  })

  it('one incident per time window', async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin, {
      incidentCreation: 'ONE_INCIDENT_GROUPED_PER_WINDOW',
      incidentGroupingWindow: 'PT30M',
    })
    expect(await web.alert('Disk full')).toBe('SRC1-1')
    await tocsin.pass(29 * MINUTE)
    expect(await web.alert('Load high')).toBe('SRC1-1')
    await tocsin.pass(2 * MINUTE)
    expect(await web.alert('Load high')).toBe('SRC1-2')
    await quiet()
  })
})

describe('an alert source', () => {
  it('that is switched off drops events, and says so', async ({ tocsin, expect }) => {
    const { web } = await aSource(tocsin, { active: false })
    expect(await web.event({ eventType: 'ALERT', summary: 'Disk full' })).toMatchObject({
      responseCode: 'EVENT_DROPPED',
      reason: 'the alert source is switched off',
    })
    expect(await tocsin.api.get(`/alert-sources/${web.source.id}/events`)).toEqual([
      expect.objectContaining({
        ...{ outcome: 'DROPPED', reason: 'the alert source is switched off' },
        ...{ eventType: 'ALERT', summary: 'Disk full' },
      }),
    ])
  })

  it("resolves by itself when no event came for the source's timeout", async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin, { autoResolutionTimeout: 'PT4H' })
    const incident = await web.alert('Disk full', { alertKey: 'disk' })
    await tocsin.pass(3 * HOUR)
    await web.alert('Disk full', { alertKey: 'disk' })
    await tocsin.pass(2 * HOUR)
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.pass(2 * HOUR)
    expect((await tocsin.incident(incident)).status).toBe('RESOLVED')
    expect(await tocsin.timeline(incident)).toContain(
      'Resolved by Tocsin (no event came for the time set at the alert source)',
    )
    await quiet()
  })

  it('takes the old integration key for the overlap, and no longer', async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin)
    const old = web.source.integrationKey
    const status = async (integrationKey: string) =>
      (await web.send('/api/events', { integrationKey, eventType: 'ALERT', summary: 'a', alertKey: 'k' })).status
    web.source = await tocsin.api.post(`/alert-sources/${web.source.id}/integration-key`, { overlap: 'P1D' })
    expect(web.source.integrationKey).not.toBe(old)
    expect([await status(old), await status(web.source.integrationKey)]).toEqual([202, 202])
    await tocsin.pass(DAY + 1)
    expect([await status(old), await status(web.source.integrationKey)]).toEqual([403, 202])
    const second = web.source.integrationKey
    web.source = await tocsin.api.post(`/alert-sources/${web.source.id}/integration-key`, { overlap: 'P1D' })
    await tocsin.api.delete(`/alert-sources/${web.source.id}/integration-key/previous`)
    expect([await status(old), await status(second), await status(web.source.integrationKey)]).toEqual([403, 403, 202])
    await quiet()
  })

  it('uses the priority of an event only where its own is HIGH', async ({ tocsin, expect }) => {
    const { web, quiet } = await aSource(tocsin)
    const lowSource = await tocsin.source(await tocsin.api.get('/escalation-policies/1'), {
      incidentPriorityRule: 'LOW',
    })
    expect((await tocsin.incident(await web.alert('a', { priority: 'LOW' }))).priority).toBe('LOW')
    expect((await tocsin.incident(await web.alert('a'))).priority).toBe('HIGH')
    expect((await tocsin.incident(await lowSource.alert('a', { priority: 'HIGH' }))).priority).toBe('LOW')
    await quiet()
  })
})

describe('many at once', () => {
  it('a hundred concurrent identical events open exactly one incident', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => web.event({ eventType: 'ALERT', summary: 'Disk full', alertKey: 'disk' })),
    )
    expect(new Set(answers.map(({ incidentUrl }: EventAnswer) => incidentUrl)).size).toBe(1)
    await ann.getsSms('Disk full')
    expect((await tocsin.incident('SRC1-1')).eventCount).toBe(100)
    await tocsin.listed('', 1)
  })

  it('a replayed queue message sends nothing twice', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    await web.alert('Disk full')
    const { message } = await ann.getsSms('Disk full')
    const body = { userId: ann.id, notificationId: message.notificationId ?? '' }
    const replay = createMessageBatch<QueuedNotification>(
      'tocsin-notifications',
      Array.from({ length: 20 }, (_, n) => ({ id: `replay ${n}`, timestamp: new Date(), attempts: 1, body })),
    )
    await worker.queue(replay, env)
    await tocsin.carrier.expectSilence()
  })
})
