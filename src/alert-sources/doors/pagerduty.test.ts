import { beforeEach, describe, it } from 'vitest'
import { FakeSource, TOO_MANY, unreachable } from './door.fixtures.ts'
import { pagerDutyDoor } from './pagerduty.ts'

let source: FakeSource
beforeEach(async () => {
  source = await FakeSource.make()
})

async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const init = { method: 'POST', headers, body: text }
  const response = await pagerDutyDoor.request(`https://tocsin.example.com${path}`, init, source.env)
  return { status: response.status, retryAfter: response.headers.get('Retry-After'), answer: await response.json() }
}

const payload = { summary: 'Disk full', source: 'db-1', severity: 'critical' }
const trigger = () => ({ routing_key: source.key, event_action: 'trigger', dedup_key: 'disk', payload })
const triggerV1 = () => ({ service_key: source.key, event_type: 'trigger', incident_key: 'disk', description: 'Full' })
const V1 = '/generic/2010-04-15/create_event.json'

describe('/v2/enqueue', () => {
  it.for(['trigger', 'acknowledge', 'resolve'])(
    'answers %s with 202, success and the key',
    async (action, { expect }) => {
      expect(await send('/v2/enqueue', { ...trigger(), event_action: action })).toMatchObject({
        status: 202,
        answer: { status: 'success', message: 'Event processed', dedup_key: 'disk' },
      })
    },
  )

  it('answers so whatever became of the event: what is unknown is dropped', async ({ expect }) => {
    for (const outcome of ['no-open-incident', 'already-accepted', 'dropped', 'queued'] as const) {
      source.results(outcome)
      expect((await send('/v2/enqueue', { ...trigger(), event_action: 'resolve' })).status).toBe(202)
    }
  })

  it('uses the key that it gives to a trigger without one', async ({ expect }) => {
    const { answer } = await send('/v2/enqueue', { ...trigger(), dedup_key: '' })
    expect(answer).toMatchObject({ dedup_key: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(source.events[0]?.key).toBe((answer as { dedup_key: string }).dedup_key)
  })

  it('gives a trigger that comes again by its idempotency key the same key', async ({ expect }) => {
    const keyOf = async (path: string, body: object, idempotencyKey: string) => {
      await send(path, body, { 'Idempotency-Key': idempotencyKey })
      return source.events[0]?.key
    }
    const withoutKey = { ...trigger(), dedup_key: undefined }
    const key = await keyOf('/v2/enqueue', withoutKey, 'delivery-1')
    expect(key).toMatch(/^[0-9a-f]{32}$/)
    expect(await keyOf('/v2/enqueue', withoutKey, ' delivery-1')).toBe(key)
    expect(await keyOf('/v2/enqueue', withoutKey, 'delivery-2')).not.toBe(key)
    expect(await keyOf('/v2/enqueue', withoutKey, ' ')).not.toBe(await keyOf('/v2/enqueue', withoutKey, ' '))
    expect(await keyOf('/v2/enqueue', trigger(), 'delivery-1')).toBe('disk')
    expect(await keyOf(V1, { ...triggerV1(), incident_key: null }, 'delivery-1')).toBe(key)
  })

  it('refuses a routing key as PagerDuty does', async ({ expect }) => {
    expect(await send('/v2/enqueue', { ...trigger(), routing_key: 'magicalbadgers' })).toMatchObject({
      status: 400,
      answer: {
        status: 'invalid event',
        message: 'Event object is invalid',
        errors: ["Length of 'routing_key' is incorrect (should be 32 characters)"],
      },
    })
    expect(await send('/v2/enqueue', { ...trigger(), routing_key: 'a'.repeat(32) })).toMatchObject({
      status: 400,
      answer: { status: 'invalid event', errors: [expect.stringContaining('integration key')] },
    })
    expect(source.deliveries).toEqual([])
  })

  it('refuses what is wrong or no JSON', async ({ expect }) => {
    expect(await send('/v2/enqueue', { ...trigger(), payload: { ...payload, summary: '' } })).toMatchObject({
      status: 400,
      answer: { status: 'invalid event', errors: ["'payload.summary' is missing or blank"] },
    })
    expect(await send('/v2/enqueue', '{"routing_key"')).toMatchObject({
      status: 400,
      answer: {
        ...{ status: 'Unrecognized object', message: 'Event object format is unrecognized' },
        errors: [expect.stringContaining('JSON parse error')],
      },
    })
  })

  it('says 429 where too much comes, 503 where it can not be kept, 413 where it is too large', async ({ expect }) => {
    source.answers(TOO_MANY)
    expect(await send('/v2/enqueue', trigger())).toMatchObject({ status: 429, retryAfter: '20' })
    source.answers(unreachable)
    expect(await send('/v2/enqueue', trigger())).toMatchObject({
      ...{ status: 503, retryAfter: '10' },
      answer: { errors: [expect.stringContaining('Send it again')] },
    })
    expect((await send('/v2/enqueue', 'x'.repeat(600_000))).status).toBe(413)
  })
})

describe('version 1', () => {
  it('answers 200 with the incident key', async ({ expect }) => {
    expect(await send(V1, triggerV1())).toMatchObject({
      status: 200,
      answer: { status: 'success', message: 'Event processed', incident_key: 'disk' },
    })
  })

  it('says 403 where too much comes', async ({ expect }) => {
    source.answers(TOO_MANY)
    expect(await send(V1, triggerV1())).toMatchObject({ status: 403, retryAfter: '20' })
  })

  it('refuses a wrong key with 400, for its clients would try again on 403', async ({ expect }) => {
    expect((await send(V1, { ...triggerV1(), service_key: 'a'.repeat(32) })).status).toBe(400)
    expect(await send(V1, { ...triggerV1(), service_key: '' })).toMatchObject({
      status: 400,
      answer: { errors: ["'service_key' is missing or blank"] },
    })
  })
})

describe('/v2/change/enqueue', () => {
  it('records the change and opens nothing', async ({ expect }) => {
    const change = { routing_key: source.key, payload: { summary: 'Deployed 1.2.3' } }
    expect(await send('/v2/change/enqueue', change)).toMatchObject({ status: 202, answer: { status: 'success' } })
    expect(source.deliveries).toEqual([expect.objectContaining({ way: 'change', summary: 'Deployed 1.2.3' })])
    expect((await send('/v2/change/enqueue', { routing_key: source.key })).status).toBe(400)
  })
})
