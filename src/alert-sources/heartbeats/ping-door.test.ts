import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, it } from 'vitest'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import { integrationKey } from '../integration-key.ts'
import type { Ping } from './heartbeat.ts'
import type { PingContext, PingResult } from './ping.ts'
import { pingDoor } from './ping-door.ts'

const RUN = '7d9a4e2c-1f0b-4c3a-9f7e-2b6a1c5d8e90'

let key: string
let pings: { ping: Ping; context: PingContext; source: string }[]
/** What the source answers; an error: it can't be reached. */
let result: PingResult | Error

beforeAll(async () => {
  key = await integrationKey(env.SECRET, 7, 3)
})
beforeEach(() => {
  pings = []
  result = { taken: true, state: 'HEALTHY' }
})

/** A source that only writes down its pings. */
const withSource = {
  SECRET: env.SECRET,
  ALERT_SOURCE: {
    getByName: (source: string) => ({
      async ping(ping: Ping, context: PingContext): Promise<PingResult> {
        pings.push({ ping, context, source })
        if (result instanceof Error) throw result
        return result
      },
    }),
  },
} as unknown as Env

async function send(method: string, path: string, init: RequestInit = {}) {
  return pingDoor.fetch(new Request(`https://tocsin.example.com${path}`, { method, ...init }), withSource)
}

describe.for(['/api/v1/heartbeats', '/api/heartbeats', '/api/pings'])('a ping as iLert takes it at %s', (path) => {
  it.for(['GET', 'POST', 'HEAD'])('counts by %s', async (method, { expect }) => {
    const response = await send(method, `${path}/${key}`, {
      headers: { accept: 'text/plain', 'user-agent': 'ilert-js' },
    })
    expect(response.status).toBe(202)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toBe(method === 'HEAD' ? '' : '{"responseCode":"PING_TAKEN","state":"HEALTHY"}')
    expect(pings).toMatchObject([
      {
        source: '7',
        ping: { kind: 'success', runId: null, exitCode: null, body: null, method, userAgent: 'ilert-js' },
        context: { keyGeneration: 3 },
      },
    ])
  })
})

describe('a ping as iLert takes it', () => {
  it('is refused with the reason', async ({ expect }) => {
    const answers: Record<string, unknown> = {}
    const refused = async (path: string) => {
      const response = await send('GET', path)
      const { code } = await response.json<{ code: string }>()
      answers[code] = [response.status, response.headers.get('retry-after')]
    }
    await refused(`/api/heartbeats/${key.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))}`)
    expect(pings).toEqual([])
    result = { taken: false, refusal: 'no-heartbeat' }
    await refused(`/api/heartbeats/${key}`)
    result = { taken: false, refusal: 'rate' }
    await refused(`/api/heartbeats/${key}`)
    result = new Error('the object can not be reached')
    await refused(`/api/heartbeats/${key}`)
    expect(answers).toEqual({
      KEY_ERROR: [403, null],
      NO_HEARTBEAT: [400, null],
      TOO_MANY_REQUESTS: [429, '60'],
      UNAVAILABLE: [503, '10'],
    })
  })
})

