import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, vi } from 'vitest'
import type { Health } from '../../src/api/schemas/health.ts'
import type { SelfTest } from '../../src/api/schemas/self-test.ts'
import worker from '../../src/worker.ts'
import { HOUR, MINUTE, standStill } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { it, sms, type TestUser, type Tocsin } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const watchdog = async () => {
  await worker.scheduled(createScheduledController({ scheduledTime: new Date() }), env)
  await settle()
}

/** A deployment that texts Ann each day at ten; it is nine. */
async function dailyTest(tocsin: Tocsin): Promise<TestUser> {
  const ann = await tocsin.user('Ann', sms())
  const contact = { id: ann.contacts.phone.id }
  await tocsin.api.put('/self-test', { user: { id: ann.id }, contact, method: 'SMS', hour: 10 })
  return ann
}

const resultOf = async (tocsin: Tocsin) => (await tocsin.api.get<SelfTest>('/self-test')).result

async function check(tocsin: Tocsin) {
  const response = await tocsin.api.raw('GET', '/api/v1/health', {
    headers: { Authorization: `Bearer ${tocsin.api.apiKey}` },
  })
  return (await response.json<Health>()).checks.find(({ name }) => name === 'self-test')
}

describe('the daily self-test', () => {
  it('goes out once a day at its hour, and says that there is nothing to do', async ({ tocsin, expect }) => {
    const ann = await dailyTest(tocsin)
    expect(await check(tocsin)).toMatchObject({ ok: true, message: expect.stringContaining('none ran yet') })
    standStill(HOUR - MINUTE)
    await watchdog()
    await tocsin.carrier.expectSilence()
    standStill(MINUTE)
    await watchdog()
    await ann.getsSms("Tocsin's daily test: nothing to do")
    expect(await resultOf(tocsin)).toMatchObject({ outcome: 'PENDING' })
    standStill(MINUTE)
    await watchdog()
    expect(await resultOf(tocsin)).toMatchObject({ outcome: 'SENT', reason: null })
    expect(await check(tocsin)).toMatchObject({ ok: true, message: expect.stringContaining('was sent') })
    standStill(24 * HOUR - MINUTE)
    await watchdog()
    await ann.getsSms('Messages of 2040-01-05')
  })

  it('goes out once when two rounds overlap', async ({ tocsin }) => {
    const ann = await dailyTest(tocsin)
    standStill(HOUR)
    await Promise.all([watchdog(), watchdog(), watchdog()])
    await ann.getsSms('daily test')
    await tocsin.carrier.expectSilence()
  })

  it('that was not handed over goes out with the next round', async ({ tocsin, expect }) => {
    const ann = await dailyTest(tocsin)
    standStill(HOUR)
    const lost = vi.spyOn(env.PAGER, 'getByName').mockImplementation(() => {
      throw new Error('the pager is not to be reached')
    })
    await worker.scheduled(createScheduledController({ scheduledTime: new Date() }), env)
    lost.mockRestore()
    await tocsin.carrier.expectSilence()
    expect(await resultOf(tocsin)).toMatchObject({ outcome: 'PENDING', reason: expect.stringContaining('pager') })
    standStill(MINUTE)
    await watchdog()
    await ann.getsSms('daily test')
  })

  it('that fails is told by the health page, until it was run again', async ({ tocsin, expect }) => {
    const ann = await dailyTest(tocsin)
    const number = ann.contacts.phone.target
    await ann.moves('+15005550001')
    standStill(HOUR)
    await watchdog()
    standStill(MINUTE)
    await watchdog()
    expect(await resultOf(tocsin)).toMatchObject({ outcome: 'FAILED', reason: 'the number or address does not exist' })
    expect(await check(tocsin)).toMatchObject({
      ok: false,
      message: expect.stringContaining('by SMS failed: the number or address does not exist'),
    })
    await ann.moves(number)
    await tocsin.api.post('/self-test/run')
    await ann.getsSms('daily test')
    standStill(MINUTE)
    await watchdog()
    expect(await check(tocsin)).toMatchObject({ ok: true })
  })

  it('that does not run any more is told', async ({ tocsin, expect }) => {
    await dailyTest(tocsin)
    standStill(26 * HOUR + MINUTE)
    expect(await check(tocsin)).toMatchObject({
      ok: false,
      message: expect.stringContaining('Check that the cron trigger'),
    })
  })

  it('whose contact is gone says so', async ({ tocsin, expect }) => {
    const ann = await dailyTest(tocsin)
    await tocsin.api.delete(`/users/${ann.id}/contacts/phone-numbers/${ann.contacts.phone.id}`)
    standStill(HOUR)
    await watchdog()
    expect(await resultOf(tocsin)).toMatchObject({ outcome: 'FAILED', reason: expect.stringContaining('was deleted') })
  })

  it('needs a contact that fits, and can be given up', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const body = { user: { id: ann.id }, contact: { id: ann.contacts.mailbox.id }, method: 'SMS', hour: 10 }
    expect(await tocsin.api.refused('PUT', '/self-test', body)).toMatchObject({ field: 'contact.id' })
    expect(await tocsin.api.refused('PUT', '/self-test', { ...body, user: { id: 99 } })).toMatchObject({
      field: 'user.id',
    })
    expect(await tocsin.api.refused('POST', '/self-test/run')).toMatchObject({ code: 'NOT_POSSIBLE' })
    await tocsin.api.put('/self-test', { ...body, method: 'EMAIL' })
    await tocsin.api.delete('/self-test')
    expect(await tocsin.api.get('/self-test')).toEqual({ settings: null, result: null })
    standStill(25 * HOUR)
    await watchdog()
    await tocsin.carrier.expectSilence()
  })
})
