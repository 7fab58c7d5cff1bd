import { afterAll, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import { colleagues, create, DAY, iso, layer, NOW, recurring, save, shift } from './schedule-bodies.fixtures.ts'
import type { RenderedSchedule, Schedule, Shift } from './schemas/schedule.ts'
import { type Client, deployment } from './test-client.ts'

let ada: Client
let bea: number
let cleo: number
let dan: number

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW)
  ada = await deployment()
  ;[bea, cleo, dan] = await colleagues(ada)
})
beforeEach(() => void vi.setSystemTime(NOW))
afterAll(() => void vi.useRealTimers())

describe('what a schedule says', () => {
  it('is asked by interval', async ({ expect }) => {
    const { id } = await create(ada, recurring(layer([bea, cleo])))
    const shifts = (query: string) => ada.get<Shift[]>(`/schedules/${id}/shifts${query}`)
    await ada.put(`/schedules/${id}/overrides`, shift(dan, 24, 1))
    expect((await shifts('')).at(0)?.start).toBe(iso(NOW))
    expect((await shifts('')).at(-1)?.end).toBe(iso(NOW + 14 * DAY))
    expect((await shifts('')).some(({ user }) => user.id === dan)).toBe(true)
    expect((await shifts('?exclude-overrides=true')).some(({ user }) => user.id === dan)).toBe(false)
    const refused = (query: string) => ada.refused('GET', `/schedules/${id}/shifts${query}`)
    expect(await refused(`?from=${iso(NOW)}&until=${iso(NOW)}`)).toMatchObject({ status: 400, field: 'until' })
    expect(await refused(`?until=${iso(NOW + 401 * DAY)}`)).toMatchObject({ status: 400, field: 'until' })
    expect(await refused('?from=yesterday')).toMatchObject({ status: 400, field: 'from' })
  })

  it('is who is on call now, or nobody', async ({ expect }) => {
    const { id } = await create(ada, recurring(layer([bea, cleo], { endsOn: '2040-01-11T12:00' })))
    expect(await ada.get(`/schedules/${id}/user-on-call`)).toMatchObject({
      ...{ user: { firstName: 'Cleo' }, start: '2040-01-10T08:00:00.000Z', end: '2040-01-11T08:00:00.000Z' },
    })
    vi.setSystemTime(NOW + DAY)
    expect((await ada.raw('GET', `/schedules/${id}/user-on-call`)).status).toBe(204)
    expect(await ada.get(`/schedules/${id}`)).toMatchObject({ currentShift: null, nextShift: null })
  })

  it('is drawn as a calendar, the past as it was', async ({ expect }) => {
    const created = await create(
      ada,
      recurring(layer([bea]), layer([cleo], { name: 'Top', startsOn: '2040-01-10T00:00' })),
    )
    await save(ada, created, { scheduleLayers: [{ ...layer([dan]), id: 1, name: 'Base', endsOn: '2040-01-11T09:00' }] })
    const query = `from=${iso(NOW - 2 * DAY)}&until=${iso(NOW + 2 * DAY)}`
    const { layers, final, gaps } = await ada.get<RenderedSchedule>(`/schedules/${created.id}/calendar?${query}`)
    const short = (shifts: Shift[]) =>
      shifts.map(({ user, start, end }) => [user.id, start.slice(8, 13), end.slice(8, 13)])
    expect(layers.map(({ id, name, shifts }) => [id, name, short(shifts)])).toEqual([
      [2, 'Top', [[cleo, '09T23', '10T12']]],
      [
        1,
        'Base',
        [
          [bea, '08T12', '10T12'],
          [dan, '10T12', '11T08'],
        ],
      ],
    ])
    expect(short(final)).toEqual([
      [bea, '08T12', '09T23'],
      [cleo, '09T23', '10T12'],
      [dan, '10T12', '11T08'],
    ])
    expect(gaps).toEqual([{ start: '2040-01-11T08:00:00.000Z', end: iso(NOW + 2 * DAY) }])
  })

  it('is listed, with what is asked for', async ({ expect }) => {
    const created = await create(ada, recurring(layer([bea])))
    const find = async (query: string) =>
      (await ada.get<Schedule[]>(`/schedules?max-results=100${query}`)).find(({ id }) => id === created.id)
    expect(await find('')).toEqual({
      ...{ id: created.id, name: 'Primary', timezone: 'Europe/Berlin', type: 'RECURRING' },
      ...{ showGaps: true, defaultShiftDuration: null, version: 1, escalationPolicies: [] },
    })
    expect(await find('&include[]=scheduleLayers&include[]=currentShift')).toMatchObject({
      scheduleLayers: [{ id: 1 }],
      currentShift: { user: { id: bea } },
    })
    expect(await ada.get<Schedule[]>('/schedules?start-index=1&max-results=1')).toHaveLength(1)
  })
})
