import { beforeEach, describe, it } from 'vitest'
import { FakeSource, TOO_MANY } from './door.fixtures.ts'
import { opsgenieDoor } from './opsgenie.ts'

let source: FakeSource
beforeEach(async () => {
  source = await FakeSource.make()
})

async function send(method: string, path: string, body: unknown = undefined, headers?: Record<string, string>) {
  const response = await opsgenieDoor.request(
    `https://tocsin.example.com${path}`,
    {
      method,
      headers: headers ?? { Authorization: `GenieKey ${source.key}` },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    },
    source.env,
  )
  const answer = await response.json<{ requestId: string; took: number; message?: string; data?: unknown }>()
  return { status: response.status, headers: response.headers, answer }
}

const ALERT = { message: 'Disk full', alias: 'db-1/disk' }

describe('an alert', () => {
  it.for(['/v2/alerts', '/v2/alerts/', '/jsm/ops/integration/v2/alerts'])(
    'is created at %s',
    async (path, { expect }) => {
      expect(await send('POST', path, ALERT)).toMatchObject({ status: 202 })
      expect(source.events).toEqual([
        expect.objectContaining({ type: 'ALERT', key: 'db-1/disk', summary: 'Disk full' }),
      ])
    },
  )

  it('is answered as Opsgenie does, and may be asked for by the request', async ({ expect }) => {
    const created = await send('POST', '/v2/alerts', ALERT)
    expect(created.answer).toEqual({
      result: 'Request will be processed',
      took: expect.any(Number),
      requestId: expect.any(String),
    })
    expect(created.headers.get('X-Request-Id')).toBe(created.answer.requestId)
    expect(await send('GET', `/v2/alerts/requests/${created.answer.requestId}`)).toMatchObject({
      status: 200,
      answer: {
        data: {
          ...{ success: true, isSuccess: true, action: 'Create', status: 'Created alert' },
          ...{ alertId: 'db-1/disk', alias: 'db-1/disk' },
        },
      },
    })
    expect((await send('GET', '/v2/alerts/requests/never-given')).status).toBe(404)
  })

  it.for(['a'.repeat(5000), encodeURIComponent('ä/'.repeat(700))])(
    'of a long alias has a request that may be asked for: %.20s',
    async (alias, { expect }) => {
      const closed = await send('POST', `/v2/alerts/${alias}/close?identifierType=alias`)
      expect(closed.status).toBe(202)
      expect(closed.answer.requestId.length).toBeLessThan(4000)
      expect(await send('GET', `/v2/alerts/requests/${closed.answer.requestId}`)).toMatchObject({
        status: 200,
        answer: { data: { alias: source.events[0]?.key } },
      })
    },
  )

  it.for(['%0A', '%0D%0AX-Other:%201', '%20', '%00'])('has no request whose id has %s', async (more, { expect }) => {
    const { answer } = await send('POST', '/v2/alerts', ALERT)
    expect((await send('GET', `/v2/alerts/requests/${answer.requestId}${more}`)).status).toBe(404)
  })

  it('without an alias is found by the id that the request tells', async ({ expect }) => {
    const { answer } = await send('POST', '/v2/alerts', { message: 'Disk full' })
    const { answer: status } = await send('GET', `/v2/alerts/requests/${answer.requestId}`)
    const { alertId } = status.data as { alertId: string }
    expect(alertId).toBe(source.events[0]?.key)
    await send('POST', `/v2/alerts/${alertId}/close`)
    expect(source.events).toEqual([expect.objectContaining({ type: 'RESOLVE', key: alertId })])
  })

  it.for(['/v2/alerts', '/jsm/ops/integration/v2/alerts'])(
    'is closed by its alias below %s',
    async (base, { expect }) => {
      const path = `${base}/db-1%2Fdisk/close?identifierType=alias`
      expect(await send('POST', path, { source: 'Alertmanager' })).toMatchObject({
        status: 202,
        answer: { result: 'Request will be processed' },
      })
      expect(source.events).toEqual([expect.objectContaining({ type: 'RESOLVE', key: 'db-1/disk' })])
    },
  )

  it('that is not open is closed with 202 all the same, and the request says that nothing was done', async ({
    expect,
  }) => {
    source.results('no-open-incident')
    const closed = await send('POST', '/v2/alerts/x/close?identifierType=alias')
    expect(closed.status).toBe(202)
    expect(await send('GET', `/v2/alerts/requests/${closed.answer.requestId}`)).toMatchObject({
      answer: {
        data: { isSuccess: false, action: 'Close', alertId: '', status: 'There is no open alert with this alias' },
      },
    })
  })

  it('that is queued is not said to be processed', async ({ expect }) => {
    source.results('queued')
    const { answer } = await send('POST', '/v2/alerts', ALERT)
    expect((await send('GET', `/v2/alerts/requests/${answer.requestId}`)).status).toBe(404)
  })

  it('is not snoozed by a request, which is only noted', async ({ expect }) => {
    expect((await send('POST', '/v2/alerts/disk/snooze?identifierType=alias', { endTime: 'later' })).status).toBe(202)
    expect(source.events).toEqual([
      expect.objectContaining({ type: 'COMMENT', key: 'disk', summary: expect.stringContaining('only noted') }),
    ])
  })
})

describe('a request', () => {
  it('needs a good key, in the header or the query', async ({ expect }) => {
    const wrong: Record<string, string>[] = [
      {},
      { Authorization: 'GenieKey 00000000-0000-4000-8000-000000000000' },
      { Authorization: 'Basic abc' },
    ]
    for (const headers of wrong) {
      expect(await send('POST', '/v2/alerts', ALERT, headers)).toMatchObject({
        status: 401,
        answer: { message: expect.stringContaining('authenticate'), requestId: expect.any(String) },
      })
      expect((await send('GET', '/v2/alerts/disk', undefined, headers)).status).toBe(401)
    }
    expect((await send('POST', `/v2/alerts?apiKey=${source.key}`, ALERT, {})).status).toBe(202)
  })

  it('is refused with the fields that are wrong', async ({ expect }) => {
    expect(await send('POST', '/v2/alerts', { message: 'x'.repeat(131) })).toMatchObject({
      status: 422,
      answer: { errors: { message: 'can not be longer than 130 characters' }, requestId: expect.any(String) },
    })
    expect((await send('POST', '/v2/alerts', '{')).status).toBe(400)
    expect(await send('POST', '/v2/alerts/x/close?identifierType=name')).toMatchObject({
      status: 422,
      answer: { errors: { identifierType: expect.any(String) } },
    })
    expect(source.deliveries).toEqual([])
  })

  it('that is too many is throttled', async ({ expect }) => {
    source.answers(TOO_MANY)
    const { status, headers } = await send('POST', '/v2/alerts', ALERT)
    expect([status, headers.get('Retry-After'), headers.get('X-RateLimit-State')]).toEqual([429, '20', 'THROTTLED'])
  })

  it('for what is not served says so', async ({ expect }) => {
    expect((await send('GET', '/v2/alerts')).status).toBe(404)
    expect((await send('POST', '/v2/alerts/x/explode')).status).toBe(404)
  })
})
