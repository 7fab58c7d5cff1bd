import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, it } from 'vitest'
import { incidentId } from '../incidents/reference.ts'
import type { IncidentSnapshot } from '../incidents/snapshot.ts'
import { database } from './database.ts'
import { saveDeadLetters } from './dead-letters.ts'
import { health } from './health.ts'
import {
  countIncidents,
  countOpenBySource,
  isOpen,
  listIncidents,
  openNewestFirst,
  overdueIncidents,
  saveSnapshots,
} from './incidents.ts'
import { incidents } from './schema.ts'

const NOW = Date.parse('2040-01-01T00:00:00Z')

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
})

function snapshot(number: number, fields: Partial<IncidentSnapshot> = {}): IncidentSnapshot {
  return {
    ...{
      id: incidentId(1, number),
      reference: `WEB-${number}`,
      version: 1,
      status: 'PENDING',
      priority: 'HIGH',
      severity: null,
    },
    ...{ summary: 'Disk full', incidentKey: null, sourceId: 1, sourceName: 'Web', policyId: 1, policyName: 'Web' },
    ...{ assignedToId: null, assignedToName: null, responderIds: [1], eventCount: 1, reportedAt: NOW + number },
    ...{ acceptedAt: null, resolvedAt: null, nextEscalationAt: null, nextDeadlineAt: null },
    ...fields,
  }
}

const all = () => listIncidents(env, {}, { startIndex: 0, maxResults: 100, byState: false })

