import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import { addOverride, changeOverride } from '../directory/schedules/schedule-overrides.ts'
import { storeOverride } from '../directory/schedules/stored-schedules.fixtures.ts'
import { beforeBatch } from '../directory/watched-env.fixtures.ts'
import { LIMITS } from '../limits.ts'
import { colleagues, create, DAY, HOUR, iso, layer, NOW, recurring, save, shift } from './schedule-bodies.fixtures.ts'
import type { Override, Schedule, Shift } from './schemas/schedule.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let ada: Client
let bea: number
let cleo: number
let dan: number
/** Bea has all of it. */
let primary: Schedule
let path: string

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW)
  ada = await deployment()
  ;[bea, cleo, dan] = await colleagues(ada)
})
beforeEach(async () => {
  vi.setSystemTime(NOW)
  primary = await create(ada, recurring(layer([bea])))
  path = `/schedules/${primary.id}/overrides`
})
afterAll(() => void vi.useRealTimers())

const add = (body: object, by: Client = ada) => by.put<Override>(path, body)
const shifts = async () => {
  const query = `from=${iso(NOW - DAY)}&until=${iso(NOW + DAY)}`
  const found = await ada.get<Shift[]>(`/schedules/${primary.id}/shifts?${query}`)
  return found.map(({ user, start }) => [user.id, (Date.parse(start) - NOW) / HOUR])
}

