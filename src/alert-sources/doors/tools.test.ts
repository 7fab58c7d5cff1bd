import { beforeEach, describe, it } from 'vitest'
import { LIMITS } from '../../limits.ts'
import { FakeSource, TOO_MANY, unreachable } from './door.fixtures.ts'
import { toolDoor } from './tools.ts'

const EVENT = { summary: 'Disk full', key: 'disk', severity: 'critical' }

let source: FakeSource
beforeEach(async () => {
  source = await FakeSource.make()
})

async function send(path: string, body: unknown = EVENT, { method = 'POST', headers = {} } = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const init = { method, headers, ...(method !== 'GET' && method !== 'HEAD' && { body: text }) }
  const response = await toolDoor.request(`https://tocsin.example.com${path}`, init, source.env)
  const said = await response.text()
  return { status: response.status, headers: response.headers, answer: said ? JSON.parse(said) : null }
}

describe("a tool's address", () => {
  it('answers 200 under /api/v1 and 202 under /api, in words old and new', async ({ expect }) => {
    const answer = {
      ...{ incidentKey: 'disk', incidentUrl: 'https://tocsin.example.com/incidents/PROM-42' },
      ...{ alertKey: 'disk', alertUrl: 'https://tocsin.example.com/incidents/PROM-42' },
      responseCode: 'INCIDENT_CREATED',
    }
    expect(await send(`/api/v1/events/json/${source.key}`)).toMatchObject({ status: 200, answer })
    expect(await send(`/api/events/json/${source.key}`)).toMatchObject({ status: 202, answer })
    expect(source.events).toEqual([expect.objectContaining({ key: 'disk', summary: 'Disk full', severity: 1 })])
  })

  it('takes the key in any case, in the header, and in the body', async ({ expect }) => {
    expect((await send(`/api/events/json/${source.key.toUpperCase()}`)).status).toBe(202)
    for (const scheme of ['Bearer', 'bearer', 'GenieKey']) {
      const headers = { Authorization: `${scheme} ${source.key}` }
      expect((await send('/api/events/json', EVENT, { headers })).status).toBe(202)
    }
    expect((await send('/api/events/json', { ...EVENT, apiKey: source.key })).status).toBe(202)
    const xml = `<?xml version="1.0"?><event><apiKey>${source.key}</apiKey><payload>
      <entry key="NAGIOS_NOTIFICATIONTYPE">PROBLEM</entry><entry key="NAGIOS_HOSTNAME">web-1</entry>
      <entry key="NAGIOS_HOSTSTATE">DOWN</entry></payload></event>`
    const plugin = await send('/api/v1/events/nagios', xml, { headers: { 'Content-Type': 'application/xml' } })
    expect(plugin).toMatchObject({ status: 200 })
    expect(source.events).toEqual([expect.objectContaining({ type: 'ALERT' })])
  })

  it('keeps the request for the signature and the log, without what gives access', async ({ expect }) => {
    const headers = { Authorization: 'Bearer x', Cookie: 'y', 'X-Signature': 'abc', 'User-Agent': 'tool/1' }
    await send(`/api/events/json/${source.key}?team=web`, EVENT, { headers })
    expect(source.deliveries).toEqual([
      expect.objectContaining({
        request: {
          via: 'json',
          method: 'POST',
          headers: expect.objectContaining({ 'x-signature': 'abc', 'user-agent': 'tool/1' }),
          query: { team: 'web' },
          body: JSON.stringify(EVENT),
        },
      }),
    ])
    const [delivery] = source.deliveries
    expect(JSON.stringify(delivery)).not.toMatch(/authorization|cookie/i)
  })

  it.for([
    ['GET', '/api/v1/events/json/', 405],
    ['HEAD', '/api/v1/events/json/', 405],
    ['DELETE', '/api/events/json/', 405],
    ['OPTIONS', '/api/events/json/', 405],
    ['PUT', '/api/events/json/', 202],
  ] as const)('%s %s answers %i', async ([method, path, status], { expect }) => {
    const { headers, ...rest } = await send(path + source.key, EVENT, { method })
    expect(rest.status).toBe(status)
    if (status === 405) expect(headers.get('Allow')).toBe('POST, PUT')
  })

  it('reads a GET where the tool says everything in its query', async ({ expect }) => {
    const query = new URLSearchParams({
      msg: '[Shop API] [🔴 Down] timeout',
      heartbeat: JSON.stringify({ monitorID: 7, status: 0, msg: 'timeout' }),
      monitor: JSON.stringify({ id: 7, name: 'Shop API' }),
    })
    const { status } = await send(`/api/v1/events/uptime-kuma/${source.key}?${query}`, '', { method: 'GET' })
    expect(status).toBe(200)
    expect(source.events).toEqual([expect.objectContaining({ type: 'ALERT' })])
  })

  it.for(['/api/v1/events/no-such-tool/', '/api/events/no-such-tool/', '/api/events/constructor/'])(
    '%s is no tool, and the form of an address is told',
    async (path, { expect }) => {
      expect(await send(path + source.key)).toMatchObject({
        status: 404,
        answer: { code: 'UNKNOWN_TOOL', message: expect.stringContaining('/api/v1/events/<tool>/<integration key>') },
      })
      expect(source.deliveries).toEqual([])
    },
  )

  it('refuses whoever has no key before it reads what was sent', async ({ expect }) => {
    const wrong = `${source.key.slice(0, -1)}${source.key.endsWith('a') ? 'b' : 'a'}`
    for (const path of [
      `/api/events/json/${wrong}`,
      '/api/events/json/short',
      '/api/events/json',
      `/api/events/${wrong}`,
    ]) {
      expect(await send(path, '{"broken":')).toMatchObject({ status: 403, answer: { status: 403, code: 'KEY_ERROR' } })
    }
    expect(source.deliveries).toEqual([])
  })

  it('reads nothing of a body where the key of the address or the header is wrong', async ({ expect }) => {
    const wrong = 'a'.repeat(32)
    const asked: [string, Record<string, string>][] = [
      [`/api/events/json/${wrong}`, {}],
      [`/api/events/${wrong}`, {}],
      ['/api/events/json', { Authorization: `Bearer ${wrong}` }],
    ]
    for (const [path, headers] of asked) {
      let pulls = 0
      const body = new ReadableStream({ pull: () => void pulls++ }, { highWaterMark: 0 })
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
      expect((await toolDoor.request(`https://tocsin.example.com${path}`, init, source.env)).status).toBe(403)
      expect(pulls).toBe(0)
    }
  })

  it('reads JSON and XML that begin with a byte order mark, and keeps the mark for the signature', async ({
    expect,
  }) => {
    const event = { eventType: 'ALERT', summary: 'Disk full' }
    for (const [path, body] of [
      ['/api/events/json/', EVENT],
      ['/api/events/', event],
      ['/api/events/healthchecks/', { status: 'down', name: 'Backup' }],
    ] as const) {
      expect((await send(path + source.key, `\uFEFF${JSON.stringify(body)}`)).status).toBe(202)
      expect(source.events).toHaveLength(1)
    }
    const xml = `\uFEFF<?xml version="1.0"?><event><apiKey>${source.key}</apiKey><payload>
      <entry key="NAGIOS_NOTIFICATIONTYPE">PROBLEM</entry><entry key="NAGIOS_HOSTNAME">web-1</entry>
      <entry key="NAGIOS_HOSTSTATE">DOWN</entry></payload></event>`
    expect((await send('/api/events/nagios', xml)).status).toBe(202)
    expect(source.deliveries.at(-1)).toMatchObject({ request: { body: xml } })
  })

  it('refuses what the tool does not send, and names the field', async ({ expect }) => {
    expect(await send(`/api/events/json/${source.key}`, '{"broken":')).toMatchObject({
      status: 400,
      answer: { status: 400, code: 'BAD_REQUEST', message: 'The body is not valid JSON.' },
    })
    expect(await send(`/api/events/prometheus/${source.key}`, { status: 'firing' })).toMatchObject({
      status: 400,
      answer: { code: 'BAD_REQUEST', field: 'alerts', message: expect.stringContaining('alerts') },
    })
    expect(source.deliveries).toEqual([])
  })

  it('refuses what is too large, also where its length was not told, and more events than one request may hold', async ({
    expect,
  }) => {
    expect(await send(`/api/events/json/${source.key}`, 'x'.repeat(LIMITS.eventBodyBytes + 1))).toMatchObject({
      status: 413,
      answer: { code: 'PAYLOAD_TOO_LARGE' },
    })
    const many = Array.from({ length: LIMITS.eventsPerRequest + 1 }, (_, key) => ({ summary: 'a', key }))
    expect((await send(`/api/events/json/${source.key}`, many)).status).toBe(413)
    expect(source.deliveries).toEqual([])
  })

  it('says that nothing new was told, with success', async ({ expect }) => {
    source.answers({ taken: true, results: [], ignored: 'The notification holds no alerts.' })
    expect(await send(`/api/v1/events/prometheus/${source.key}`, { alerts: [] })).toMatchObject({
      status: 200,
      answer: { incidentKey: null, responseCode: 'EVENT_IGNORED', reason: 'The notification holds no alerts.' },
    })
    expect(source.deliveries).toEqual([
      expect.objectContaining({ events: [], ignored: 'The notification holds no alerts.' }),
    ])
  })

  it('says of several events what became of each', async ({ expect }) => {
    source.results('opened', 'dropped', 'no-open-incident')
    const { status, answer } = await send(`/api/events/json/${source.key}`, [
      { summary: 'a', key: 'a' },
      { summary: 'b', key: 'b' },
      { status: 'ok', key: 'c' },
    ])
    expect(status).toBe(202)
    expect(answer).toMatchObject({
      ...{ alertKey: 'a', responseCode: 'INCIDENT_CREATED' },
      results: [
        { alertKey: 'a', responseCode: 'INCIDENT_CREATED' },
        { alertKey: 'b', responseCode: 'EVENT_DROPPED', reason: 'the rule “Nights” drops it', alertUrl: null },
        { alertKey: 'c', responseCode: 'NO_OPEN_INCIDENT_WITH_KEY' },
      ],
    })
  })

  it('says 429 and when, where too much comes, and 503 where it can not be kept', async ({ expect }) => {
    source.answers(TOO_MANY)
    const many = await send(`/api/v1/events/json/${source.key}`)
    expect(many).toMatchObject({ status: 429, answer: { code: 'TOO_MANY_REQUESTS' } })
    expect(many.headers.get('Retry-After')).toBe('20')
    source.answers(unreachable)
    const away = await send(`/api/v1/events/json/${source.key}`)
    expect(away).toMatchObject({ status: 503, answer: { code: 'UNAVAILABLE' } })
    expect(away.headers.get('Retry-After')).toBe('10')
  })
})

