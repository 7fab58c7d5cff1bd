import { afterAll, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import { colleagues, create, DAY, iso, layer, NOW, placed, recurring, save } from './schedule-bodies.fixtures.ts'
import type { RenderedSchedule, Schedule, SchedulePreview, Shift } from './schemas/schedule.ts'
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

describe('a change of a schedule', () => {
  it('keeps who is on call and all of the past', async ({ expect }) => {
    const created = await create(ada, recurring(layer([bea, cleo, dan])))
    const shifts = (from: number, until: number) =>
      ada.get<Shift[]>(`/schedules/${created.id}/shifts?from=${iso(from)}&until=${iso(until)}`)
    const past = await shifts(NOW - 30 * DAY, NOW)
    const [first] = await shifts(NOW, NOW + 1)
    const updated = await save(ada, created, { scheduleLayers: [layer([dan, bea, cleo])] })
    expect(updated).toMatchObject({ version: 2, scheduleLayers: [{ id: 1, turnOffset: expect.any(Number) }] })
    expect(await shifts(NOW - 30 * DAY, NOW)).toEqual(past)
    expect((await shifts(NOW, NOW + DAY))[0]?.user).toEqual(first?.user)
    expect((await shifts(NOW, NOW + 3 * DAY)).map(({ user }) => user.id)).toEqual([bea, cleo, dan, bea])
  })

  it('is refused when somebody else was faster', async ({ expect }) => {
    const created = await create(ada, recurring(layer([bea])))
    const put = (name: string, fields: object) =>
      ada.raw('PUT', `/schedules/${created.id}`, JSON.stringify({ ...created, name, ...fields }))
    const answers = await Promise.all([put('One', {}), put('Other', {})])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { version, name } = await ada.get<Schedule>(`/schedules/${created.id}`)
    expect(version).toBe(2)
    expect(await ada.refused('PUT', `/schedules/${created.id}`, { ...created, name: 'Late' })).toMatchObject({
      ...{ status: 409, code: 'CONFLICT', message: expect.stringContaining('by somebody else meanwhile') },
    })
    const unversioned = await Promise.all(['A', 'B'].map((each) => put(each, { version: undefined })))
    expect(unversioned.map(({ status }) => status)).toEqual([200, 200])
    expect(await ada.get(`/schedules/${created.id}`)).toMatchObject({
      version: 4,
      name: expect.not.stringContaining(name),
    })
  })

  it('is none of type or zone, and needs a schedule', async ({ expect }) => {
    const created = await create(ada, recurring(layer([bea])))
    const refused = (fields: object) => ada.refused('PUT', `/schedules/${created.id}`, { ...created, ...fields })
    expect(await refused({ timezone: 'UTC' })).toMatchObject({ status: 400, field: 'timezone' })
    expect(await refused(placed())).toMatchObject({ status: 400, field: 'scheduleLayers' })
    expect(await refused({ ...placed(), scheduleLayers: undefined })).toMatchObject({ status: 400, field: 'type' })
    expect(await refused({ scheduleLayers: [layer([999])] })).toMatchObject({ field: 'scheduleLayers[0].users[0].id' })
    expect(await ada.refused('PUT', '/schedules/999', created)).toMatchObject({ status: 404 })
    expect(await ada.refused('GET', '/schedules/999')).toMatchObject({ status: 404 })
  })

  it('is seen before it is made', async ({ expect }) => {
    const created = await create(ada, recurring(layer([bea, cleo])))
    const wanted = {
      ...created,
      scheduleLayers: [
        ...(created.scheduleLayers ?? []),
        layer([dan], { name: 'Top', startsOn: '2040-01-12T00:00', endsOn: '2040-01-12T12:00' }),
      ],
    }
    const body = { schedule: wanted, scheduleId: created.id, from: iso(NOW - DAY), until: iso(NOW + 7 * DAY) }
    const preview = await ada.post<SchedulePreview>('/schedules/preview', body)
    expect(preview.changes).toEqual([
      {
        ...{ start: '2040-01-11T23:00:00.000Z', end: '2040-01-12T08:00:00.000Z' },
        before: expect.objectContaining({ id: bea }),
        after: { id: dan, firstName: 'Dan', lastName: 'Example' },
      },
      expect.objectContaining({ start: '2040-01-12T08:00:00.000Z', before: expect.objectContaining({ id: cleo }) }),
    ])
    expect(preview).toMatchObject({
      version: 1,
      before: { layers: [{ id: 1 }] },
      after: { layers: [{ id: 1 }, { id: 2, name: 'Top' }] },
    })
    expect(await ada.get(`/schedules/${created.id}`)).toEqual(created)

    await save(ada, created, wanted)
    const window = `from=${body.from}&until=${body.until}`
    expect(await ada.get<RenderedSchedule>(`/schedules/${created.id}/calendar?${window}`)).toEqual(preview.after)

    const fresh = await ada.post<SchedulePreview>('/schedules/preview', { schedule: recurring(layer([bea])) })
    expect(fresh).toMatchObject({
      before: null,
      version: null,
      after: { from: iso(NOW), until: iso(NOW + 28 * DAY), gaps: [] },
    })
    expect(fresh.changes).toMatchObject([{ start: iso(NOW), before: null, after: { id: bea } }])
    const unknown = { schedule: recurring(layer([999])) }
    expect(await ada.refused('POST', '/schedules/preview', unknown)).toMatchObject({
      field: 'scheduleLayers[0].users[0].id',
    })
    expect(await ada.refused('POST', '/schedules/preview', { ...body, until: iso(NOW + 401 * DAY) })).toMatchObject({
      field: 'until',
    })
  })
})
