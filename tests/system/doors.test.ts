import { describe } from 'vitest'
import { DAY } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { it, type TestSource, type Tocsin } from './harness/tocsin.ts'

/** A source whose page goes to nobody who could be paged twice: the doors are looked at here, not the paging. */
async function aSource(tocsin: Tocsin): Promise<TestSource> {
  const ann = await tocsin.user('Ann')
  return tocsin.source(await tocsin.policy([[ann]], { timeouts: [10_000] }))
}

/** What a client gets back. */
async function sent(response: Promise<Response>): Promise<{ status: number; body: Record<string, unknown> }> {
  const { status, text } = await response.then(async (r) => ({ status: r.status, text: await r.text() }))
  await settle()
  return { status, body: text ? JSON.parse(text) : {} }
}

const states = async (tocsin: Tocsin, count: number) =>
  (await tocsin.listed('', count)).map(({ reference, status }) => `${reference} ${status}`).sort()

describe("PagerDuty's Events API", () => {
  const payload = { summary: 'Disk full', source: 'db-1', severity: 'error', custom_details: { free: '0 B' } }

  it('opens, accepts and resolves one incident by its key, and a new one after that', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const enqueue = (event_action: string) =>
      sent(
        web.send('/v2/enqueue', {
          routing_key: web.source.integrationKey,
          event_action,
          dedup_key: 'db-1/disk',
          payload,
        }),
      )
    // Zabbix wants exactly this of every answer; PagerDuty's Python client the key in each.
    const processed = { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: 'db-1/disk' } }
    expect(await enqueue('trigger')).toEqual(processed)
    expect(await enqueue('trigger')).toEqual(processed)
    expect(await tocsin.incident('SRC1-1')).toMatchObject({ status: 'PENDING', summary: 'Disk full', eventCount: 2 })
    expect(await enqueue('acknowledge')).toEqual(processed)
    expect(await states(tocsin, 1)).toEqual(['SRC1-1 ACCEPTED'])
    expect(await enqueue('resolve')).toEqual(processed)
    expect(await enqueue('resolve')).toEqual(processed)
    expect(await enqueue('trigger')).toEqual(processed)
    expect(await states(tocsin, 2)).toEqual(['SRC1-1 RESOLVED', 'SRC1-2 PENDING'])
    await tocsin.carrier.ignore()
  })

  it('gives a key to whom has none, and resolves by it (Gatus)', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const { integrationKey } = web.source
    const trigger = { routing_key: integrationKey, event_action: 'trigger', dedup_key: '', payload }
    const { body } = await sent(web.send('/v2/enqueue', trigger))
    await sent(web.send('/v2/enqueue', trigger))
    const resolve = { routing_key: integrationKey, event_action: 'resolve', dedup_key: body.dedup_key }
    expect(await sent(web.send('/v2/enqueue', resolve))).toMatchObject({ status: 202 })
    expect(await states(tocsin, 2)).toEqual(['SRC1-1 RESOLVED', 'SRC1-2 PENDING'])
    await tocsin.carrier.ignore()
  })

  it('takes version 1 and version 2 of the same problem as one', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const { integrationKey } = web.source
    const trigger = {
      ...{ service_key: integrationKey, event_type: 'trigger', incident_key: 'disk', description: 'Disk full' },
      ...{ event_action: '', payload: null, client: 'Alertmanager', client_url: 'http://alertmanager.example.com' },
    }
    expect(await sent(web.send('/generic/2010-04-15/create_event.json', trigger))).toEqual({
      status: 200,
      body: { status: 'success', message: 'Event processed', incident_key: 'disk' },
    })
    await sent(web.send('/v2/enqueue', { routing_key: integrationKey, event_action: 'resolve', dedup_key: 'disk' }))
    expect(await states(tocsin, 1)).toEqual(['SRC1-1 RESOLVED'])
    await tocsin.carrier.ignore()
  })

  it('takes no key that was revoked, and keys of nobody else', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const enqueue = (routing_key: string) =>
      sent(web.send('/v2/enqueue', { routing_key, event_action: 'trigger', dedup_key: 'k', payload }))
    const old = web.source.integrationKey
    web.source = await tocsin.api.post(`/alert-sources/${web.source.id}/integration-key`, { overlap: 'P1D' })
    expect((await enqueue(old)).status).toBe(202)
    await tocsin.pass(DAY + 1)
    expect(await enqueue(old)).toMatchObject({ status: 400, body: { status: 'invalid event' } })
    expect((await enqueue(web.source.integrationKey)).status).toBe(202)
    await tocsin.carrier.ignore()
  })

  it('records a change, which opens nothing', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const change = { routing_key: web.source.integrationKey, payload: { summary: 'Deployed 1.2.3', source: 'ci' } }
    expect((await sent(web.send('/v2/change/enqueue', change))).status).toBe(202)
    expect(await tocsin.listed('', 0)).toEqual([])
  })
})

