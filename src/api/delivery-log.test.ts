import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { pruneDeliveryLog, recordAttempts, recordReceipt } from '../directory/delivery-log.ts'
import type { Message } from '../notifications/channels/channel.ts'
import type { Attempt } from '../notifications/send.ts'
import type { CarrierHealth } from './schemas/carrier-health.ts'
import type { DeliveryLog } from './schemas/delivery.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let admin: Client
let ann = 0
beforeAll(async () => {
  admin = await deployment()
  ann = (await admin.person('Ann')).id
  await recordAttempts(env, [tried('twilio', { sent: false, permanent: true, reason: 'There is no such number' })])
  await recordAttempts(env, [
    tried('vonage', { sent: true }, 7),
    tried('twilio', { sent: false, permanent: false, reason: 'busy' }),
  ])
  const about = { userId: 1, notificationId: 'n-9', incidentId: 7, channel: 'SMS' as const, target: '+4915112345001' }
  await recordReceipt(env, about, { outcome: 'delivered', provider: 'vonage', reason: null })
})

function tried(provider: string, result: Attempt['result'], incidentId: number | null = null) {
  const message: Message = {
    ...{ channel: 'SMS', to: '+4915112345678', text: '', notificationId: 'n-1' },
    incidentId,
    userId: ann,
  }
  return { message, attempts: [{ provider, result, durationMs: 120, device: null }] }
}

const listed = async (query = '') => (await admin.get<DeliveryLog>(`/delivery-log${query}`)).entries

describe('the delivery log', () => {
  it('says newest first what went where, masked, and what came of it', async () => {
    const entries = await listed()
    expect(entries.map(({ provider, outcome, reason }) => [provider, outcome, reason])).toEqual([
      ['vonage', 'DELIVERED', null],
      ['twilio', 'FAILED', 'busy'],
      ['vonage', 'SENT', null],
      ['twilio', 'REFUSED', 'There is no such number'],
    ])
    expect(entries[2]).toMatchObject({
      user: { id: ann, name: 'Ann Example' },
      incident: { id: 7, reference: '7', summary: '' },
      ...{ method: 'SMS', target: '…5678', durationMs: 120 },
    })
    expect(JSON.stringify(entries)).not.toContain('+49')
  })

  it.for([
    ['?user=1', 1],
    ['?method=EMAIL', 0],
    ['?provider=twilio', 2],
    ['?outcome=SENT', 1],
    ['?incident=7', 2],
    ['?text=SUCH%20number', 1],
    ['?text=%25', 0],
    ['?text=5001', 1],
    ['?from=2000-01-01T00:00:00Z', 4],
    ['?until=2000-01-01T00:00:00Z', 0],
    ['?provider=twilio&outcome=FAILED', 1],
  ] as const)('filtered by %s has %i', async ([query, count]) => {
    expect(await listed(query)).toHaveLength(count)
  })

  it('goes on page by page to its end', async () => {
    const first = await admin.get<DeliveryLog>('/delivery-log?max-results=3')
    expect(first.entries).toHaveLength(3)
    const rest = await admin.get<DeliveryLog>(`/delivery-log?max-results=3&before=${first.next}`)
    expect([rest.entries.length, rest.next]).toEqual([1, null])
  })

  it('refuses an incident and an outcome that do not exist', async () => {
    expect(await admin.refused('GET', '/delivery-log?incident=PROM-1')).toMatchObject({ code: 'NOT_FOUND' })
    expect(await admin.refused('GET', '/delivery-log?outcome=LOST')).toMatchObject({ field: 'outcome' })
  })

  it('is for administrators only', async () => {
    expect((await (await clientOf(ann)).refused('GET', '/delivery-log')).code).toBe('FORBIDDEN')
  })

  it('forgets what is 90 days old', async () => {
    await env.DB.prepare('UPDATE delivery_log SET at = ? WHERE id = 1')
      .bind(Date.now() - 91 * 86_400_000)
      .run()
    await pruneDeliveryLog(env, Date.now())
    expect(await listed()).toHaveLength(3)
    await pruneDeliveryLog(env, Date.now())
    expect(await listed()).toHaveLength(3)
  })

  it('forgets the oldest when there are too many', async () => {
    await env.DB.prepare(
      `INSERT INTO delivery_log (id, at, user_id, notification_id, channel, target, provider, outcome)
         VALUES (200003, ?, 1, 'n', 'SMS', '', 'vonage', 'sent')`,
    )
      .bind(Date.now())
      .run()
    await pruneDeliveryLog(env, Date.now())
    expect((await env.DB.prepare('SELECT id FROM delivery_log ORDER BY id').all()).results).toEqual([
      { id: 4 },
      { id: 200_003 },
    ])
    // What lies further back than one look is found with the next.
    const { entries, next } = await admin.get<DeliveryLog>('/delivery-log?outcome=DELIVERED')
    expect([entries, next]).toEqual([[], 150_004])
    const deeper = await admin.get<DeliveryLog>('/delivery-log?outcome=DELIVERED&before=50000')
    expect([deeper.entries.length, deeper.next]).toEqual([1, null])
  })
})

describe('the health of carriers', () => {
  it('names those that are set up and unused, and never those that are not', async () => {
    Object.assign(env, { RESEND_API_KEY: 'key of the tests', MAIL_FROM: 'tocsin@example.com' })
    const health = await admin.get<CarrierHealth[]>('/carriers/health')
    expect(health.filter(({ carrier }) => carrier === 'resend')).toMatchObject([
      { method: 'EMAIL', state: 'UNUSED', lastFailure: null, last24Hours: { sent: 0, failed: 0, undelivered: 0 } },
    ])
    expect(health.map(({ carrier }) => carrier)).not.toContain('twilio')
  })

  it('tells the last success and the last failure with its words', async () => {
    const message = { ...tried('resend', { sent: true }).message, channel: 'EMAIL', to: 'ann@example.com' } as Message
    const note = (result: Attempt['result']) =>
      recordAttempts(env, [{ message, attempts: [{ provider: 'resend', result, durationMs: 1, device: null }] }])
    const resend = async () =>
      (await admin.get<CarrierHealth[]>('/carriers/health')).find(({ carrier }) => carrier === 'resend')
    await note({ sent: true })
    await note({ sent: false, permanent: false, reason: 'the key is not valid' })
    expect(await resend()).toMatchObject({
      ...{ state: 'FAILING', failingSince: expect.any(String), lastSuccessAt: expect.any(String) },
      lastFailure: { reason: 'the key is not valid' },
      last24Hours: { sent: 1, failed: 1 },
    })
    await note({ sent: true })
    expect(await resend()).toMatchObject({ state: 'OK', failingSince: null, last24Hours: { sent: 2, failed: 1 } })
  })
})
