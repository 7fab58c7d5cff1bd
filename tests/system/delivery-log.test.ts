import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, inject, vi } from 'vitest'
import type { Delivery, DeliveryLog } from '../../src/api/schemas/delivery.ts'
import type { Health } from '../../src/api/schemas/health.ts'
import worker from '../../src/worker.ts'
import { DAY, MINUTE, standStill } from './harness/clock.ts'
import { settle, until } from './harness/settle.ts'
import { it, mail, sms, type Tocsin } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
  for (const name of ['TWILIO_API_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_FROM'])
    delete (env as unknown as Record<string, unknown>)[name]
})

/** The newest first, once there are so many. */
async function logged(tocsin: Tocsin, query: string, count: number): Promise<Delivery[]> {
  await settle()
  let entries: Delivery[] = []
  await until(async () => {
    entries = (await tocsin.api.get<DeliveryLog>(`/delivery-log${query}`)).entries
    return entries.length >= count
  }, `the log has ${count} entries for ${query}`)
  return entries
}

const health = async (tocsin: Tocsin) => {
  const headers = { Authorization: `Bearer ${tocsin.api.apiKey}` }
  return (await tocsin.api.raw('GET', '/api/v1/health', { headers })).json<Health>()
}

describe('what was sent', () => {
  it('is found by its incident, with every try', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), mail(30))
    await ann.moves('+15005550001')
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
    const incident = await source.alert('Disk full')
    await ann.getsMail('Disk full')
    await tocsin.listed('?states=PENDING', 1)
    const entries = await logged(tocsin, `?incident=${incident}`, 2)
    expect(entries).toMatchObject([
      {
        method: 'EMAIL',
        target: 'a…@example.com',
        outcome: 'SENT',
        incident: { reference: incident, summary: 'Disk full' },
      },
      { method: 'SMS', target: '…0001', outcome: 'REFUSED', reason: 'the number or address does not exist' },
    ])
  })

  it('keeps no page back when it can’t be written down', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
    vi.spyOn(Object.getPrototypeOf(env.DB.prepare('SELECT 1')), 'run').mockImplementation(() => {
      throw new Error('D1_ERROR: the database is on fire')
    })
    await source.alert('Disk full')
    await ann.getsSms('Disk full')
  })

  it('is forgotten by the watchdog after 90 days', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
    await source.alert('Disk full', { alertKey: 'disk' })
    await ann.getsSms('Disk full')
    await source.resolve('disk')
    await logged(tocsin, '?method=SMS', 1)
    await env.DB.prepare('UPDATE delivery_log SET at = at - ?')
      .bind(91 * DAY)
      .run()
    await worker.scheduled(createScheduledController({ scheduledTime: new Date() }), env)
    expect((await tocsin.api.get<DeliveryLog>('/delivery-log')).entries).toEqual([])
  })
})

describe('a carrier that takes nothing any more', () => {
  it('is told by the health page with its words, until it takes something again', async ({ tocsin, expect }) => {
    Object.assign(env, {
      ...{ TWILIO_API_URL: inject('carriers'), TWILIO_ACCOUNT_SID: 'AClog', TWILIO_FROM: '+4915199000000' },
    })
    const ann = await tocsin.user('Ann', sms(), mail(30))
    const token = env.TWILIO_AUTH_TOKEN
    Object.assign(env, { TWILIO_AUTH_TOKEN: 'of another account' })
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
    const check = async () => (await health(tocsin)).checks.find(({ name }) => name === 'carriers')
    for (const count of [1, 2, 3]) {
      expect(await check()).toMatchObject({ ok: true })
      await source.alert(`Disk ${count} full`, { alertKey: String(count) })
      await ann.getsMail(`Disk ${count} full`)
      await source.resolve(String(count))
      await logged(tocsin, '?provider=twilio', count)
      standStill(6 * MINUTE)
    }
    expect(await check()).toMatchObject({
      ...{ ok: false, since: '2040-01-04T09:00:00.000Z' },
      message: expect.stringContaining(
        'twilio has taken no SMS since 09:00 UTC: Twilio does not accept the credentials',
      ),
    })
    Object.assign(env, { TWILIO_AUTH_TOKEN: token })
    await source.alert('Disk 4 full', { alertKey: '4' })
    await logged(tocsin, '?provider=twilio&outcome=SENT', 1)
    await source.resolve('4')
    expect(await check()).toMatchObject({ ok: true })
  })
})