describe('an override', () => {
  it('beats the schedule, and the newest the others', async ({ expect }) => {
    const first = await add(shift(cleo, 2, 6))
    expect(first).toEqual({
      ...{ id: first.id, user: { id: cleo, firstName: 'Cleo', lastName: 'Example' } },
      ...{ start: iso(NOW + 2 * HOUR), end: iso(NOW + 8 * HOUR), createdAt: iso(NOW) },
      createdBy: { id: 1, firstName: 'Ada', lastName: 'Admin' },
      coverageRequest: null,
    })
    const second = await add(shift(dan, 4, 1))
    expect(await shifts()).toEqual([
      [bea, -24],
      [cleo, 2],
      [dan, 4],
      [cleo, 5],
      [bea, 8],
    ])
    expect(await ada.get(path)).toEqual([first, second])
    expect(await ada.get(`${path}?from=${iso(NOW + 5 * HOUR)}`)).toEqual([first])
    expect(await ada.get(`${path}?until=${iso(NOW + 2 * HOUR)}`)).toEqual([])

    const changed = await ada.put<Override>(`${path}/${first.id}`, shift(bea, 3, 3))
    expect(changed).toMatchObject({ id: first.id, user: { id: bea }, start: iso(NOW + 3 * HOUR) })
    expect(await shifts()).toEqual([
      [bea, -24],
      [dan, 4],
      [bea, 5],
    ])
    await ada.delete(`${path}/${second.id}`)
    expect(await shifts()).toEqual([[bea, -24]])
    expect(await ada.refused('DELETE', `${path}/${second.id}`)).toMatchObject({ status: 404 })
  })

  it('begins now at the earliest', async ({ expect }) => {
    const lateBy = (seconds: number) => ({ ...shift(cleo, 0, 1), start: iso(NOW - seconds * 1000) })
    expect(await add(lateBy(59))).toMatchObject({ start: iso(NOW) })
    expect(await ada.refused('PUT', path, lateBy(61))).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
      field: 'start',
    })
    expect(await ada.refused('PUT', path, { ...lateBy(59), end: iso(NOW) })).toMatchObject({
      status: 400,
      field: 'end',
    })
  })

  it('says which field is wrong', async ({ expect }) => {
    const field = async (fields: object) => (await ada.refused('PUT', path, { ...shift(cleo, 1, 1), ...fields })).field
    expect(await field({ user: { id: 999 } })).toBe('user.id')
    expect(await field({ user: undefined })).toBe('user')
    expect(await field({ end: iso(NOW + HOUR) })).toBe('end')
    expect(await field({ end: iso(NOW + (LIMITS.shiftsDays + 1) * DAY) })).toBe('end')
    expect(await field({ start: '2040-02-30T00:00:00Z' })).toBe('start')
    expect(await ada.refused('PUT', '/schedules/999/overrides', shift(cleo, 1, 1))).toMatchObject({ status: 404 })
  })

  it('of which a part is past keeps that part', async ({ expect }) => {
    const running = await add(shift(cleo, 0, 4))
    vi.setSystemTime(NOW + HOUR)
    const refused = async (body: object) => (await ada.refused('PUT', `${path}/${running.id}`, body)).field
    expect(await refused(shift(dan, 0, 4))).toBe('user.id')
    expect(await refused(shift(cleo, 2, 2))).toBe('start')
    expect(await refused(shift(cleo, 0, 0.9))).toBe('end')
    expect(await ada.put(`${path}/${running.id}`, shift(cleo, 0, 3))).toMatchObject({ end: iso(NOW + 3 * HOUR) })
    vi.setSystemTime(NOW + 2 * HOUR)
    await ada.delete(`${path}/${running.id}`)
    expect(await shifts()).toEqual([
      [bea, -24],
      [cleo, 0],
      [bea, 2],
    ])
    const over = { status: 409, message: expect.stringContaining('is over') }
    expect(await ada.refused('DELETE', `${path}/${running.id}`)).toMatchObject(over)
    expect(await ada.refused('PUT', `${path}/${running.id}`, shift(cleo, 4, 1))).toMatchObject(over)
  })

  it('is limited in number, also for two at the same time', async ({ expect }) => {
    for (let made = 1; made < LIMITS.overridesPerSchedule; made++) {
      await storeOverride(primary.id, { userId: cleo, start: NOW, end: NOW + HOUR })
    }
    await storeOverride(primary.id, { userId: cleo, start: NOW - HOUR, end: NOW })
    const answers = await Promise.all([dan, bea].map((user) => ada.raw('PUT', path, JSON.stringify(shift(user, 1, 1)))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await ada.refused('PUT', path, shift(dan, 1, 1))).toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('is for nobody who is deleted meanwhile', async ({ expect }) => {
    const gone = await ada.person('Gone')
    // The batch that writes it is the third: the schedule and the names are read before.
    const watched = beforeBatch(3, () => ada.delete(`/users/${gone.id}`))
    const wanted = { userId: gone.id, start: NOW + HOUR, end: NOW + 2 * HOUR }
    await expect(
      addOverride(watched, primary.id, wanted, { id: 1, name: 'Ada Admin', role: 'ADMIN' }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect(
      await addOverride(env, primary.id, { ...wanted, userId: dan }, { id: dan, name: 'Dan', role: 'USER' }),
    ).toMatchObject({
      userId: dan,
    })
    expect(await ada.get<Override[]>(path)).toHaveLength(1)
  })
})

describe('overrides at the same time', () => {
  it('are all made', async ({ expect }) => {
    await Promise.all([1, 2, 3, 4].map((hour) => add(shift(cleo, 2 * hour, 1))))
    expect(await ada.get<Override[]>(path)).toHaveLength(4)
  })
})

describe('who may', () => {
  it('take over: everybody for themselves', async ({ expect }) => {
    const user = await clientOf(cleo)
    const own = await add(shift(cleo, 1, 2), user)
    expect(own.createdBy).toMatchObject({ id: cleo })
    expect(await user.refused('PUT', path, shift(dan, 5, 1))).toMatchObject({ status: 403, field: 'user.id' })
    expect(await (await clientOf(dan)).refused('DELETE', `${path}/${own.id}`)).toMatchObject({ status: 403 })
    await user.delete(`${path}/${own.id}`)
  })

  it('hand over: everybody their own shifts', async ({ expect }) => {
    const user = await clientOf(bea)
    await add(shift(cleo, 4, 1))
    const handedOver = await add(shift(dan, 1, 2), user)
    expect(handedOver).toMatchObject({ user: { id: dan }, createdBy: { id: bea } })
    expect(await user.refused('PUT', path, shift(dan, 3, 2))).toMatchObject({ status: 403 })
    expect(await user.put(`${path}/${handedOver.id}`, shift(dan, 1, 1))).toMatchObject({ end: iso(NOW + 2 * HOUR) })
    expect(await user.refused('PUT', `${path}/${handedOver.id}`, shift(dan, 3, 2))).toMatchObject({ status: 403 })
    const byAda = await add(shift(bea, 6, 1))
    expect(await user.refused('DELETE', `${path}/${byAda.id}`)).toMatchObject({ status: 403 })
  })

  it('hand over: not what an administrator gives to somebody else in that moment', async ({ expect }) => {
    const by = { id: bea, name: 'Bea', role: 'USER' as const }
    const to = (userId: number, from: number) => ({
      ...{ userId, start: NOW + from * HOUR, end: NOW + (from + 2) * HOUR },
    })
    const adding = beforeBatch(3, () => add(shift(dan, 1, 2)))
    await expect(addOverride(adding, primary.id, to(cleo, 1), by)).rejects.toMatchObject({ code: 'FORBIDDEN' })

    const { id } = await addOverride(env, primary.id, to(cleo, 5), by)
    const changing = beforeBatch(3, () => save(ada, primary, { scheduleLayers: [layer([dan])] }))
    await expect(changeOverride(changing, primary.id, id, to(cleo, 7), by)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await shifts()).toEqual([
      [bea, -24],
      [dan, 0],
      [cleo, 5],
      [dan, 7],
    ])
  })
})
