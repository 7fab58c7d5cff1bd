import { env } from 'cloudflare:workers'
import { afterEach, describe, inject, vi } from 'vitest'
import type { DeliveryLog } from '../../src/api/schemas/delivery.ts'
import type { Health } from '../../src/api/schemas/health.ts'
import { HOUR } from './harness/clock.ts'
import { call, it, mail, sms, type Tocsin } from './harness/tocsin.ts'

const VARIABLES = ['SMS_PER_USER_HOUR', 'CALLS_PER_USER_HOUR', 'SMS_PER_DAY', 'PHONE_COUNTRIES']
afterEach(() => {
  for (const name of VARIABLES) delete (env as unknown as Record<string, unknown>)[name]
  vi.restoreAllMocks()
})

const capsCheck = async (tocsin: Tocsin) => {
  const response = await tocsin.api.raw('GET', '/api/v1/health', {
    headers: { Authorization: `Bearer ${tocsin.api.apiKey}` },
  })
  return (await response.json<Health>()).checks.find(({ name }) => name === 'caps')
}

/** Ann is texted, and mailed half an hour later; she has the text's cap used up by a first incident. */
async function annAtHerCap(tocsin: Tocsin) {
  Object.assign(env, { SMS_PER_USER_HOUR: '1' })
  const ann = await tocsin.user('Ann', sms(), mail(30))
  const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
  await source.alert('Disk full', { alertKey: 'first' })
  await ann.getsSms('Disk full')
  await source.resolve('first')
  return { ann, source }
}

describe('a cap on texts', () => {
  it('once reached, has the next step go out at once, and everybody who should know knows', async ({
    tocsin,
    expect,
  }) => {
    const { ann, source } = await annAtHerCap(tocsin)
    expect(await capsCheck(tocsin)).toMatchObject({ ok: true })
    const incident = await source.alert('Database down')

    await ann.getsMail('Database down')
    const reason = 'the cap of 1 text an hour for one user is reached: no more until 10:00 UTC (SMS_PER_USER_HOUR)'
    expect((await tocsin.timeline(incident)).join('\n')).toContain(reason)
    expect(await capsCheck(tocsin)).toMatchObject({
      ok: false,
      message: expect.stringContaining('Ann Example: the cap'),
    })
    const { entries } = await tocsin.api.get<DeliveryLog>(`/delivery-log?provider=cap&incident=${incident}`)
    expect(entries).toMatchObject([{ outcome: 'REFUSED', reason, user: { name: 'Ann Example' } }])

    const told = await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'A cap on texts or calls was reached')
    expect(told.message.text).toContain('Ann Example: the cap of 1 text an hour')
    // And not once more that day.
    await source.alert('Network down', { alertKey: 'second' })
    await ann.getsMail('Network down')
  })

  it('counts anew with the next hour, and leaves calls and other people alone', async ({ tocsin }) => {
    const { ann, source } = await annAtHerCap(tocsin)
    await ann.prefer(call())
    const ben = await tocsin.user('Ben', sms())
    const second = await tocsin.source(await tocsin.policy([[ben]], { timeouts: [120] }))
    await second.alert('Queue stuck', { alertKey: 'ben' })
    await ben.getsSms('Queue stuck')
    await source.alert('Router down', { alertKey: 'router' })
    await ann.getsCall('Router down')
    await ann.getsMail('Router down')
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'A cap on texts')
    await source.resolve('router')
    await second.resolve('ben')
    await tocsin.pass(HOUR)
    await source.alert('Disk full again')
    await ann.getsSms('Disk full again')
    await ann.getsCall('Disk full again')
  })

  it('holds for the whole deployment too', async ({ tocsin, expect }) => {
    Object.assign(env, { SMS_PER_DAY: '1' })
    const ann = await tocsin.user('Ann', sms(), mail(30))
    const ben = await tocsin.user('Ben', sms(), mail(30))
    const first = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
    const second = await tocsin.source(await tocsin.policy([[ben]], { timeouts: [120] }))
    await first.alert('Disk full', { alertKey: 'first' })
    await ann.getsSms('Disk full')
    await first.resolve('first')
    const incident = await second.alert('Database down')
    await ben.getsMail('Database down')
    expect((await tocsin.timeline(incident)).join('\n')).toContain('no more until 00:00 UTC (SMS_PER_DAY)')
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'A cap on texts or calls was reached')
  })

  it('that can’t be asked for keeps no page back', async ({ tocsin }) => {
    const { ann, source } = await annAtHerCap(tocsin)
    vi.spyOn(env.MESSAGE_BUDGET, 'getByName').mockImplementation(() => {
      throw new Error('the object is not to be reached')
    })
    await source.alert('Database down')
    await ann.getsSms('Database down')
  })

  it('is not used up by texts that the carrier refused', async ({ tocsin }) => {
    Object.assign(env, { SMS_PER_USER_HOUR: '1' })
    const ann = await tocsin.user('Ann', sms(), mail(30))
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
    const number = ann.contacts.phone.target
    await ann.moves('+15005550001')
    await source.alert('Disk full', { alertKey: 'first' })
    await ann.getsMail('Disk full')
    await source.resolve('first')
    await ann.moves(number)
    await source.alert('Database down')
    await ann.getsSms('Database down')
  })
})

describe('real carriers', () => {
  it('have caps without anybody setting them', async ({ tocsin, expect }) => {
    Object.assign(env, {
      ...{ TWILIO_API_URL: inject('carriers'), TWILIO_ACCOUNT_SID: 'ACcaps', TWILIO_FROM: '+4915199000000' },
    })
    try {
      const asked = vi.spyOn(env.MESSAGE_BUDGET, 'getByName')
      const ann = await tocsin.user('Ann', sms(), mail(30))
      const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
      await source.alert('Disk full', { alertKey: 'disk' })
      await source.resolve('disk')
      expect(asked).toHaveBeenCalledWith('deployment')
    } finally {
      for (const name of ['TWILIO_API_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_FROM'])
        delete (env as unknown as Record<string, unknown>)[name]
    }
  })
})

describe('a list of countries', () => {
  it('refuses other numbers where they are entered, in words', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    Object.assign(env, { PHONE_COUNTRIES: 'DE,AT' })
    const path = `/users/${ann.id}/contacts/phone-numbers`
    expect(await tocsin.api.refused('POST', path, { target: '+33 6 12 34 56 78' })).toMatchObject({
      ...{ status: 400, field: 'target' },
      message: expect.stringContaining('numbers of DE, AT only'),
    })
    expect(
      await tocsin.api.refused('PUT', `${path}/${ann.contacts.phone.id}`, { target: '+33612345678' }),
    ).toMatchObject({ field: 'target' })
    await tocsin.api.post(path, { target: '+49 151 98765432' })
  })

  it('keeps texts from numbers that were there before, and the next step goes out at once', async ({
    tocsin,
    expect,
  }) => {
    const ann = await tocsin.user('Ann', sms(), mail(30))
    Object.assign(env, { PHONE_COUNTRIES: 'CH' })
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
    const incident = await source.alert('Disk full')
    await ann.getsMail('Disk full')
    expect((await tocsin.timeline(incident)).join('\n')).toContain('numbers of CH only, and it is a number of DE')
  })
})
