import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, it } from 'vitest'
import { database } from '../directory/database.ts'
import { selectMaintenanceOf } from '../directory/maintenance-windows.ts'
import { loadAlertSourceConfig } from '../directory/publish.ts'
import type { AlertSource } from './schemas/alert-source.ts'
import type { MaintenanceWindow } from './schemas/maintenance-window.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** So far from now, in whole seconds. */
const inHours = (hours: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + hours * HOUR).toISOString()

let ada: Client
let shop: AlertSource
let bank: AlertSource
beforeAll(async () => {
  ada = await deployment()
  const { id } = await ada.policy([1])
  shop = await ada.post<AlertSource>('/alert-sources', { name: 'Shop', escalationPolicy: { id } })
  bank = await ada.post<AlertSource>('/alert-sources', { name: 'Bank', escalationPolicy: { id } })
})

/** An hour from now for two hours, unless something else is given. */
function aWindow(given: object = {}) {
  return {
    ...{ name: 'Upgrade', timezone: 'Europe/Berlin', start: inHours(1), end: inHours(3) },
    ...{ alertSources: [{ id: shop.id }], ...given },
  }
}

/** What the source's object is told. */
async function maintenanceOf({ id }: AlertSource) {
  return (await loadAlertSourceConfig(env, id))?.maintenance.map(({ name }) => name)
}

