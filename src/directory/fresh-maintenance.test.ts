import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, it, vi } from 'vitest'
import type { AlertSource } from '../api/schemas/alert-source.ts'
import { deployment } from '../api/test-client.ts'
import { freshMaintenance } from './fresh-maintenance.ts'
import { createWindow } from './maintenance-windows.ts'

const HOUR = 3_600_000

let shop: number
beforeAll(async () => {
  const ada = await deployment()
  const { id } = await ada.policy([1])
  shop = (await ada.post<AlertSource>('/alert-sources', { name: 'Shop', escalationPolicy: { id } })).id
  const bank = (await ada.post<AlertSource>('/alert-sources', { name: 'Bank', escalationPolicy: { id } })).id
  const window = async (name: string, sourceId: number, from: number, to: number) => {
    const [start, end] = [from, to].map((hours) => new Date(Date.now() + hours * HOUR)) as [Date, Date]
    await createWindow(env, { name, description: null, timezone: 'UTC', start, end, recurrence: null }, [sourceId], 1)
  }
  await window('Next', shop, 1, 2)
  await window('Just over', shop, -3, -2)
  await window('Long over', shop, -40, -30)
  await window('Of another', bank, 1, 2)
})

afterEach(() => {
  vi.restoreAllMocks()
})

const names = async () => (await freshMaintenance(env, shop))?.map(({ name }) => name)

describe('maintenance windows read before paging', () => {
  it('are those of the source, also what is just over: an alarm may ring late', async ({ expect }) => {
    expect(await names()).toEqual(['Next', 'Just over'])
  })

  it('are read once for all who ask at the same time', async ({ expect }) => {
    const prepare = vi.spyOn(env.DB, 'prepare')
    const asked = await Promise.all(Array.from({ length: 10 }, () => freshMaintenance(env, shop)))
    expect(prepare).toHaveBeenCalledTimes(1)
    for (const windows of asked) expect(windows).toHaveLength(2)
  })

  it('are not known with D1 failing, and read again when it is back', async ({ expect }) => {
    const prepare = vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw new Error('the database is on fire')
    })
    expect(await freshMaintenance(env, shop)).toBeNull()
    prepare.mockRestore()
    expect(await names()).toEqual(['Next', 'Just over'])
  })
})
