import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, it, vi } from 'vitest'
import { storedOverride, storedSchedule } from '../../api/schedule.fixtures.ts'
import { deployment } from '../../api/test-client.ts'
import { onCallFor } from '../../incidents/level-members.ts'
import { freshSchedules } from './fresh-schedules.ts'

const HOUR = 3_600_000

let bea: number
let primary: number
beforeAll(async () => {
  const ada = await deployment()
  bea = (await ada.person('Bea')).id
  primary = await storedSchedule('Primary', 1)
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe('schedules read before paging', () => {
  it('are read once for all who ask at the same time', async ({ expect }) => {
    const batch = vi.spyOn(env.DB, 'batch')
    const asked = await Promise.all(Array.from({ length: 10 }, () => freshSchedules(env, [primary])))
    expect(batch).toHaveBeenCalledTimes(1)
    for (const schedules of asked) expect(schedules).toMatchObject([{ id: primary, name: 'Primary' }])
  })

  it('are read anew for who asks while a read is under way', async ({ expect }) => {
    const whoIsOnCall = async () => {
      const [schedule] = await freshSchedules(env, [primary])
      return schedule && onCallFor(schedule, Date.now())?.userId
    }
    const batch = env.DB.batch.bind(env.DB)
    let second: number | undefined
    vi.spyOn(env.DB, 'batch').mockImplementationOnce(async <T>(statements: D1PreparedStatement[]) => {
      const before = await batch<T>(statements)
      await storedOverride(primary, bea, Date.now() - HOUR, Date.now() + HOUR)
      second = await whoIsOnCall()
      return before
    })
    expect(await whoIsOnCall()).toBe(1)
    expect(second).toBe(bea)
  })

  it('are none with D1 failing, and read again when it is back', async ({ expect }) => {
    const batch = vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('the database is on fire'))
    expect(await freshSchedules(env, [primary])).toEqual([])
    batch.mockRestore()
    expect(await freshSchedules(env, [primary])).toHaveLength(1)
  })

  it('are not asked for where none are named', async ({ expect }) => {
    const batch = vi.spyOn(env.DB, 'batch')
    expect(await freshSchedules(env, [])).toEqual([])
    expect(batch).not.toHaveBeenCalled()
  })
})
