import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import { colleagues, create, HOUR, layer, NOW, recurring } from '../../api/schedule-bodies.fixtures.ts'
import type { Schedule } from '../../api/schemas/schedule.ts'
import { type Client, deployment } from '../../api/test-client.ts'
import { database } from '../database.ts'
import { beforeBatch, collectNotices } from '../watched-env.fixtures.ts'
import { deleteSchedule } from './delete-schedule.ts'
import type { LayerFields } from './next-layers.ts'
import type { ScheduleFields } from './next-schedule.ts'
import { updateSchedule } from './save-schedule.ts'
import { addOverride, changeOverride, endOverride } from './schedule-overrides.ts'

const admin = { id: 1, name: 'Ada Admin', role: 'ADMIN' as const }
let ada: Client
let bea: number
let cleo: number
let dan: number
let primary: Schedule

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW)
  ada = await deployment()
  ;[bea, cleo, dan] = await colleagues(ada)
})
beforeEach(async () => {
  vi.setSystemTime(NOW)
  primary = await create(ada, recurring(layer([bea])))
})
afterAll(() => void vi.useRealTimers())

const fields = (...layers: LayerFields[]): ScheduleFields => {
  const { name, timezone, showGaps, defaultShiftDuration } = primary
  return { name, timezone, type: 'RECURRING', showGaps, defaultShiftDuration, layers, shifts: null }
}
const days = (user: number): LayerFields => {
  return { name: 'Days', start: '2040-01-01T09:00', users: [user], rotation: { unit: 'day', every: 1 } }
}
/** Lies over the other from a Tuesday or Wednesday in February on. */
const top = (user: number, start: string): LayerFields => {
  return { ...days(user), name: 'Top', start, end: '2040-06-01T09:00' }
}
const saving = (version?: number) => ({ by: admin, abortOnGaps: false, version })
const override = (userId: number, from: number, hours: number) => ({
  userId,
  start: NOW + from * HOUR,
  end: NOW + (from + hours) * HOUR,
})

describe('a change of shifts', () => {
  it('by an override is told to who gains and who loses them, however far away', async ({ expect }) => {
    const { env: watched, told } = collectNotices()
    const { id } = await addOverride(watched, primary.id, override(cleo, 24 * 90, 5), admin)
    expect(Object.keys(told).map(Number)).toEqual([bea, cleo])
    expect(told[bea]?.[0]?.text).toMatch(
      /^Cleo Example takes over from you: Mon 9 Apr 2040 12:00 – 17:00 \(UTC\)\nAda Admin/,
    )
    expect(told[cleo]?.[0]?.text).toMatch(/^You take over from Bea Example: Mon 9 Apr 2040 12:00/)

    await changeOverride(watched, primary.id, id, override(dan, 24 * 90, 5), admin)
    expect(told[cleo]?.[1]?.text).toMatch(/^Dan Example takes over from you/)
    expect([told[bea]?.length, told[dan]?.length]).toEqual([1, 1])
    await endOverride(watched, primary.id, id, admin)
    expect(told[dan]?.[1]?.text).toMatch(/^Bea Example takes over from you/)
    expect(told[bea]?.[1]?.text).toMatch(/^You take over from Dan Example/)
  })

  it('by a change of the schedule is told for four weeks', async ({ expect }) => {
    const { env: watched, told } = collectNotices()
    await updateSchedule(watched, primary.id, fields(days(bea), top(cleo, '2040-02-08T09:00')), saving(1))
    expect(told).toEqual({})
    await updateSchedule(watched, primary.id, fields(days(bea), top(cleo, '2040-02-07T09:00')), saving(2))
    expect(told[cleo]?.[0]?.text).toMatch(
      /^You take over from Bea Example: Tue 7 Feb 2040 08:00 – Wed 8 Feb 2040 08:00 \(UTC\)/,
    )
    await updateSchedule(watched, primary.id, fields(days(dan)), saving(3))
    expect(told[dan]?.[0]?.text).toMatch(
      /^You take over from Bea Example: Tue 10 Jan 2040 12:00 – Tue 7 Feb 2040 08:00 \(UTC\)\nYou take over from Cleo/,
    )
  })

  it('that changes nothing, or fails, is told to nobody', async ({ expect }) => {
    const { env: watched, told } = collectNotices()
    await updateSchedule(watched, primary.id, fields(days(bea)), saving(1))
    await updateSchedule(watched, primary.id, { ...fields(days(bea)), name: 'Other' }, saving(1))
    const stale = {
      ...beforeBatch(3, () => ada.put(`/schedules/${primary.id}`, { ...primary, version: 2, name: 'Faster' })),
      PAGER: watched.PAGER,
    }
    await expect(updateSchedule(stale, primary.id, fields(days(dan)), saving(2))).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect(told).toEqual({})
    const pending = await database(env).all(sql`select id from pending_notices`)
    expect(pending).toEqual([])
    expect(await ada.get(`/schedules/${primary.id}`)).toMatchObject({ name: 'Faster', version: 3 })
  })

  it('of what somebody else has ended or deleted meanwhile is told to nobody', async ({ expect }) => {
    const { id } = await addOverride(env, primary.id, override(cleo, 1, 5), admin)
    const { env: watched, told } = collectNotices()
    const meanwhile = (act: () => Promise<unknown>) => ({ ...beforeBatch(3, act), PAGER: watched.PAGER })
    const ended = meanwhile(() => endOverride(env, primary.id, id, admin))
    await expect(changeOverride(ended, primary.id, id, override(dan, 1, 5), admin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const deleted = meanwhile(() => deleteSchedule(env, primary.id, admin))
    await expect(updateSchedule(deleted, primary.id, fields(days(dan)), saving(1))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(told).toEqual({})
    expect(await database(env).all(sql`select id from pending_notices`)).toEqual([])
  })

  it('by a deletion is told to who had some', async ({ expect }) => {
    const { env: watched, told } = collectNotices()
    await deleteSchedule(watched, primary.id, admin)
    expect(told[bea]?.[0]?.text).toMatch(/^You are not on call any more: from Tue 10 Jan 2040 12:00 on \(UTC\)/)
  })

  it('is heard by sources that page by the schedule, and by everybody in it before and after', async ({ expect }) => {
    const escalationRules = [{ escalationTimeout: 5, schedules: [{ id: primary.id }] }]
    const policy = await ada.post<{ id: number }>('/escalation-policies', { name: 'Web', escalationRules })
    const source = await ada.post<{ id: number }>('/alert-sources', {
      name: 'Shop',
      escalationPolicy: { id: policy.id },
    })
    const unreachable = () => ({ getByName: () => ({ configure: () => Promise.reject(new Error('away')) }) })
    const away = { ...collectNotices().env, PAGER: unreachable(), ALERT_SOURCE: unreachable() } as unknown as typeof env
    await updateSchedule(away, primary.id, fields(days(dan)), saving(1))
    const pending = await database(env).all<{ object: string; object_id: number }>(
      sql`select object, object_id from pending_publications order by object, object_id`,
    )
    expect(pending).toEqual([
      { object: 'alert-source', object_id: source.id },
      ...[bea, dan].map((object_id) => ({ object: 'pager', object_id })),
    ])
  })
})
