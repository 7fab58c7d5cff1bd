import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import {
  colleagues,
  create,
  DAY,
  HOUR,
  ids,
  iso,
  layer,
  NOW,
  placed,
  recurring,
  save,
  shift,
} from './schedule-bodies.fixtures.ts'
import type { EscalationPolicy } from './schemas/escalation-policy.ts'
import type { OnCall, Schedule, UserShift } from './schemas/schedule.ts'
import { type Client, deployment } from './test-client.ts'

let ada: Client
let bea: number
let cleo: number
let dan: number
let primary: Schedule
let web: EscalationPolicy
let shop: EscalationPolicy

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW)
  ada = await deployment()
  ;[bea, cleo, dan] = await colleagues(ada)
  primary = await create(ada, recurring(layer([bea, cleo])))
  const single = await create(ada, recurring(layer([dan])))
  const policy = (name: string, ...escalationRules: object[]) =>
    ada.post<EscalationPolicy>('/escalation-policies', { name, escalationRules })
  web = await policy(
    'Web',
    { escalationTimeout: 5, schedules: ids(primary.id) },
    { escalationTimeout: 5, users: ids(dan), schedules: ids(single.id) },
  )
  shop = await policy('Shop', { escalationTimeout: 5, users: ids(bea) })
  await policy('Unused', { escalationTimeout: 5, users: ids(dan) })
  for (const { id, name } of [web, shop]) await ada.post('/alert-sources', { name, escalationPolicy: { id } })
})
afterAll(() => void vi.useRealTimers())

const onCalls = (query = '') => ada.get<OnCall[]>(`/on-calls${query}`)
const short = (found: OnCall[]) =>
  found.map(({ user, escalationPolicy, escalationLevel, schedule }) => [
    user.id,
    escalationPolicy.name,
    escalationLevel,
    schedule?.name,
  ])

describe('on-calls', () => {
  it('are whom the policies in use would page', async ({ expect }) => {
    const found = await onCalls()
    expect(short(found)).toEqual([
      [cleo, 'Web', 1, 'Primary'],
      [dan, 'Web', 2, undefined],
      [dan, 'Web', 2, 'Primary'],
      [bea, 'Shop', 1, undefined],
    ])
    expect(found[0]).toEqual({
      user: { id: cleo, firstName: 'Cleo', lastName: 'Example' },
      ...{ escalationPolicy: { id: web.id, name: 'Web' }, escalationLevel: 1 },
      schedule: { id: primary.id, name: 'Primary', type: 'RECURRING' },
      ...{ start: '2040-01-10T08:00:00.000Z', end: '2040-01-11T08:00:00.000Z' },
    })
    expect(found[1]).toMatchObject({ schedule: null, start: null, end: null })
    expect(found[2]).toMatchObject({ start: iso(Date.parse('2040-01-01T08:00:00Z')), end: null })
  })

  it('are filtered', async ({ expect }) => {
    expect(short(await onCalls(`?policies=${shop.id}`))).toEqual([[bea, 'Shop', 1, undefined]])
    expect(short(await onCalls(`?schedules=${primary.id}`))).toEqual([[cleo, 'Web', 1, 'Primary']])
    expect(short(await onCalls(`?users=${dan}&users=${bea}&policy-levels=1`))).toEqual([[bea, 'Shop', 1, undefined]])
    expect(await onCalls('?start-index=1&max-results=2')).toHaveLength(2)
    expect(short(await onCalls(`?schedules[]=${primary.id}&from=${iso(NOW + DAY)}`))).toEqual([
      [bea, 'Web', 1, 'Primary'],
    ])
    const later = await onCalls(`?schedules=${primary.id}&from=${iso(NOW + DAY)}&until=${iso(NOW + 3 * DAY)}`)
    expect(later.map(({ user, start }) => [user.id, start])).toEqual([
      [bea, '2040-01-11T08:00:00.000Z'],
      [cleo, '2040-01-12T08:00:00.000Z'],
      [bea, '2040-01-13T08:00:00.000Z'],
    ])
    expect(await onCalls('?policies=999')).toEqual([])
    expect(await ada.refused('GET', '/on-calls?policy-levels=0')).toMatchObject({
      status: 400,
      field: 'policy-levels[0]',
    })
    expect(await ada.refused('GET', `/on-calls?until=${iso(NOW - 1)}`)).toMatchObject({ status: 400, field: 'until' })
  })
})

describe('the shifts of a user', () => {
  it('are those of all schedules, by time and whole, also where they were', async ({ expect }) => {
    const eve = (await ada.person('Eve')).id
    const holidays = await create(ada, placed(shift(eve, 30, 5), shift(dan, 40, 5)))
    const former = await create(ada, recurring(layer([eve], { startsOn: '2040-01-10T09:00' })))
    await ada.put(`/schedules/${primary.id}/overrides`, shift(eve, 1, 2))
    await save(ada, former, { scheduleLayers: [layer([dan], { startsOn: '2040-01-10T09:00' })] })
    const shiftsOf = (query: string) => ada.get<UserShift[]>(`/users/${eve}/shifts${query}`)
    const times = (found: UserShift[]) => found.map(({ schedule, start, end }) => [schedule.id, start, end])
    const over = [former.id, '2040-01-10T08:00:00.000Z', iso(NOW)]
    const coming = [
      [primary.id, iso(NOW + HOUR), iso(NOW + 3 * HOUR)],
      [holidays.id, iso(NOW + 30 * HOUR), iso(NOW + 35 * HOUR)],
    ]
    expect(times(await shiftsOf(''))).toEqual(coming)
    expect(times(await shiftsOf(`?from=${iso(NOW - HOUR)}&until=${iso(NOW + 2 * HOUR)}`))).toEqual([over, coming[0]])
    expect((await shiftsOf(''))[1]).toMatchObject({
      user: { id: eve, firstName: 'Eve' },
      schedule: { id: holidays.id, name: 'Holidays', type: 'STATIC' },
    })
    expect(await ada.refused('GET', '/users/999/shifts')).toMatchObject({ status: 404 })
  })
})
