import { env } from 'cloudflare:workers'
import { afterEach, describe, vi } from 'vitest'
import type { MaintenanceWindow } from '../../src/api/schemas/maintenance-window.ts'
import { MINUTE, SECOND, standStill } from './harness/clock.ts'
import { call, it, sms, type TestSource, type Tocsin } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const HELD = 'Held: nobody is paged during the maintenance window Upgrade'

/** Ann and then Ben, each by SMS. */
async function aSource(tocsin: Tocsin) {
  const ann = await tocsin.user('Ann', sms())
  const ben = await tocsin.user('Ben', sms())
  return { ann, ben, web: await tocsin.source(await tocsin.policy([[ann], [ben]])) }
}

/** From so many minutes from now to so many. */
function maintenance(tocsin: Tocsin, { source }: TestSource, from: number, to: number): Promise<MaintenanceWindow> {
  return tocsin.api.post('/maintenance-windows', windowOf(source.id, from, to))
}

function windowOf(sourceId: number, from: number, to: number) {
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString()
  const [start, end] = [inMinutes(from), inMinutes(to)]
  return { name: 'Upgrade', timezone: 'Europe/Berlin', start, end, alertSources: [{ id: sourceId }] }
}

describe('a maintenance window made while an incident is open', () => {
  it('puts the next level off to its end', async ({ tocsin, expect }) => {
    const { ann, ben, web } = await aSource(tocsin)
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await maintenance(tocsin, web, 2, 60)
    await tocsin.pass(60 * MINUTE - SECOND)
    await tocsin.carrier.expectSilence()
    expect((await tocsin.incident(incident)).nextEscalation).toBe('2040-01-04T10:00:00.000Z')
    await tocsin.pass(SECOND)
    await ben.getsSms('Disk full')
    expect((await tocsin.timeline(incident)).filter((text) => !text.startsWith('SMS'))).toEqual([
      'Opened by an event of Source 1, priority HIGH',
      'Paged level 1: Ann Example',
      HELD,
      'Paged level 2: Ben Example',
    ])
  })

  it('sends nothing more of a page, and all of it anew afterwards', async ({ tocsin }) => {
    const { ann, ben, web } = await aSource(tocsin)
    await ann.prefer(call(3))
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await maintenance(tocsin, web, 2, 60)
    await tocsin.pass(60 * MINUTE - SECOND)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(SECOND)
    await ann.getsSms('Disk full')
    await tocsin.pass(3 * MINUTE)
    await ann.getsCall('Disk full')
    await tocsin.carrier.expectSilence()
    await tocsin.pass(2 * MINUTE)
    await ben.getsSms('Disk full')
  })

  it('leaves the answer to a message from before it as good as ever', async ({ tocsin, expect }) => {
    const { ann, web } = await aSource(tocsin)
    await ann.prefer(call(3))
    const incident = await web.alert('Disk full')
    const page = await ann.getsSms('Disk full')
    await maintenance(tocsin, web, 2, 60)
    // The call of the third minute is not made.
    await tocsin.pass(4 * MINUTE)
    await page.reply('a', 'Accepted')
    expect((await tocsin.incident(incident)).acceptedBy).toBe('Ann Example')
    await tocsin.pass(60 * MINUTE)
  })

  it('stops nobody from asking others for help', async ({ tocsin }) => {
    const { ann, ben, web } = await aSource(tocsin)
    await ben.prefer(call(3))
    await web.alert('Disk full')
    const page = await ann.getsSms('Disk full')
    await maintenance(tocsin, web, 2, 60)
    await tocsin.pass(4 * MINUTE)
    await page.reply('1e', 'Escalated')
    const asked = await ben.getsSms('Disk full')
    await tocsin.pass(3 * MINUTE)
    await ben.getsCall('Disk full')
    await asked.reply('1a', 'Accepted')
  })

  it('is known also when the alarm rings only after it', async ({ tocsin, expect }) => {
    const { ann, ben, web } = await aSource(tocsin)
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await maintenance(tocsin, web, 2, 60)
    standStill(61 * MINUTE)
    await tocsin.pass(SECOND)
    await ben.getsSms('Disk full')
    await tocsin.carrier.expectSilence()
    const [, responder] = (await tocsin.incident(incident)).responders
    expect(responder?.pagedAt).toBe('2040-01-04T10:00:00.000Z')
  })

  const ends: [what: string, end: (tocsin: Tocsin, id: number) => Promise<unknown>][] = [
    ['ended', (tocsin, id) => tocsin.api.post(`/maintenance-windows/${id}/end-now`)],
    ['deleted', (tocsin, id) => tocsin.api.delete(`/maintenance-windows/${id}`)],
  ]
  for (const [what, end] of ends) {
    it(`lets go what it holds when it is ${what}`, async ({ tocsin }) => {
      const { ann, ben, web } = await aSource(tocsin)
      await web.alert('Disk full')
      await ann.getsSms('Disk full')
      const { id } = await maintenance(tocsin, web, 2, 60)
      await tocsin.pass(10 * MINUTE)
      await tocsin.carrier.expectSilence()
      await end(tocsin, id)
      await (await ben.getsSms('Disk full')).reply('1r', 'Resolved')
    })
  }

  it('holds longer when it is made longer', async ({ tocsin }) => {
    const { ann, ben, web } = await aSource(tocsin)
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    const { id } = await maintenance(tocsin, web, 2, 30)
    await tocsin.pass(10 * MINUTE)
    await tocsin.api.put(`/maintenance-windows/${id}`, windowOf(web.source.id, -8, 50))
    await tocsin.pass(50 * MINUTE - SECOND)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(SECOND)
    await ben.getsSms('Disk full')
  })
})

describe('a source in maintenance', () => {
  it('opens nothing, and does again afterwards', async ({ tocsin, expect }) => {
    const { ann, web } = await aSource(tocsin)
    await maintenance(tocsin, web, -1, 60)
    expect(await web.alert('Disk full')).toBe('')
    await tocsin.pass(60 * MINUTE)
    await web.alert('Disk still full')
    await (await ann.getsSms('Disk still full')).reply('1a', 'Accepted')
  })

  it('pages for what a person reports', async ({ tocsin }) => {
    const { ann, web } = await aSource(tocsin)
    await maintenance(tocsin, web, -1, 60)
    await tocsin.api.post('/incidents', { summary: 'Odd noise', alertSource: { id: web.source.id } })
    await (await ann.getsSms('Odd noise')).reply('1a', 'Accepted')
  })

  it('resolves what is open when its tool says so', async ({ tocsin, expect }) => {
    const { ann, web } = await aSource(tocsin)
    const incident = await web.alert('Disk full', { alertKey: 'disk' })
    await ann.getsSms('Disk full')
    await maintenance(tocsin, web, 1, 60)
    await tocsin.pass(10 * MINUTE)
    await web.resolve('disk')
    expect((await tocsin.incident(incident)).status).toBe('RESOLVED')
    await tocsin.pass(60 * MINUTE)
  })

  it('is so also with D1 failing, as long as it was told before', async ({ tocsin }) => {
    const { ann, ben, web } = await aSource(tocsin)
    await maintenance(tocsin, web, 2, 60)
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    const failing = vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw new Error('D1_ERROR: the database is on fire')
    })
    await tocsin.pass(60 * MINUTE - SECOND)
    failing.mockRestore()
    await tocsin.carrier.expectSilence()
    await tocsin.pass(SECOND)
    await ben.getsSms('Disk full')
  })
})
