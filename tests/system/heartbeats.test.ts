import { describe } from 'vitest'
import type { Heartbeat } from '../../src/api/schemas/heartbeat.ts'
import { DAY, HOUR, jumpTo, MINUTE, SECOND } from './harness/clock.ts'
import { WrittenRows } from './harness/rows.ts'
import { settle } from './harness/settle.ts'
import { it, sms, type TestSource, type TestUser, type Tocsin } from './harness/tocsin.ts'

interface Job {
  ann: TestUser
  source: TestSource
  /** As a Healthchecks client pings: '' for a success, '/start', '/3'. */
  ping: (path?: string, body?: string) => Promise<void>
  heartbeat: () => Promise<Heartbeat>
}

/** A heartbeat source that pages Ann; every 5 minutes unless told otherwise, with a minute of grace. */
async function aJob(tocsin: Tocsin, heartbeat: object = { intervalSec: 300, graceSec: 60 }): Promise<Job> {
  const ann = await tocsin.user('Ann', sms())
  const policy = await tocsin.policy([[ann]], { timeouts: [60] })
  const source = await tocsin.source(policy, { name: 'Backup', integrationType: 'HEARTBEAT', heartbeat } as object)
  const { id, integrationKey } = source.source
  return {
    ann,
    source,
    async ping(path = '', body) {
      const response = await tocsin.api.raw('POST', `/ping/${integrationKey}${path}`, body ? { body } : {})
      if (response.status !== 200) throw new Error(`The ping was answered ${response.status}: ${await response.text()}`)
      await settle()
    },
    heartbeat: () => tocsin.api.get(`/alert-sources/${id}/heartbeat`),
  }
}

