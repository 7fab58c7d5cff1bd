import { createScheduledController, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, vi } from 'vitest'
import type { Health } from '../../src/api/schemas/health.ts'
import worker from '../../src/worker.ts'
import { MINUTE, standStill } from './harness/clock.ts'
import { it, mail, sms } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** D1 fails for everybody until the test is over. */
function breakD1() {
  const failing = () => {
    throw new Error('D1_ERROR: the database is on fire')
  }
  const prepare = vi.spyOn(env.DB, 'prepare').mockImplementation(failing)
  const batch = vi.spyOn(env.DB, 'batch').mockImplementation(failing)
  return () => {
    prepare.mockRestore()
    batch.mockRestore()
  }
}

describe('with D1 failing', () => {
  it('events open incidents, people are paged from the last known configuration, and their answers count', async ({
    tocsin,
    expect,
  }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', mail())
    const web = await tocsin.source(await tocsin.policy([[ann], [ben]]))
    const mend = breakD1()
    const incident = await web.alert('Disk full', { alertKey: 'disk' })
    await ann.getsSms('Disk full')
    await tocsin.pass(5 * MINUTE)
    await (await ben.getsMail('Disk full')).follow('accept', 'Accepted')
    mend()
    expect((await tocsin.incident(incident)).status).toBe('ACCEPTED')
    // The read model catches up with what it missed.
    await tocsin.listed('?states=ACCEPTED', 1)
  })
})

describe('when an alert source cannot be reached', () => {
  it('its events wait in the queue and are accepted all the same', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    const unreachable = vi.spyOn(env.ALERT_SOURCE, 'getByName').mockImplementation(() => {
      throw new Error('the object is not reachable')
    })
    expect(await web.event({ eventType: 'ALERT', summary: 'Disk full' })).toMatchObject({
      responseCode: 'EVENT_QUEUED',
    })
    unreachable.mockRestore()
    await expect
      .poll(() => env.DB.prepare('SELECT COUNT(*) AS n FROM incidents').first('n'), { timeout: 10_000 })
      .toBe(1)
    await ann.getsSms('Disk full')
  })

  it('and the queue fails too, the sender is told to try again', async ({ tocsin, expect }) => {
    const web = await tocsin.source(await tocsin.policy([[]]))
    const broken = () => {
      throw new Error('not reachable')
    }
    const mocks = [
      vi.spyOn(env.ALERT_SOURCE, 'getByName').mockImplementation(broken),
      vi.spyOn(env.EVENTS, 'sendBatch').mockImplementation(broken),
    ]
    const response = await web.send('/api/events', {
      integrationKey: web.source.integrationKey,
      eventType: 'ALERT',
      summary: 'a',
    })
    for (const mock of mocks) mock.mockRestore()
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('10')
  })
})

describe('the watchdog', () => {
  it('pokes an incident whose alarm was lost', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const web = await tocsin.source(await tocsin.policy([[ann], [ben]]))
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.listed('', 1)
    const { id } = await tocsin.incident(incident)
    await runInDurableObject(env.INCIDENT.getByName(String(id)) as DurableObjectStub, (_, state) =>
      state.storage.deleteAlarm(),
    )
    standStill(10 * MINUTE)
    const Authorization = `Bearer ${tocsin.api.apiKey}`
    const answer = await tocsin.api.raw('GET', '/api/v1/health', { headers: { Authorization } })
    expect(answer.status).toBe(503)
    const { checks } = await answer.json<Health>()
    expect(checks.filter(({ ok }) => !ok)).toEqual([expect.objectContaining({ count: 1 })])

    await worker.scheduled(createScheduledController({ scheduledTime: new Date() }), env)
    await ben.getsSms('Disk full')
  })

  it('mends what a queue lost on its way into the lists', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    const lost = vi
      .spyOn(env.PROJECTIONS, 'send')
      .mockResolvedValue({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } })
    await web.alert('Disk full')
    await (await ann.getsSms('Disk full')).reply('1a', 'Accepted')
    lost.mockRestore()
    await tocsin.listed('', 0)
    await worker.scheduled(createScheduledController({ scheduledTime: new Date() }), env)
    await tocsin.listed('?states=ACCEPTED', 1)
  })
})
