import { describe } from 'vitest'
import type { SupportHours } from '../../src/api/schemas/support-hours.ts'
import { HOUR, MINUTE, SECOND } from './harness/clock.ts'
import { it, low, mail, sms, type Tocsin } from './harness/tocsin.ts'

/**
 * Ann by SMS, at low priority by mail; then Ben. Monday to Friday from 8 to 18 in Berlin, but not on the Thursday. The test
 * begins on a Wednesday at ten o'clock there.
 */
async function anOfficeSource(tocsin: Tocsin) {
  const ann = await tocsin.user('Ann', sms(), low(mail()))
  const ben = await tocsin.user('Ben', sms())
  const workday = { start: '08:00', end: '18:00' }
  const hours = await tocsin.api.post<SupportHours>('/support-hours', {
    ...{ name: 'Office', timezone: 'Europe/Berlin' },
    supportDays: { MONDAY: workday, TUESDAY: workday, WEDNESDAY: workday, THURSDAY: workday, FRIDAY: workday },
    exceptions: [{ name: 'Holiday', start: '2040-01-05T00:00', end: '2040-01-06T00:00', supportStatus: 'OUTSIDE' }],
  })
  const web = await tocsin.source(await tocsin.policy([[ann], [ben]]), {
    incidentPriorityRule: 'HIGH_DURING_SUPPORT_HOURS',
    supportHours: { id: hours.id, name: 'Office' },
    autoRaiseIncidents: true,
  })
  return { ann, ben, web, hours }
}

describe('an incident of a source with support hours', () => {
  it('is of high priority while somebody is at work', async ({ tocsin, expect }) => {
    const { ann, web } = await anOfficeSource(tocsin)
    const incident = await web.alert('Disk full')
    await (await ann.getsSms('Disk full')).reply('1a', 'Accepted')
    expect((await tocsin.incident(incident)).priority).toBe('HIGH')
  })

  it('of the night pages by low priority, and at eight on the next working day by high', async ({ tocsin, expect }) => {
    const { ann, ben, web } = await anOfficeSource(tocsin)
    await tocsin.pass(12 * HOUR)
    const incident = await web.alert('Disk full')
    await ann.getsMail('Disk full')
    expect((await tocsin.incident(incident)).priority).toBe('LOW')
    // Past eight o'clock of the holiday, and up to that of the day after.
    await tocsin.pass(34 * HOUR - SECOND)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(SECOND)
    await ann.getsSms('Disk full')
    expect(new Date().toISOString()).toBe('2040-01-06T07:00:00.000Z')
    expect((await tocsin.incident(incident)).priority).toBe('HIGH')
    expect(await tocsin.timeline(incident)).toContain('Raised to priority HIGH: the support hours began')
    await tocsin.pass(5 * MINUTE)
    await (await ben.getsSms('Disk full')).reply('1r', 'Resolved')
  })

  it('that somebody accepted at night is left alone', async ({ tocsin, expect }) => {
    const { ann, web } = await anOfficeSource(tocsin)
    await tocsin.pass(12 * HOUR)
    const incident = await web.alert('Disk full')
    await (await ann.getsMail('Disk full')).follow('accept', 'Accepted')
    await tocsin.pass(36 * HOUR)
    expect((await tocsin.incident(incident)).priority).toBe('LOW')
  })

  it('follows them as they change', async ({ tocsin, expect }) => {
    const { ann, web, hours } = await anOfficeSource(tocsin)
    await tocsin.api.put(`/support-hours/${hours.id}`, { name: 'Office', timezone: 'Europe/Berlin', supportDays: {} })
    const incident = await web.alert('Disk full')
    await ann.getsMail('Disk full')
    expect((await tocsin.incident(incident)).priority).toBe('LOW')
  })
})
