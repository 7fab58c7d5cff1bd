import { env } from 'cloudflare:workers'
import { afterEach, describe, vi } from 'vitest'
import { storedOverride, storedSchedule } from '../../src/api/schedule.fixtures.ts'
import type { Incident } from '../../src/api/schemas/incident.ts'
import type { Schedule } from '../../src/api/schemas/schedule.ts'
import { HOUR, MINUTE, SECOND, standStill } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { it, mail, sms, TestSchedule, type TestUser, type Tocsin } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** A schedule that has one person on call. */
async function onCall(tocsin: Tocsin, person: TestUser): Promise<TestSchedule> {
  const name = `With ${person.name}`
  return new TestSchedule({ id: await storedSchedule(name, person.id), name } as Schedule, tocsin)
}

/** Ann at level 1; at level 2 Ben, who is on call, and Cleo, who takes over when a test says so: no object hears of it. */
async function anOpenIncident(tocsin: Tocsin) {
  const ann = await tocsin.user('Ann', sms())
  const ben = await tocsin.user('Ben', sms())
  const cleo = await tocsin.user('Cleo', sms())
  const primary = await onCall(tocsin, ben)
  const web = await tocsin.source(await tocsin.policy([[ann], [primary]]))
  const incident = await web.alert('Disk full')
  const firstSms = await ann.getsSms('Disk full')
  const cleoTakesOver = (from = Date.now()) => storedOverride(primary.id, cleo.id, from, Date.now() + HOUR)
  return { ann, ben, cleo, primary, web, incident, firstSms, cleoTakesOver }
}

describe('a shift taken over while an incident is open', () => {
  it('counts for the next level, down to the second', async ({ tocsin, expect }) => {
    const { cleo, incident, cleoTakesOver } = await anOpenIncident(tocsin)
    await tocsin.pass(5 * MINUTE - SECOND)
    await cleoTakesOver()
    await tocsin.pass(SECOND)
    await cleo.getsSms('Disk full')
    expect(await tocsin.timeline(incident)).toContain('Paged level 2: Cleo Example (on call for With Ben)')
  })

  it('counts when the alarm is late: the shift of whoever was on call is over', async ({ tocsin, expect }) => {
    const { cleo, incident, cleoTakesOver } = await anOpenIncident(tocsin)
    await cleoTakesOver(Date.now() + 5 * MINUTE + 30 * SECOND)
    standStill(6 * MINUTE)
    await tocsin.pass(SECOND)
    await cleo.getsSms('Disk full')
    const [, responder] = (await tocsin.incident(incident)).responders
    expect(responder?.pagedAt).toBe('2040-01-04T09:05:00.000Z')
  })

  it('counts when somebody escalates', async ({ tocsin }) => {
    const { cleo, firstSms, cleoTakesOver } = await anOpenIncident(tocsin)
    await cleoTakesOver()
    await firstSms.reply('1e', 'Escalated')
    await cleo.getsSms('Disk full')
  })

  it('counts when a snooze ends', async ({ tocsin }) => {
    const { ben, cleo, incident, cleoTakesOver } = await anOpenIncident(tocsin)
    await tocsin.pass(5 * MINUTE)
    await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
    await tocsin.carrier.expectSilence()
    await tocsin.api.put(`/incidents/${incident}/snooze`, { minutes: 30 })
    await cleoTakesOver()
    await tocsin.pass(30 * MINUTE)
    await cleo.getsSms('Disk full')
    // Who put it off is asked as well.
    await ben.getsSms('Disk full')
  })

  it('counts when whoever was asked can not be reached', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const cleo = await tocsin.user('Cleo', sms())
    const primary = await onCall(tocsin, ben)
    const web = await tocsin.source(await tocsin.policy([[ann], [primary]]))
    await ann.moves('+15005550001')
    await storedOverride(primary.id, cleo.id, Date.now(), Date.now() + HOUR)
    await web.alert('Disk full')
    await cleo.getsSms('Disk full')
  })

  it('is shown before it counts, and so is who is assigned by it', async ({ tocsin, expect }) => {
    const { ben, cleo, primary, incident, cleoTakesOver } = await anOpenIncident(tocsin)
    const withBen = {
      id: ben.id,
      firstName: 'Ben',
      lastName: 'Example',
      schedule: { id: primary.id, name: 'With Ben' },
    }
    expect(await tocsin.incident(incident)).toMatchObject({
      escalationRules: [{ schedules: [] }, { users: [withBen], schedules: [withBen.schedule] }],
      nextEscalationUsers: [withBen],
    })
    await cleoTakesOver()
    expect(await tocsin.incident(incident)).toMatchObject({ nextEscalationUsers: [{ id: cleo.id }] })

    const assigned = await tocsin.api.put<Incident>(`/incidents/${incident}/assign?schedule=${primary.id}`)
    expect(assigned).toMatchObject({
      ...{ escalationPolicy: null, nextEscalation: null, nextEscalationUsers: [] },
      escalationRules: [{ users: [{ id: cleo.id }], schedules: [withBen.schedule], current: true }],
    })
    await cleo.getsSms('Disk full')
    expect(await tocsin.timeline(incident)).toEqual(
      expect.arrayContaining([
        'Assigned to schedule With Ben by Ada Admin through the API',
        'Paged level 1: Cleo Example (on call for With Ben)',
      ]),
    )
  })
})