describe("Opsgenie's Alert API", () => {
  it('creates, acknowledges, notes and closes by alias, and tells what became of it', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const headers = { Authorization: `GenieKey ${web.source.integrationKey}` }
    const post = (path: string, body: object = {}) => sent(web.send(path, body, headers))
    const alias = '/v2/alerts/Shop%20API%2Fcheckout'
    const created = await post('/v2/alerts', {
      ...{ message: 'Checkout is down', alias: 'Shop API/checkout', priority: 'P1', source: 'Uptime Kuma' },
    })
    expect(created).toMatchObject({ status: 202, body: { result: 'Request will be processed' } })
    await post('/v2/alerts', { message: 'Checkout is down', alias: 'shop api/CHECKOUT' })
    expect(await tocsin.incident('SRC1-1')).toMatchObject({ severity: 1, eventCount: 2 })
    expect(
      await sent(tocsin.api.raw('GET', `/v2/alerts/requests/${created.body.requestId}`, { headers })),
    ).toMatchObject({ status: 200, body: { data: { isSuccess: true, alias: 'Shop API/checkout' } } })

    await post(`${alias}/acknowledge?identifierType=alias`, { user: 'ann' })
    expect(await states(tocsin, 1)).toEqual(['SRC1-1 ACCEPTED'])
    await post(`${alias}/notes?identifierType=alias`, { user: 'ann', note: 'It was the cache' })
    await post(`${alias}/snooze?identifierType=alias`, { user: 'ann', endTime: '2040-01-05T12:00:00Z' })
    const timeline = (await tocsin.timeline('SRC1-1')).join('\n')
    expect(timeline).toContain('It was the cache')
    expect(timeline).toContain('ann asked over the Opsgenie API to snooze it until 2040-01-05T12:00:00Z. That was only')
    expect((await tocsin.incident('SRC1-1')).status).toBe('ACCEPTED')

    expect((await post(`${alias}/close?identifierType=alias`, { source: 'Uptime Kuma' })).status).toBe(202)
    expect(await states(tocsin, 1)).toEqual(['SRC1-1 RESOLVED'])
    const again = await post(`${alias}/close?identifierType=alias`)
    expect(again.status).toBe(202)
    expect(await sent(tocsin.api.raw('GET', `/v2/alerts/requests/${again.body.requestId}`, { headers }))).toMatchObject(
      { body: { data: { isSuccess: false } } },
    )
    await tocsin.carrier.ignore()
  })

  it('shows an alert by its alias and its tiny id, and closes it by either', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const other = await tocsin.source(await tocsin.api.get('/escalation-policies/1'))
    const headers = { Authorization: `GenieKey ${web.source.integrationKey}` }
    await sent(web.send('/jsm/ops/integration/v2/alerts', { message: 'Disk full', alias: 'disk' }, headers))
    await tocsin.listed('', 1)
    const get = (path: string, key = web.source.integrationKey) =>
      sent(tocsin.api.raw('GET', `/v2/alerts/${path}`, { headers: { Authorization: `GenieKey ${key}` } }))
    const data = { id: 'disk', alias: 'disk', tinyId: '1', message: 'Disk full', status: 'open', acknowledged: false }
    expect(await get('DISK?identifierType=alias')).toMatchObject({ status: 200, body: { data } })
    expect(await get('1?identifierType=tiny')).toMatchObject({ status: 200, body: { data } })
    expect((await get('2?identifierType=tiny')).status).toBe(404)
    expect((await get('load?identifierType=alias')).status).toBe(404)
    // Another source's key shows nothing of this one.
    expect((await get('disk?identifierType=alias', other.source.integrationKey)).status).toBe(404)
    expect((await sent(web.send('/v2/alerts/2/close?identifierType=tiny', {}, headers))).status).toBe(404)
    expect((await sent(web.send('/v2/alerts/1/close?identifierType=tiny', {}, headers))).status).toBe(202)
    expect(await states(tocsin, 1)).toEqual(['SRC1-1 RESOLVED'])
    expect(await get('disk')).toMatchObject({ body: { data: { status: 'closed' } } })
    await tocsin.carrier.ignore()
  })
})