describe('the read model', () => {
  it('keeps the newest version, in whatever order and however often they come', async ({ expect }) => {
    const accepted = snapshot(1, { version: 3, status: 'ACCEPTED', acceptedAt: NOW + 5 })
    await saveSnapshots(env, [snapshot(1), accepted, snapshot(1, { version: 2 })])
    await saveSnapshots(env, [snapshot(1, { version: 2 })])
    await saveSnapshots(env, [accepted, accepted])
    await saveSnapshots(env, [])
    expect(await all()).toEqual([
      expect.objectContaining({ version: 3, status: 'ACCEPTED', acceptedAt: new Date(NOW + 5) }),
    ])
  })

  it('takes a whole batch of the queue', async ({ expect }) => {
    await saveSnapshots(
      env,
      Array.from({ length: 100 }, (_, n) => snapshot(n + 1)),
    )
    expect(await countIncidents(env, {})).toBe(100)
    expect(await countIncidents(env, { sources: [2] })).toBe(0)
    expect((await all())[0]?.reference).toBe('WEB-100')
  })

  it('tells apart the sources whose numbers are next to each other', async ({ expect }) => {
    const last = 2 ** 32 - 1
    await saveSnapshots(env, [
      snapshot(last),
      { ...snapshot(1), id: incidentId(2, 1), sourceId: 2, status: 'ACCEPTED' },
    ])
    expect(await countIncidents(env, { sources: [1] })).toBe(1)
    expect(await countOpenBySource(env)).toEqual(
      new Map([
        [1, { pending: 1, accepted: 0 }],
        [2, { pending: 0, accepted: 1 }],
      ]),
    )
  })

  it('pages through what is open first, newest first, without a gap', async ({ expect }) => {
    const states = [
      'RESOLVED',
      'PENDING',
      'ACCEPTED',
      'RESOLVED',
      'PENDING',
      'RESOLVED',
      'ACCEPTED',
      'PENDING',
    ] as const
    await saveSnapshots(
      env,
      states.map((status, index) => snapshot(index + 1, { status })),
    )
    const page = async (startIndex: number, maxResults: number, query = {}) =>
      (await listIncidents(env, query, { startIndex, maxResults, byState: true })).map(({ reference }) => reference)
    const whole = ['WEB-8', 'WEB-5', 'WEB-2', 'WEB-7', 'WEB-3', 'WEB-6', 'WEB-4', 'WEB-1']
    expect(await page(0, 100)).toEqual(whole)
    for (let start = 0; start < 9; start++) expect(await page(start, 3)).toEqual(whole.slice(start, start + 3))
    expect(await page(1, 2, { states: ['PENDING', 'RESOLVED'] })).toEqual(['WEB-5', 'WEB-2'])
    expect(await page(2, 2, { states: ['PENDING', 'RESOLVED'] })).toEqual(['WEB-2', 'WEB-6'])
    expect(await page(0, 9, { states: ['RESOLVED'] })).toEqual(['WEB-6', 'WEB-4', 'WEB-1'])
  })

  it('knows what is overdue, the most overdue first', async ({ expect }) => {
    await saveSnapshots(env, [
      snapshot(1, { nextDeadlineAt: NOW - 10 }),
      snapshot(2, { nextDeadlineAt: NOW - 20, status: 'ACCEPTED' }),
      snapshot(3, { nextDeadlineAt: NOW }),
      snapshot(4),
      snapshot(5, { nextDeadlineAt: NOW - 30, status: 'RESOLVED' }),
    ])
    expect(await overdueIncidents(env, NOW, 10)).toEqual([incidentId(1, 2), incidentId(1, 1)])
    expect(await overdueIncidents(env, NOW, 1)).toEqual([incidentId(1, 2)])
  })

  it('finds open incidents by their index, however many are resolved', async ({ expect }) => {
    const plan = async (sql: string) => {
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`).all<{ detail: string }>()
      return results.map(({ detail }) => detail).join('; ')
    }
    expect(
      await plan(`SELECT id FROM incidents WHERE "incidents"."status" <> 'RESOLVED' AND next_deadline_at < 5`),
    ).toContain('incidents_open')
    expect(await plan('SELECT * FROM incidents ORDER BY reported_at DESC, id DESC LIMIT 50')).toContain(
      'incidents_reported',
    )
    const openOnes = database(env)
      .select()
      .from(incidents)
      .where(isOpen)
      .orderBy(...openNewestFirst)
      .toSQL().sql
    expect(await plan(openOnes)).toContain('incidents_open')
  })
})

describe('health', () => {
  const failing = async () => (await health(env, NOW)).checks.filter(({ ok }) => !ok)

  it('is well when nothing waits', async ({ expect }) => {
    expect(await health(env, NOW)).toMatchObject({ status: 'OK' })
    await saveSnapshots(env, [snapshot(1, { nextDeadlineAt: NOW - 60_000 })])
    expect(await failing()).toEqual([])
  })

  it('names overdue incidents', async ({ expect }) => {
    await saveSnapshots(env, [snapshot(1, { nextDeadlineAt: NOW - 200_000 })])
    expect(await failing()).toEqual([
      expect.objectContaining({ name: 'overdue incidents', count: 1, message: expect.stringContaining('cron') }),
    ])
    expect((await health(env, NOW)).status).toBe('DEGRADED')
  })

  it('names configuration that objects have not taken', async ({ expect }) => {
    await env.DB.prepare(
      `INSERT INTO pending_publications (object, object_id, since, attempts, last_error, revision) VALUES ('pager', 1, ?, 3, 'no answer', 1)`,
    )
      .bind(NOW - 300_000)
      .run()
    expect(await failing()).toEqual([
      expect.objectContaining({ name: 'configuration', count: 1, message: expect.stringContaining('no answer') }),
    ])
  })

  it('names messages that were given up, once each and for a day', async ({ expect }) => {
    const message = { id: 'm1', body: { sourceId: 1 }, timestamp: new Date(), attempts: 1, ack() {}, retry() {} }
    const batch = {
      queue: 'tocsin-dead-letters',
      messages: [message, message],
      ackAll() {},
      retryAll() {},
      metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    }
    await saveDeadLetters(env, batch)
    await saveDeadLetters(env, batch)
    const deadLetters = async (at: number) => (await health(env, at)).checks.find(({ name }) => name === 'dead letters')
    expect(await deadLetters(Date.now())).toMatchObject({ ok: false, count: 1 })
    expect(await deadLetters(Date.now() + 90_000_000)).toMatchObject({ ok: true, count: 0 })
  })

  it('says so when the database is gone', async ({ expect }) => {
    await env.DB.prepare('DROP TABLE incidents').run()
    expect(await failing()).toEqual([
      expect.objectContaining({ name: 'database', message: expect.stringContaining('D1') }),
    ])
  })
})
