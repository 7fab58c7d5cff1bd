import { describe } from 'vitest'
import { MINUTE, SECOND } from './harness/clock.ts'
import { it, sms, type Tocsin } from './harness/tocsin.ts'

/** Ann and then Ben; a RESOLVE takes effect after ten minutes. */
async function aPatientSource(tocsin: Tocsin) {
  const ann = await tocsin.user('Ann', sms())
  const ben = await tocsin.user('Ben', sms())
  const web = await tocsin.source(await tocsin.policy([[ann], [ben]], { timeouts: [15, 15] }), {
    resolveDelay: 'PT10M',
  })
  return { ann, ben, web }
}

const flap = { alertKey: 'disk' }

describe('a problem that comes and goes', () => {
  it('is one incident, and one page', async ({ tocsin, expect }) => {
    const { ann, web } = await aPatientSource(tocsin)
    const incident = await web.alert('Disk full', flap)
    await ann.getsSms('Disk full')
    for (let times = 0; times < 5; times++) {
      await tocsin.pass(MINUTE)
      await web.resolve('disk')
      expect((await tocsin.incident(incident)).status).toBe('PENDING')
      await tocsin.pass(MINUTE)
      expect(await web.alert('Disk full', flap)).toBe(incident)
    }
    await tocsin.carrier.expectSilence()
    expect((await tocsin.incident(incident)).eventCount).toBe(6)
    await web.resolve('disk')
    await tocsin.pass(10 * MINUTE)
    expect((await tocsin.incident(incident)).status).toBe('RESOLVED')
    expect(await tocsin.listed('', 1)).toHaveLength(1)
  })

  it('is over when it stays away, and what comes then is another incident', async ({ tocsin, expect }) => {
    const { ann, web } = await aPatientSource(tocsin)
    const incident = await web.alert('Disk full', flap)
    await ann.getsSms('Disk full')
    await web.resolve('disk')
    await tocsin.pass(10 * MINUTE - SECOND)
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.pass(SECOND)
    expect(await tocsin.incident(incident)).toMatchObject({
      status: 'RESOLVED',
      resolvedBy: 'the alert source Source 1',
    })
    expect(await web.alert('Disk full', flap)).not.toBe(incident)
    await (await ann.getsSms('Disk full')).reply('1r', 'Resolved')
  })

  it('pages nobody while it is away, and who is due when it is back', async ({ tocsin }) => {
    const { ann, ben, web } = await aPatientSource(tocsin)
    await web.alert('Disk full', flap)
    await ann.getsSms('Disk full')
    await tocsin.pass(10 * MINUTE)
    await web.resolve('disk')
    await tocsin.pass(8 * MINUTE)
    await tocsin.carrier.expectSilence()
    await web.alert('Disk full', flap)
    await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
  })

  it('is resolved at once by a person', async ({ tocsin, expect }) => {
    const { ann, web } = await aPatientSource(tocsin)
    const incident = await web.alert('Disk full', flap)
    const page = await ann.getsSms('Disk full')
    await web.resolve('disk')
    await page.reply('1r', 'Resolved')
    expect((await tocsin.incident(incident)).status).toBe('RESOLVED')
    expect(await web.alert('Disk full', flap)).not.toBe(incident)
    await (await ann.getsSms('Disk full')).reply('1r', 'Resolved')
  })
})
