import { beforeAll, describe, it } from 'vitest'
import type { AlertSource } from './schemas/alert-source.ts'
import type { SupportHours } from './schemas/support-hours.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

const office = {
  name: 'Office',
  timezone: 'Europe/Berlin',
  supportDays: { MONDAY: { start: '08:00', end: '18:00' }, SATURDAY: { start: '22:00', end: '06:00' } },
  exceptions: [{ name: 'Christmas', start: '2026-12-24T00:00', end: '2026-12-27T00:00', supportStatus: 'OUTSIDE' }],
}
const allDay = { start: '00:00', end: '00:00' }
const always = {
  ...{ MONDAY: allDay, TUESDAY: allDay, WEDNESDAY: allDay, THURSDAY: allDay },
  ...{ FRIDAY: allDay, SATURDAY: allDay, SUNDAY: allDay },
}

let ada: Client
beforeAll(async () => {
  ada = await deployment()
})

describe('support hours', () => {
  it('come back as they were written, and say how it is now', async ({ expect }) => {
    const created = await ada.post<SupportHours>('/support-hours', office)
    expect(created).toMatchObject({ ...office, alertSources: [] })
    const path = `/support-hours/${created.id}`
    expect(await ada.get(path)).toEqual(created)
    expect(Date.parse(created.changesAt ?? '')).toBeGreaterThan(Date.now())

    const changed = await ada.put<SupportHours>(path, { ...office, name: 'Shop', supportDays: always, exceptions: [] })
    expect(changed).toMatchObject({ id: created.id, name: 'Shop', during: true, changesAt: null, exceptions: [] })
    expect(await ada.put<SupportHours>(path, { ...office, supportDays: {}, exceptions: [] })).toMatchObject({
      during: false,
      changesAt: null,
    })
    await ada.delete(path)
    expect(await ada.refused('GET', path)).toMatchObject({ status: 404 })
    expect(await ada.refused('PUT', path, office)).toMatchObject({ status: 404 })
    expect(await ada.refused('DELETE', path)).toMatchObject({ status: 404 })
  })

  it('are listed by the page', async ({ expect }) => {
    for (const name of ['First', 'Second', 'Third']) await ada.post('/support-hours', { ...office, name })
    const page = await ada.get<SupportHours[]>('/support-hours?start-index=1&max-results=2')
    expect(page.map(({ name }) => name)).toEqual(['Second', 'Third'])
  })

  it('are kept while sources use them', async ({ expect }) => {
    const hours = await ada.post<SupportHours>('/support-hours', office)
    const policy = await ada.policy([1])
    const source = await ada.post<AlertSource>('/alert-sources', {
      ...{ name: 'Shop', escalationPolicy: { id: policy.id }, supportHours: { id: hours.id } },
      incidentPriorityRule: 'HIGH_DURING_SUPPORT_HOURS',
    })
    const path = `/support-hours/${hours.id}`
    expect(await ada.get(path)).toMatchObject({ alertSources: [{ id: source.id, name: 'Shop' }] })
    expect(await ada.refused('DELETE', path)).toMatchObject({ status: 409, message: expect.stringContaining('Shop') })
    await ada.delete(`/alert-sources/${source.id}`)
    await ada.delete(path)
  })

  it('say which field is wrong', async ({ expect }) => {
    const field = async (fields: object) => {
      const refused = await ada.refused('POST', '/support-hours', { ...office, ...fields })
      expect(refused.status).toBe(400)
      return refused.field
    }
    const exception = (given: object) => ({ exceptions: [office.exceptions[0], { ...office.exceptions[0], ...given }] })
    expect(await field({ name: ' ' })).toBe('name')
    expect(await field({ timezone: 'Europe/Atlantis' })).toBe('timezone')
    expect(await field({ supportDays: { MONDAY: { start: '8:00', end: '18:00' } } })).toBe('supportDays.MONDAY.start')
    expect(await field({ supportDays: { MONDAY: { start: '08:00', end: '24:00' } } })).toBe('supportDays.MONDAY.end')
    expect(await field(exception({ start: '2026-02-30T00:00' }))).toBe('exceptions[1].start')
    expect(await field(exception({ end: '2026-12-24T00:00' }))).toBe('exceptions[1].end')
    expect(await field(exception({ supportStatus: 'MAYBE' }))).toBe('exceptions[1].supportStatus')
  })

  it('are set up by administrators, and seen by everybody', async ({ expect }) => {
    const user = await clientOf((await ada.person('Bea')).id)
    expect(await user.refused('POST', '/support-hours', office)).toMatchObject({ status: 403 })
    expect((await user.get<SupportHours[]>('/support-hours')).length).toBeGreaterThan(0)
  })
})
