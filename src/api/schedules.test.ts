import { afterAll, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import { LIMITS } from '../limits.ts'
import {
  colleagues,
  create,
  DAY,
  ids,
  iso,
  layer,
  NOW,
  placed,
  recurring,
  save,
  shift,
} from './schedule-bodies.fixtures.ts'
import type { Schedule, Shift } from './schemas/schedule.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

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

const wrongField = async (schedule: object) => {
  const { status, field, message } = await ada.refused('POST', '/schedules', schedule)
  return status === 400 ? field : `${status} ${message}`
}

describe('a recurring schedule', () => {
  it('has iLert’s shape, and comes back as it was written', async ({ expect }) => {
    const restrictions = [
      { from: { dayOfWeek: 'MONDAY', time: '08:00' }, to: { dayOfWeek: 'MONDAY', time: '17:30' } },
      { from: { dayOfWeek: 'SATURDAY', time: '20:00' }, to: { dayOfWeek: 'MONDAY', time: '06:00' } },
    ]
    const layers = [
      layer([bea, cleo], { rotation: 'P7D', endsOn: '2041-01-01T00:00' }),
      layer([dan, dan, bea], { name: 'Office', rotation: 'P1W', restrictionType: 'TIMES_OF_WEEK', restrictions }),
      layer([cleo], {
        name: 'Evenings',
        rotation: 'PT12H',
        restrictions: [{ from: { time: '18:00' }, to: { time: '00:00' } }],
      }),
      layer([cleo], { name: 'Months', rotation: 'P3M', startsOn: '2040-01-31T09:00:30' }),
    ]
    const created = await create(ada, { ...recurring(...layers), showGaps: false, defaultShiftDuration: 'P7D' })
    expect(created).toMatchObject({
      ...{ name: 'Primary', timezone: 'Europe/Berlin', type: 'RECURRING', showGaps: false, version: 1 },
      ...{ defaultShiftDuration: 'P7D', escalationPolicies: [] },
      scheduleLayers: layers.map((each, index) => ({ ...each, id: index + 1, turnOffset: 0 })),
    })
    expect(created.scheduleLayers?.map(({ restrictionType }) => restrictionType)).toEqual([
      null,
      'TIMES_OF_WEEK',
      'TIMES_OF_DAY',
      null,
    ])
    expect(created.scheduleLayers?.[0]?.users[0]).toEqual({ id: bea, firstName: 'Bea', lastName: 'Example' })
    expect(await ada.get(`/schedules/${created.id}`)).toEqual(created)
    expect(await save(ada, created)).toEqual(created)
  })

  it('takes instants for the wall clock of its zone', async ({ expect }) => {
    const startsOn = async (text: string) =>
      (await create(ada, recurring(layer([bea], { startsOn: text })))).scheduleLayers?.[0]?.startsOn
    expect(await startsOn('2040-01-01T08:00:00.000Z')).toBe('2040-01-01T09:00')
    expect(await startsOn('2040-07-01T08:00:05-0500')).toBe('2040-07-01T15:00:05')
    expect(await startsOn('2040-07-01T08:00:00+05:30')).toBe('2040-07-01T04:30')
    expect(await startsOn('2040-03-25T02:30')).toBe('2040-03-25T02:30')
  })

  it('says which field is wrong', async ({ expect }) => {
    const wrongLayer = (fields: object) =>
      wrongField(recurring(layer([bea]), layer([bea], { name: 'Nights', ...fields })))
    expect(await wrongField({ ...recurring(layer([bea])), name: ' ' })).toBe('name')
    expect(await wrongField({ ...recurring(layer([bea])), timezone: 'Europe/Atlantis' })).toBe('timezone')
    expect(await wrongField({ ...recurring(layer([bea])), type: 'WEEKLY' })).toBe('type')
    expect(await wrongField({ ...recurring(layer([bea])), defaultShiftDuration: 'long' })).toBe('defaultShiftDuration')
    expect(await wrongField(recurring())).toBe('scheduleLayers')
    expect(await wrongField({ ...recurring(), scheduleLayers: undefined })).toBe('scheduleLayers')
    expect(await wrongField({ ...recurring(layer([bea])), shifts: [shift(bea, 1, 1)] })).toBe('shifts')
    expect(await wrongField(recurring(...Array(LIMITS.layersPerSchedule + 1).fill(layer([bea]))))).toBe(
      'scheduleLayers',
    )
    expect(await wrongLayer({ startsOn: '2040-02-30T09:00' })).toBe('scheduleLayers[1].startsOn')
    expect(await wrongLayer({ startsOn: '2040-02-03T24:30' })).toBe('scheduleLayers[1].startsOn')
    expect(await wrongLayer({ startsOn: '1969-12-31T09:00' })).toBe('scheduleLayers[1].startsOn')
    expect(await wrongLayer({ startsOn: 'tomorrow' })).toBe('scheduleLayers[1].startsOn')
    expect(await wrongLayer({ endsOn: '2201-01-01T00:00' })).toBe('scheduleLayers[1].endsOn')
    expect(await wrongLayer({ endsOn: '2040-01-01T09:00' })).toBe('scheduleLayers[1].endsOn')
    expect(await wrongLayer({ users: [] })).toBe('scheduleLayers[1].users')
    expect(await wrongLayer({ users: ids(bea, 999) })).toBe('scheduleLayers[1].users[1].id')
    expect(await wrongLayer({ users: Array(LIMITS.usersPerLayer + 1).fill({ id: bea }) })).toBe(
      'scheduleLayers[1].users',
    )
    expect(await wrongLayer({ rotation: 'P0D' })).toBe('scheduleLayers[1].rotation')
    expect(await wrongLayer({ rotation: 'P1DT1H' })).toBe('scheduleLayers[1].rotation')
    expect(await wrongLayer({ name: 'Days' })).toBe('scheduleLayers[1].name')
    expect(await wrongLayer({ turnOffset: 1 })).toBe('scheduleLayers[1].turnOffset')
    const restricted = (from: object, to: object, more: object = {}) =>
      wrongLayer({ restrictions: [{ from, to }], ...more })
    const at = (time: string, dayOfWeek?: string) => ({ time, ...(dayOfWeek && { dayOfWeek }) })
    expect(await restricted(at('08:00'), at('08:00'))).toBe('scheduleLayers[1].restrictions[0].to')
    expect(await restricted(at('25:00'), at('08:00'))).toBe('scheduleLayers[1].restrictions[0].from.time')
    expect(await restricted(at('07:00', 'MONDAY'), at('08:00'))).toBe('scheduleLayers[1].restrictions[0].to.dayOfWeek')
    expect(await restricted(at('07:00'), at('08:00'), { restrictionType: 'TIMES_OF_WEEK' })).toBe(
      'scheduleLayers[1].restrictions[0].from.dayOfWeek',
    )
  })

  it('is refused for gaps where that is asked for', async ({ expect }) => {
    const withGap = recurring(layer([bea], { endsOn: '2040-02-01T09:00' }))
    expect(await ada.refused('POST', '/schedules?abort-on-gaps=true', withGap)).toMatchObject({
      ...{ status: 400, field: 'scheduleLayers', message: expect.stringContaining('Wed 1 Feb 2040 09:00') },
    })
    const created = await ada.post<Schedule>('/schedules?abort-on-gaps=true', recurring(layer([bea])))
    const later = { ...created, ...withGap }
    expect(await ada.refused('PUT', `/schedules/${created.id}?abort-on-gaps=true`, later)).toMatchObject({
      status: 400,
    })
    expect(await ada.get(`/schedules/${created.id}`)).toEqual(created)
  })
})

describe('a static schedule', () => {
  it('keeps what is over, and takes what comes', async ({ expect }) => {
    const created = await create(ada, placed(shift(bea, -5, 10), shift(cleo, 5, 10)))
    expect(created).toMatchObject({
      shifts: [shift(bea, -5, 10), shift(cleo, 5, 10)],
      currentShift: { user: { id: bea } },
      nextShift: { user: { id: cleo } },
    })
    const updated = await save(ada, created, { shifts: [shift(dan, 2, 10)] })
    expect(updated.shifts).toMatchObject([shift(dan, 2, 10)])
    const all = await ada.get<Schedule>(`/schedules/${created.id}?include=past`)
    expect(all.shifts).toMatchObject([shift(bea, -5, 5), shift(dan, 2, 10)])
    expect(await save(ada, updated, { shifts: undefined, name: 'Renamed' })).toMatchObject({
      name: 'Renamed',
      shifts: [shift(dan, 2, 10)],
    })
  })

  it('says which field is wrong', async ({ expect }) => {
    expect(await wrongField({ ...placed(), scheduleLayers: [layer([bea])] })).toBe('scheduleLayers')
    expect(await wrongField(placed(shift(bea, 1, 1), shift(999, 1, 1)))).toBe('shifts[1].user.id')
    expect(await wrongField(placed(shift(bea, 1, 0)))).toBe('shifts[0].end')
    expect(await wrongField(placed({ ...shift(bea, 1, 1), end: '2300-01-01T00:00:00Z' }))).toBe('shifts[0].end')
    const created = await create(ada, placed(shift(bea, -5, 3), shift(cleo, 5, 10)))
    const wanted = { ...created, shifts: [shift(bea, -5, 3), shift(cleo, 5, 10), shift(dan, -9, 3)] }
    expect(await ada.refused('PUT', `/schedules/${created.id}`, wanted)).toMatchObject({
      status: 400,
      field: 'shifts[2].start',
    })
  })
})

describe('schedules', () => {
  it('are kept while policies name them', async ({ expect }) => {
    const { id, name } = await create(ada, recurring(layer([bea])))
    const escalationRules = [{ escalationTimeout: 5, schedules: [{ id }] }]
    const policy = await ada.post<{ id: number }>('/escalation-policies', { name: 'Shop', escalationRules })
    expect(await ada.get<Schedule>(`/schedules/${id}`)).toMatchObject({
      escalationPolicies: [{ id: policy.id, name: 'Shop' }],
    })
    expect(await ada.refused('DELETE', `/schedules/${id}`)).toMatchObject({
      status: 409,
      message: expect.stringContaining('Shop'),
    })
    expect(await ada.get<Schedule>(`/schedules/${id}`)).toMatchObject({ name })
    await ada.delete(`/escalation-policies/${policy.id}`)
    await ada.delete(`/schedules/${id}`)
    expect(await ada.refused('GET', `/schedules/${id}`)).toMatchObject({ status: 404 })
  })

  it('go on naming people who are gone', async ({ expect }) => {
    const gone = await ada.person('Gone')
    const created = await create(ada, placed(shift(gone.id, -5, 3), shift(bea, 5, 3)))
    await ada.delete(`/users/${gone.id}`)
    const [first] = await ada.get<Shift[]>(`/schedules/${created.id}/shifts?from=${iso(NOW - DAY)}`)
    expect(first?.user).toEqual({ id: gone.id, firstName: 'Gone', lastName: 'Example' })
    const all = await ada.get<Schedule>(`/schedules/${created.id}?include=past`)
    expect(await save(ada, all, {})).toMatchObject({ version: all.version })
  })

  it('are set up by administrators, and read by everybody', async ({ expect }) => {
    const created = await create(ada, recurring(layer([bea])))
    const user = await clientOf(bea)
    expect(await user.get(`/schedules/${created.id}`)).toEqual(created)
    expect(await user.refused('POST', '/schedules', recurring(layer([bea])))).toMatchObject({ status: 403 })
    expect(await user.refused('PUT', `/schedules/${created.id}`, created)).toMatchObject({ status: 403 })
    expect(await user.refused('DELETE', `/schedules/${created.id}`)).toMatchObject({ status: 403 })
  })
})