describe("GoAlert's generic API", () => {
  it('opens, and closes what has the same key or the same text', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const send = async (query: string) => {
      const response = await web.send(`/api/v2/generic/incoming?token=${web.source.integrationKey}&${query}`, '')
      await settle()
      return response.status
    }
    expect(await send('summary=Disk+full&dedup=disk')).toBe(204)
    expect(await send('summary=Load+high&details=on+web-1')).toBe(204)
    expect(await send('summary=Load+high&details=on+web-1')).toBe(204)
    expect(await states(tocsin, 2)).toEqual(['SRC1-1 PENDING', 'SRC1-2 PENDING'])
    expect(await send('summary=Gone&dedup=disk&action=close')).toBe(204)
    expect(await send('summary=Load+high&details=on+web-1&action=close')).toBe(204)
    expect(await send('summary=Never+seen&action=close')).toBe(204)
    expect(await states(tocsin, 2)).toEqual(['SRC1-1 RESOLVED', 'SRC1-2 RESOLVED'])
    await tocsin.carrier.ignore()
  })
})

describe("a tool's address", () => {
  it('opens an incident for each alert of a group, and resolves each by itself', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const path = `/api/v1/events/prometheus/${web.source.integrationKey}`
    const alert = (instance: string, status: string) => ({
      ...{ status, labels: { alertname: 'Down', instance }, annotations: { summary: `${instance} is down` } },
      fingerprint: `fingerprint of ${instance}`,
    })
    const group = (status: string, ...alerts: object[]) => sent(web.send(path, { version: '4', status, alerts }))
    const opened = await group('firing', alert('web-1', 'firing'), alert('web-2', 'firing'))
    expect(opened).toMatchObject({
      status: 200,
      body: {
        responseCode: 'INCIDENT_CREATED',
        results: [{ responseCode: 'INCIDENT_CREATED' }, { responseCode: 'INCIDENT_CREATED' }],
      },
    })
    await group('firing', alert('web-1', 'resolved'), alert('web-2', 'firing'))
    expect((await states(tocsin, 2)).map((state) => state.split(' ')[1]).sort()).toEqual(['PENDING', 'RESOLVED'])
    await group('resolved', alert('web-1', 'resolved'), alert('web-2', 'resolved'))
    expect(await states(tocsin, 2)).toEqual(['SRC1-1 RESOLVED', 'SRC1-2 RESOLVED'])
    await tocsin.carrier.ignore()
  })

  it('takes Event JSON and any other below the key alone', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const path = `/api/events/${web.source.integrationKey}`
    expect(await sent(web.send(path, { eventType: 'ALERT', summary: 'Disk full', alertKey: 'disk' }))).toMatchObject({
      status: 202,
      body: { alertKey: 'disk', responseCode: 'INCIDENT_CREATED' },
    })
    expect(await sent(web.send(path, { title: 'Disk full', status: 'resolved', key: 'disk' }))).toMatchObject({
      status: 202,
      body: { alertKey: 'disk', responseCode: 'INCIDENT_RESOLVED' },
    })
    await tocsin.carrier.ignore()
  })

  it('answers as the Event API does beside it', async ({ tocsin, expect }) => {
    const web = await aSource(tocsin)
    const path = `/api/v1/events/no-such-tool/${web.source.integrationKey}`
    expect(await sent(web.send(path, {}))).toMatchObject({ status: 404, body: { code: 'UNKNOWN_TOOL' } })
    // Not an address of events: the REST API's own answer.
    expect((await sent(tocsin.api.raw('GET', '/api/v1/no-such-thing'))).body).not.toMatchObject({
      code: 'UNKNOWN_TOOL',
    })
  })
})