describe('a heartbeat', () => {
  it('is not waited for before its first ping', async ({ tocsin, expect }) => {
    const job = await aJob(tocsin)
    expect(await job.heartbeat()).toMatchObject({ state: 'UNKNOWN', lastPingAt: null, dueAt: null, pings: [] })
    await tocsin.pass(3 * DAY)
    await tocsin.carrier.expectSilence()
    expect(await job.heartbeat()).toMatchObject({ state: 'UNKNOWN' })
  })

  it('that is late opens one incident exactly when it is due, and the next ping resolves it', async ({
    tocsin,
    expect,
  }) => {
    const job = await aJob(tocsin)
    await job.ping()
    expect(await job.heartbeat()).toMatchObject({ state: 'HEALTHY', dueAt: '2040-01-04T09:06:00.000Z' })
    await tocsin.pass(6 * MINUTE - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await job.ann.getsSms('Backup did not report')
    const [incident] = await tocsin.listed('?states=PENDING', 1)
    await tocsin.pass(50 * MINUTE)
    expect(await job.heartbeat()).toMatchObject({ state: 'OVERDUE' })

    await job.ping()
    expect(await tocsin.incident(incident?.reference ?? '')).toMatchObject({ status: 'RESOLVED' })
    expect(await job.heartbeat()).toMatchObject({ state: 'HEALTHY' })
    await tocsin.listed('', 1)
    await tocsin.carrier.ignore()
  })

  it('that reports in time, for hours, opens nothing', async ({ tocsin }) => {
    const job = await aJob(tocsin)
    for (let count = 0; count < 30; count++) {
      await job.ping()
      await tocsin.pass(5 * MINUTE + 30 * SECOND)
    }
    await tocsin.carrier.expectSilence()
    await job.ping()
  })

  it('that is late again opens another incident', async ({ tocsin }) => {
    const job = await aJob(tocsin)
    for (const outages of [1, 2]) {
      await job.ping()
      await tocsin.listed('?states=RESOLVED', outages - 1)
      await tocsin.pass(6 * MINUTE)
      await job.ann.getsSms('Backup did not report')
    }
    await tocsin.carrier.ignore()
  })

  it('by cron follows the wall clock over a change of clocks', async ({ tocsin, expect }) => {
    jumpTo(Date.parse('2040-03-24T01:00:05Z'))
    const job = await aJob(tocsin, { cron: '0 2 * * *', timezone: 'Europe/Berlin', graceSec: 600 })
    await job.ping()
    expect(await job.heartbeat()).toMatchObject({ dueAt: '2040-03-25T01:10:00.000Z' })
    // On 25 March 2040 02:00 does not exist: the job's own cron starts it at 03:00 summer time.
    await tocsin.pass(DAY)
    await job.ping()
    expect(await job.heartbeat()).toMatchObject({ state: 'HEALTHY', dueAt: '2040-03-26T00:10:00.000Z' })
    await tocsin.pass(DAY - HOUR)
    await job.ping()
    await tocsin.carrier.expectSilence()
    jumpTo(Date.parse('2040-03-27T00:09:59.999Z'))
    await tocsin.pass(0)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await job.ann.getsSms('Backup did not report')
  })

  it('refuses a schedule that says nothing, naming the field', async ({ tocsin, expect }) => {
    const { source } = await aJob(tocsin)
    const { id, name, escalationPolicy } = source.source
    const refused = (heartbeat: object) =>
      tocsin.api.refused('PUT', `/alert-sources/${id}`, {
        ...{ name, escalationPolicy, integrationType: 'HEARTBEAT', heartbeat },
      })
    expect(await refused({ cron: '61 * * * *' })).toMatchObject({ status: 400, field: 'heartbeat.cron' })
    expect(await refused({ cron: '0 2 * * *', timezone: 'Mars/Phobos' })).toMatchObject({ field: 'heartbeat.timezone' })
    expect(await refused({})).toMatchObject({ status: 400 })
    expect(await refused({ intervalSec: 24 })).toMatchObject({ field: 'heartbeat.intervalSec' })
  })
})

describe('a job that tells more', () => {
  it('that fails pages at once, with what it printed, and a success resolves', async ({ tocsin, expect }) => {
    const job = await aJob(tocsin)
    await job.ping('/3', 'disk full')
    await job.ann.getsSms('Backup failed with exit code 3')
    const [incident] = await tocsin.listed('?states=PENDING', 1)
    expect(await tocsin.incident(incident?.reference ?? '')).toMatchObject({ details: 'disk full' })
    await job.ping('/fail')
    await job.ping('/log', 'tried again')
    expect(await job.heartbeat()).toMatchObject({ state: 'FAILED' })
    await tocsin.listed('', 1)
    await job.ping('/0')
    await tocsin.listed('?states=RESOLVED', 1)
    await tocsin.carrier.ignore()
  })

  it('shows how long its runs took', async ({ tocsin, expect }) => {
    const job = await aJob(tocsin)
    const run = '7d9a4e2c-1f0b-4c3a-9f7e-2b6a1c5d8e90'
    await job.ping(`/start?rid=${run}`)
    expect(await job.heartbeat()).toMatchObject({ state: 'HEALTHY', runningSince: '2040-01-04T09:00:00.000Z' })
    await tocsin.pass(90 * SECOND)
    await job.ping(`/0?rid=${run}`, '12 files')
    const { runningSince, pings } = await job.heartbeat()
    expect(runningSince).toBeNull()
    expect(pings).toMatchObject([
      { kind: 'success', durationMs: 90_000, exitCode: 0, body: '12 files', method: 'POST' },
      { kind: 'start', durationMs: null, exitCode: null, body: null },
    ])
    await job.ping()
  })

  it('that starts and never ends is late', async ({ tocsin }) => {
    const job = await aJob(tocsin, { cron: '0 2 * * *', timezone: 'Europe/Berlin', graceSec: 600 })
    await job.ping('/start')
    await tocsin.pass(10 * MINUTE - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await job.ann.getsSms('Backup started and did not finish')
  })
})

describe('a heartbeat of a source that is switched off', () => {
  it('pages nobody, and is expected anew once the source is switched on again', async ({ tocsin, expect }) => {
    const job = await aJob(tocsin)
    const { id, name, escalationPolicy, heartbeat } = job.source.source
    const switched = (active: boolean) =>
      tocsin.api.put(`/alert-sources/${id}`, {
        ...{ name, escalationPolicy, integrationType: 'HEARTBEAT', heartbeat, active },
      })
    await job.ping()
    await switched(false)
    await tocsin.pass(HOUR)
    await tocsin.carrier.expectSilence()
    expect(await job.heartbeat()).toMatchObject({ state: 'OVERDUE' })
    await job.ping('/fail')
    await tocsin.pass(MINUTE)
    await tocsin.carrier.expectSilence()
    await switched(true)
    await tocsin.pass(6 * MINUTE - SECOND)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(SECOND)
    await job.ann.getsSms('Backup did not report')
  })
})

describe('a source that is no heartbeat', () => {
  it('says so to who pings it and to who asks', async ({ tocsin, expect }) => {
    const { source } = await tocsin.source(await tocsin.policy([[await tocsin.user('Ann', sms())]]))
    const pinged = await tocsin.api.raw('HEAD', `/api/v1/heartbeats/${source.integrationKey}`)
    expect(pinged.status).toBe(400)
    expect(await tocsin.api.refused('GET', `/alert-sources/${source.id}/heartbeat`)).toMatchObject({ status: 404 })
    expect(await tocsin.api.refused('GET', '/alert-sources/99/heartbeat')).toMatchObject({ status: 404 })
    expect((await tocsin.api.raw('GET', `/api/v1/alert-sources/${source.id}/heartbeat`)).status).toBe(401)
  })
})

describe('what a heartbeat costs', () => {
  it('is one row a ping', async ({ tocsin, expect }) => {
    const job = await aJob(tocsin)
    await job.ping()
    const rows = await WrittenRows.watch()
    try {
      await rows.take()
      for (let count = 0; count < 10; count++) {
        await tocsin.pass(20 * SECOND)
        await job.ping('', 'all files copied')
      }
      const written = Object.entries(await rows.take()).filter(([, count]) => count > 0)
      expect(written).toEqual([['ALERT_SOURCE', 10]])
    } finally {
      rows.stop()
    }
  })
})