describe('maintenance windows', () => {
  it('come back as they were written, and say when they are', async ({ expect }) => {
    const input = aWindow({ description: 'New disks', alertSources: [{ id: shop.id }, { id: bank.id }] })
    const created = await ada.post<MaintenanceWindow>('/maintenance-windows', input)
    expect(created).toMatchObject({
      ...{ name: 'Upgrade', description: 'New disks', timezone: 'Europe/Berlin', recurrence: null, active: false },
      ...{ start: input.start, end: input.end, nextStart: input.start, nextEnd: input.end },
      alertSources: [
        { id: shop.id, name: 'Shop' },
        { id: bank.id, name: 'Bank' },
      ],
      createdBy: { id: 1, name: 'Ada Admin' },
    })
    const path = `/maintenance-windows/${created.id}`
    expect(await ada.get(path)).toEqual(created)
    expect(await maintenanceOf(bank)).toEqual(['Upgrade'])

    const weekly = { frequency: 'WEEKLY', interval: 2, weekdays: [] }
    const changed = await ada.put<MaintenanceWindow>(path, aWindow({ start: inHours(-1), recurrence: weekly }))
    expect(changed).toMatchObject({ active: true, recurrence: { ...weekly, until: null }, description: null })
    expect(await maintenanceOf(bank)).toEqual([])
    expect(await maintenanceOf(shop)).toEqual(['Upgrade'])

    await ada.delete(path)
    expect(await maintenanceOf(shop)).toEqual([])
    for (const [method, at, body] of [
      ['GET', path],
      ['PUT', path, aWindow()],
      ['DELETE', path],
      ['POST', `${path}/end-now`],
    ] as const) {
      expect(await ada.refused(method, at, body)).toMatchObject({ status: 404 })
    }
  })

  it('are told to their sources as they change', async ({ expect }) => {
    const status = async () => (await ada.get<AlertSource>(`/alert-sources/${shop.id}`)).status
    expect(await status()).toBe('ALL_RESOLVED')
    const { id } = await ada.post<MaintenanceWindow>('/maintenance-windows', aWindow({ start: inHours(-1) }))
    expect(await status()).toBe('IN_MAINTENANCE')
    await ada.delete(`/maintenance-windows/${id}`)
    expect(await status()).toBe('ALL_RESOLVED')
  })

  it('are ended when the work is done: once, or this time', async ({ expect }) => {
    const once = await ada.post<MaintenanceWindow>('/maintenance-windows', aWindow({ start: inHours(-1) }))
    const ended = await ada.post<MaintenanceWindow>(`/maintenance-windows/${once.id}/end-now`)
    expect(ended).toMatchObject({ active: false, nextStart: null })
    expect(Date.parse(ended.end)).toBeLessThanOrEqual(Date.now())
    expect(await ada.refused('POST', `/maintenance-windows/${once.id}/end-now`)).toMatchObject({ status: 409 })

    const input = aWindow({ start: inHours(-1), timezone: 'UTC', recurrence: { frequency: 'DAILY' } })
    const daily = await ada.post<MaintenanceWindow>('/maintenance-windows', input)
    const tomorrow = new Date(Date.parse(daily.start) + DAY).toISOString()
    const path = `/maintenance-windows/${daily.id}`
    expect(await ada.post(`${path}/end-now`)).toMatchObject({ active: false, nextStart: tomorrow })
    // Another name does not begin it again, another time does.
    expect(await ada.put(path, { ...input, name: 'Backup' })).toMatchObject({ active: false, nextStart: tomorrow })
    expect(await ada.put(path, { ...input, start: inHours(-2) })).toMatchObject({ active: true })
    await ada.delete(path)
    await ada.delete(`/maintenance-windows/${once.id}`)
  })

  it('are listed: what runs, what comes next, what is over, by the page', async ({ expect }) => {
    const windows: [string, object][] = [
      ['Next week', { start: inHours(7 * 24), end: inHours(7 * 24 + 1) }],
      ['Soon', {}],
      ['Now', { start: inHours(-1) }],
      ['Over', { start: inHours(-2) }],
      ['Daily', { start: inHours(-30), end: inHours(-29), recurrence: { frequency: 'DAILY' } }],
    ]
    for (const [name, given] of windows) {
      const { id } = await ada.post<MaintenanceWindow>('/maintenance-windows', aWindow({ name, ...given }))
      if (name === 'Over') await ada.post(`/maintenance-windows/${id}/end-now`)
    }
    const names = async (query = '') =>
      (await ada.get<MaintenanceWindow[]>(`/maintenance-windows${query}`)).map(({ name }) => name)
    const all = ['Now', 'Soon', 'Daily', 'Next week', 'Over']
    expect(await names()).toEqual(all)
    for (const start of [0, 1, 3, 4, 5]) {
      expect(await names(`?start-index=${start}&max-results=2`)).toEqual(all.slice(start, start + 2))
    }
  })

  it('that are over are not told to objects any more', async ({ expect }) => {
    const db = database(env)
    const over = aWindow({
      ...{ name: 'Until', start: inHours(1), end: inHours(2) },
      recurrence: { frequency: 'DAILY', until: inHours(30) },
    })
    const { id } = await ada.post<MaintenanceWindow>('/maintenance-windows', {
      ...over,
      alertSources: [{ id: bank.id }],
    })
    const known = async (from: number) => (await selectMaintenanceOf(db, sql`${bank.id}`, from)).length
    expect(await known(Date.now() + 30 * HOUR)).toBe(1)
    expect(await known(Date.now() + 31 * HOUR)).toBe(0)
    await ada.delete(`/maintenance-windows/${id}`)
  })

  it('say which field is wrong', async ({ expect }) => {
    const field = async (given: object) => {
      const refused = await ada.refused('POST', '/maintenance-windows', aWindow(given))
      expect(refused.status).toBe(400)
      return refused.field
    }
    const daily = { frequency: 'DAILY' }
    expect(await field({ name: '' })).toBe('name')
    expect(await field({ timezone: 'Europe/Atlantis' })).toBe('timezone')
    expect(await field({ start: 'tomorrow' })).toBe('start')
    expect(await field({ end: inHours(1) })).toBe('end')
    expect(await field({ end: inHours(1 + 31 * 24 + 1) })).toBe('end')
    expect(await field({ start: inHours(-3), end: inHours(-1) })).toBe('end')
    expect(await field({ alertSources: [] })).toBe('alertSources')
    expect(await field({ alertSources: [{ id: shop.id }, { id: 999 }] })).toBe('alertSources[1].id')
    expect(await field({ recurrence: { frequency: 'YEARLY' } })).toBe('recurrence.frequency')
    expect(await field({ recurrence: { ...daily, interval: 0 } })).toBe('recurrence.interval')
    expect(await field({ recurrence: { ...daily, until: inHours(1) } })).toBe('recurrence.until')
    expect(await field({ end: inHours(49), recurrence: daily })).toBe('recurrence')
    const past = { start: inHours(-80), end: inHours(-79), recurrence: { ...daily, until: inHours(-50) } }
    expect(await field(past)).toBe('recurrence.until')
    const wednesday = { timezone: 'UTC', start: '2099-05-06T22:00:00Z', end: '2099-05-06T23:00:00Z' }
    const weekdays = ['MONDAY', 'TUESDAY']
    expect(await field({ ...wednesday, recurrence: { frequency: 'WEEKLY', weekdays } })).toBe('recurrence.weekdays')
  })

  it('are set up by administrators, and seen by everybody', async ({ expect }) => {
    const user = await clientOf((await ada.person('Bea')).id)
    expect(await user.refused('POST', '/maintenance-windows', aWindow())).toMatchObject({ status: 403 })
    expect((await user.get<MaintenanceWindow[]>('/maintenance-windows')).length).toBeGreaterThan(0)
  })
})