describe('a RESOLVE with nothing open', () => {
  const zabbix = { 'EVENT.ID': '7', 'EVENT.VALUE': '0', 'EVENT.NAME': 'CPU', 'EVENT.UPDATE.STATUS': '0' }

  it('is a 400 with its code for Zabbix, which knows it', async ({ expect }) => {
    source.results('no-open-incident')
    expect(await send(`/api/v1/events/zabbix-mt/${source.key}`, zabbix)).toMatchObject({
      status: 400,
      answer: { code: 'NO_OPEN_INCIDENT_WITH_KEY' },
    })
    source.results('already-accepted')
    expect(await send(`/api/v1/events/zabbix-mt/${source.key}`, zabbix)).toMatchObject({
      status: 400,
      answer: { code: 'INCIDENT_ALREADY_ACCEPTED' },
    })
  })

  it('is no failure for any other: Alertmanager would count it as one', async ({ expect }) => {
    source.results('no-open-incident')
    const alert = { status: 'resolved', labels: { alertname: 'Down' }, fingerprint: 'c9e2a6bab6c90854' }
    expect(await send(`/api/v1/events/prometheus/${source.key}`, { alerts: [alert] })).toMatchObject({
      status: 200,
      answer: { alertKey: 'c9e2a6bab6c90854', responseCode: 'NO_OPEN_INCIDENT_WITH_KEY' },
    })
  })
})