describe('an alert source that missed a change of a schedule', () => {
  it('pages by it all the same, and once its own copy was read again also with D1 failing', async ({ tocsin }) => {
    const ben = await tocsin.user('Ben', sms())
    const cleo = await tocsin.user('Cleo', sms())
    const primary = await onCall(tocsin, ben)
    const web = await tocsin.source(await tocsin.policy([[primary]]))
    await storedOverride(primary.id, cleo.id, Date.now(), Date.now() + HOUR)
    standStill(11 * MINUTE)
    await web.alert('Disk full')
    await cleo.getsSms('Disk full')
    const failing = vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: the database is on fire'))
    await web.alert('Disk still full')
    await cleo.getsSms('Disk still full')
    failing.mockRestore()
  })
})

describe('many incidents that reach a level at the same time', () => {
  it('all page by what D1 says then', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', mail())
    const ben = await tocsin.user('Ben', mail())
    const cleo = await tocsin.user('Cleo', mail())
    const primary = await onCall(tocsin, ben)
    const web = await tocsin.source(await tocsin.policy([[ann], [primary]]))
    const ids: number[] = []
    for (let n = 0; n < 5; n++) ids.push((await tocsin.incident(await web.alert(`Disk ${n} full`))).id)
    const told = async (user: TestUser) => {
      for (const n of [0, 1, 2]) await user.getsMail(`Disk ${n} full`)
      await tocsin.pass(20 * SECOND)
      await user.getsMail('5 incidents wait for you')
    }
    await told(ann)
    await storedOverride(primary.id, cleo.id, Date.now(), Date.now() + HOUR)
    standStill(5 * MINUTE)
    await Promise.all(ids.map((id) => env.INCIDENT.getByName(String(id)).poke()))
    await settle()
    await told(cleo)
  })
})

describe('with D1', () => {
  it('failing, whoever was on call as last known is paged', async ({ tocsin, expect }) => {
    const { ben, incident } = await anOpenIncident(tocsin)
    const failing = () => {
      throw new Error('D1_ERROR: the database is on fire')
    }
    const mocks = [
      vi.spyOn(env.DB, 'prepare').mockImplementation(failing),
      vi.spyOn(env.DB, 'batch').mockImplementation(failing),
    ]
    await tocsin.pass(5 * MINUTE)
    await ben.getsSms('Disk full')
    for (const mock of mocks) mock.mockRestore()
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
  })

  it('that never answers, too', async ({ tocsin, expect }) => {
    const { ben, incident } = await anOpenIncident(tocsin)
    const silent = vi.spyOn(env.DB, 'batch').mockImplementation(async () => {
      await scheduler.wait(10 * SECOND)
      throw new Error('D1_ERROR: the connection is gone')
    })
    await tocsin.pass(5 * MINUTE)
    await ben.getsSms('Disk full')
    silent.mockRestore()
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
  })
})
