import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import {
  DAY,
  dailyLayer,
  HOUR,
  storeOverride,
  storeSchedule,
} from '../directory/schedules/stored-schedules.fixtures.ts'
import { LIMITS } from '../limits.ts'
import { readCalendar } from '../on-call/icalendar/read-calendar.ts'
import worker from '../worker.ts'
import { app } from './app.ts'
import type { CalendarFeed } from './schemas/schedule.ts'
import type { User } from './schemas/user.ts'
import { type Client, clientOf, deployment, ORIGIN } from './test-client.ts'

const NOW = Date.parse('2040-01-10T12:00:00Z')

type Created = CalendarFeed & { url: string }

let ada: Client
let bea: User
let beas: Client
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW)
  ada = await deployment()
  bea = await ada.person('Bea')
  beas = await clientOf(bea.id)
})
afterAll(() => {
  vi.useRealTimers()
})

/** As a calendar asks, which has neither cookie nor key. */
async function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return app.fetch(new Request(url, { headers, method }), env)
}

async function eventsOf(url: string) {
  const text = await (await ask(url)).text()
  return readCalendar(text, { start: 0, end: NOW + 1000 * DAY, most: 1000, timeZone: 'UTC' })
}

describe('a calendar feed', () => {
  it('has the own shifts of all schedules', async ({ expect }) => {
    const shift = { userId: bea.id, start: NOW - DAY, end: NOW + DAY }
    const fair = await storeSchedule({ name: 'Fair', type: 'STATIC', timezone: 'Europe/Berlin', shifts: [shift] })
    const later = { userId: bea.id, start: NOW + 2 * DAY, end: NOW + 3 * DAY }
    const backup = await storeSchedule({ name: 'Backup; EU', layers: [dailyLayer([1])] })
    await storeOverride(backup, later)
    const { url, ...feed } = await beas.post<Created>('/calendar-feeds', {})
    expect(feed).toMatchObject({ schedule: null, lastUsedAt: null, createdAt: new Date(NOW).toISOString() })
    expect(url).toMatch(/^https:\/\/tocsin\.example\.com\/calendars\/[0-9A-Za-z]{43}\.ics$/)

    const answer = await ask(url)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(answer.headers.get('cache-control')).toMatch(/^private/)
    expect(answer.headers.get('set-cookie')).toBeNull()
    const text = await answer.text()
    expect(text).toContain(`UID:shift-${fair}-${bea.id}-${shift.start}@tocsin`)
    expect(text).toContain(`URL:${ORIGIN}/schedules/${fair}`)
    const calendar = await eventsOf(url)
    expect(calendar).toMatchObject({ name: 'On call: Bea Example', timeZone: 'UTC' })
    expect(calendar.events).toMatchObject([
      { summary: 'On call: Fair', start: shift.start, end: shift.end },
      { summary: 'On call: Backup; EU', start: later.start, end: later.end },
    ])
  })

  it('has everybody’s shifts of a schedule, of the last month and the next year', async ({ expect }) => {
    const shifts = [-40, -31, -29, 364, 366].map((day, index) => ({
      ...{ userId: index % 2 ? 1 : bea.id, start: NOW + day * DAY, end: NOW + day * DAY + 2 * DAY - HOUR },
    }))
    const id = await storeSchedule({ name: 'Primary', type: 'STATIC', timezone: 'Europe/Berlin', shifts })
    const feed = await beas.post<Created>('/calendar-feeds', { schedule: { id } })
    expect(feed).toMatchObject({ schedule: { id, name: 'Primary', type: 'STATIC' } })
    const { events, ...calendar } = await eventsOf(feed.url)
    expect(calendar).toMatchObject({ name: 'On call: Primary', timeZone: 'Europe/Berlin' })
    expect(events.map(({ summary, start }) => [summary, (start - NOW) / DAY])).toEqual([
      ['Ada Admin: Primary', -31],
      ['Bea Example: Primary', -29],
      ['Ada Admin: Primary', 364],
    ])
  })

  it('shows what was before a change, and who has left', async ({ expect }) => {
    const gone = await ada.person('Gone')
    const id = await storeSchedule({
      layers: [dailyLayer([gone.id, 1], '2039-12-01T00:00')],
      ...{ name: 'Rota', pastLayers: [] },
    })
    const own = await (await clientOf(gone.id)).post<Created>('/calendar-feeds', { schedule: { id } })
    const all = await beas.post<Created>('/calendar-feeds', { schedule: { id } })
    await ada.delete(`/users/${gone.id}?replace-by=${bea.id}`)
    expect((await ask(own.url)).status).toBe(404)
    const { events } = await eventsOf(all.url)
    const summaries = (from: number, to: number) => [
      ...new Set(events.filter(({ start, end }) => start >= from && end <= to).map(({ summary }) => summary)),
    ]
    expect(summaries(0, NOW).sort()).toEqual(['Ada Admin: Rota', 'Gone Example: Rota'])
    expect(summaries(NOW, NOW + DAY * 100).sort()).toEqual(['Ada Admin: Rota', 'Bea Example: Rota'])
    const beasOwn = await beas.post<Created>('/calendar-feeds', {})
    expect((await eventsOf(beasOwn.url)).events.map(({ summary }) => summary)).toContain('On call: Rota')
  })

  it('is asked again for nothing while nothing has changed', async ({ expect }) => {
    const id = await storeSchedule({ name: 'Still', layers: [dailyLayer([bea.id, 1])] })
    const { url } = await beas.post<Created>('/calendar-feeds', { schedule: { id } })
    const etag = (await ask(url)).headers.get('etag') ?? ''
    vi.setSystemTime(NOW + HOUR)
    for (const known of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
      const answer = await ask(url, { 'if-none-match': known })
      expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', etag])
    }
    expect((await ask(url, { 'if-none-match': '"other"' })).status).toBe(200)
    await storeOverride(id, { userId: 1, start: NOW + 5 * DAY, end: NOW + 5 * DAY + HOUR })
    const changed = await ask(url, { 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
    vi.setSystemTime(NOW)
  })

  it('answers HEAD as GET, without the text', async ({ expect }) => {
    const { url } = await beas.post<Created>('/calendar-feeds', {})
    const [get, head] = [await ask(url), await ask(url, {}, 'HEAD')]
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['etag', 'content-type']) expect(head.headers.get(name)).toBe(get.headers.get(name))
  })

  it('ends when it is revoked, and with its schedule', async ({ expect }) => {
    const id = await storeSchedule({ name: 'Short', layers: [dailyLayer([bea.id])] })
    const [revoked, ofSchedule] = [
      await beas.post<Created>('/calendar-feeds', {}),
      await beas.post<Created>('/calendar-feeds', { schedule: { id } }),
    ]
    expect(await ada.refused('DELETE', `/calendar-feeds/${revoked.id}`)).toMatchObject({ status: 404 })
    expect((await ask(revoked.url)).status).toBe(200)
    await beas.delete(`/calendar-feeds/${revoked.id}`)
    const answer = await ask(revoked.url)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    await env.DB.prepare('DELETE FROM schedules WHERE id = ?').bind(id).run()
    expect((await ask(ofSchedule.url)).status).toBe(404)
  })

  it('is nothing under any other address', async ({ expect }) => {
    const { url } = await beas.post<Created>('/calendar-feeds', {})
    const token = url.slice(-47, -4)
    for (const file of [
      'x.ics',
      `${token.slice(1)}.ics`,
      `${token}0.ics`,
      token.toLowerCase(),
      '%00.ics',
      'a'.repeat(5000),
    ]) {
      const answer = await ask(`${ORIGIN}/calendars/${file}`)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
      expect(await answer.text()).not.toContain(file)
    }
    for (const path of ['', `/${token}/more.ics`]) expect((await ask(`${ORIGIN}/calendars${path}`)).status).toBe(404)
    expect((await ask(url, {}, 'POST')).status).toBe(404)
  })

  it('is reached without the event path, and logged without its address', async ({ expect }) => {
    const { url } = await beas.post<Created>('/calendar-feeds', {})
    expect((await worker.fetch(new Request(url), env, createExecutionContext())).status).toBe(200)
    const logged = vi.spyOn(console, 'error')
    const DB = {
      prepare: () => {
        throw new Error('D1_ERROR: gone')
      },
    } as unknown as D1Database
    expect((await app.fetch(new Request(url), { ...env, DB })).status).toBe(503)
    expect(logged).toHaveBeenCalled()
    expect(JSON.stringify(logged.mock.calls)).not.toContain(url.slice(-47, -4))
  })

  it('is listed without its address, and says when it was read', async ({ expect }) => {
    const cleo = await clientOf((await ada.person('Cleo')).id)
    const { url, ...feed } = await cleo.post<Created>('/calendar-feeds', {})
    expect(await cleo.get('/calendar-feeds')).toEqual([feed])
    const lastUsedAt = async () => (await cleo.get<CalendarFeed[]>('/calendar-feeds'))[0]?.lastUsedAt
    const reads = [0, HOUR - 1, HOUR]
    const seen: unknown[] = []
    for (const later of reads) {
      vi.setSystemTime(NOW + later)
      await ask(url)
      seen.push(Date.parse((await lastUsedAt()) ?? '') - NOW)
    }
    vi.setSystemTime(NOW)
    // At most one write an hour.
    expect(seen).toEqual([0, 0, HOUR])
    const { results } = await env.DB.prepare('SELECT * FROM calendar_feeds').all()
    expect(JSON.stringify(results)).not.toContain(url.slice(-47, -4))
  })

  it('is one of a few, of a schedule that exists', async ({ expect }) => {
    const dan = await clientOf((await ada.person('Dan')).id)
    expect(await dan.refused('POST', '/calendar-feeds', { schedule: { id: 4711 } })).toMatchObject({
      ...{ status: 400, field: 'schedule.id' },
    })
    for (let count = 1; count < LIMITS.calendarFeedsPerUser; count++) await dan.post('/calendar-feeds', {})
    const answers = await Promise.all([1, 2].map(() => dan.raw('POST', '/calendar-feeds', '{}')))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await dan.refused('POST', '/calendar-feeds', {})).toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })
})