describe('below the address of Alertmanager', () => {
  it.for(['/api/v1/alerts', '/api/v2/alerts'])('%s takes what Prometheus and rulers push', async (path, { expect }) => {
    const alerts = ['a', 'b'].map((instance) => ({ labels: { alertname: 'Down', instance } }))
    for (const prefix of ['/api/v1/events/prometheus', '/api/events/loki']) {
      expect((await send(`${prefix}/${source.key}${path}`, alerts)).status).toBe(200)
      expect(source.events.map(({ type }) => type)).toEqual(['ALERT', 'ALERT'])
    }
  })
})

describe('an address that ends in the key', () => {
  it('takes Event JSON, whose own key counts for nothing', async ({ expect }) => {
    const event = { eventType: 'RESOLVE', alertKey: 'disk', integrationKey: 'another' }
    expect(await send(`/api/events/${source.key}`, event)).toMatchObject({
      status: 202,
      answer: { alertKey: 'disk' },
    })
    expect(source.events).toEqual([expect.objectContaining({ type: 'RESOLVE', key: 'disk' })])
    source.results('no-open-incident')
    expect((await send(`/api/v1/events/${source.key}`, event)).status).toBe(400)
  })

  it('takes any other JSON by the usual names', async ({ expect }) => {
    expect((await send(`/api/events/${source.key}`, EVENT)).status).toBe(202)
    expect(source.events).toEqual([expect.objectContaining({ type: 'ALERT', key: 'disk' })])
  })

  it('refuses Event JSON that is wrong by its field', async ({ expect }) => {
    expect(await send(`/api/events/${source.key}`, { eventType: 'ALERT', summary: '' })).toMatchObject({
      status: 400,
      answer: { field: 'summary' },
    })
  })
})