describe('a ping as Healthchecks takes it', () => {
  it.for([
    ['', 'success', null],
    ['/', 'success', null],
    ['/start', 'start', null],
    ['/fail', 'fail', null],
    ['/log', 'log', null],
    ['/0', 'success', 0],
    ['/1', 'fail', 1],
    ['/255', 'fail', 255],
  ] as const)('says by "%s" that it is a %s', async ([path, kind, exitCode], { expect }) => {
    const response = await send('POST', `/ping/${key.toUpperCase()}${path}`, { body: 'all files copied\n' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('OK')
    expect(response.headers.get('ping-body-limit')).toBe(String(LIMITS.pingBodyBytes))
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(pings).toMatchObject([{ ping: { kind, exitCode, runId: null, body: 'all files copied', method: 'POST' } }])
  })

  it('counts by HEAD, with no body in the answer', async ({ expect }) => {
    const response = await send('HEAD', `/ping/${key}/start?rid=${RUN.toUpperCase()}`)
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(pings).toMatchObject([{ ping: { kind: 'start', runId: RUN, method: 'HEAD' } }])
  })

  it.for([
    ['GET', '/256', 400, 'invalid url format'],
    ['GET', '/99999999999999999999', 400, 'invalid url format'],
    ['GET', '?rid=42', 400, 'invalid uuid format'],
    ['GET', '/nightly-backup', 404, 'slug'],
    ['POST', '/nightly-backup/start', 404, 'slug'],
    ['GET', '/-1', 404, 'slug'],
    ['DELETE', '', 405, 'method not allowed'],
    ['PUT', '/start', 405, 'method not allowed'],
  ] as const)('does not count by %s of "%s"', async ([method, path, status, words], { expect }) => {
    const response = await send(method, `/ping/${key}${path}`)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(words)
    expect(pings).toEqual([])
  })

  it('of an unknown key is not found', async ({ expect }) => {
    for (const path of ['/ping/8f0a', `/ping/${RUN}/start`, '/ping/']) {
      const response = await send('GET', path)
      expect([response.status, await response.text()]).toEqual([404, 'not found'])
    }
  })

  it.for([
    ['key', 404, 'not found'],
    ['no-heartbeat', 400, 'no heartbeat'],
    ['rate', 429, '60 pings a minute'],
  ] as const)('is refused for its %s', async ([refusal, status, words], { expect }) => {
    result = { taken: false, refusal }
    const response = await send('GET', `/ping/${key}`)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(words)
  })

  it('is not accepted while its source can not be reached', async ({ expect }) => {
    result = new Error('the object can not be reached')
    const response = await send('GET', `/ping/${key}`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10'])
  })
})

describe('the body of a ping', () => {
  it('is read no further than it is kept, and never refused', async ({ expect }) => {
    let chunks = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        chunks++
        controller.enqueue(new TextEncoder().encode('ä'.repeat(333)))
      },
    })
    expect((await send('POST', `/ping/${key}`, { body: endless })).status).toBe(200)
    expect(pings[0]?.ping.body).toBe('ä'.repeat(1000))
    expect(chunks).toBeLessThan(20)
  })

  it('may be anything', async ({ expect }) => {
    expect((await send('POST', `/ping/${key}`, { body: new Uint8Array([0, 255, 65, 0]) })).status).toBe(200)
    expect((await send('POST', `/ping/${key}`, { body: ' \n' })).status).toBe(200)
    expect(pings.map(({ ping }) => ping.body)).toEqual(['�A', null])
  })
})

describe('a ping as Opsgenie takes it', () => {
  it.for(['GET', 'POST', 'PUT', 'PATCH'])('counts by %s', async (method, { expect }) => {
    const headers = { authorization: `GenieKey ${key}` }
    const response = await send(method, '/v2/heartbeats/nightly%20backup/ping', { headers })
    expect(response.status).toBe(202)
    expect(await response.json()).toMatchObject({ result: 'PONG - Heartbeat received', requestId: expect.any(String) })
    expect(pings).toMatchObject([{ ping: { kind: 'success', method } }])
  })

  it('takes the key in the query, too', async ({ expect }) => {
    expect((await send('GET', `/v2/heartbeats/any/ping?apiKey=${key}`)).status).toBe(202)
    expect(pings).toHaveLength(1)
  })

  it('is answered so even where there is no such heartbeat', async ({ expect }) => {
    result = { taken: false, refusal: 'no-heartbeat' }
    expect((await send('GET', `/v2/heartbeats/any/ping?apiKey=${key}`)).status).toBe(202)
  })

  it.for([undefined, 'GenieKey wrong', 'Basic abc'])(
    'with the key "%s" is refused',
    async (authorization, { expect }) => {
      const response = await send('POST', '/v2/heartbeats/any/ping', {
        headers: authorization ? { authorization } : {},
      })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ message: expect.any(String), requestId: expect.any(String) })
      expect(pings).toEqual([])
    },
  )
})
