import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { database } from '../directory/database.ts'
import {
  DAY,
  dailyLayer,
  HOUR,
  storedOverrides,
  storedSchedule,
  storeOverride,
  storeSchedule,
  usersAt,
} from '../directory/schedules/stored-schedules.fixtures.ts'
import { escalationPolicies, formerUsers, pendingPublications, schedules } from '../directory/schema.ts'
import { deleteUser } from '../directory/users/user-deletion.ts'
import { beforeBatch, collectNotices } from '../directory/watched-env.fixtures.ts'
import type { Shift } from '../on-call/model.ts'
import type { EscalationPolicy } from './schemas/escalation-policy.ts'
import type { UserNeeds } from './schemas/user-deletion.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

const NOW = Date.parse('2040-01-10T12:30:00Z')

let ada: Client
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW)
  ada = await deployment()
})
afterAll(() => {
  vi.useRealTimers()
})

describe('a user who is needed', () => {
  it('is not deleted before it is said who replaces them', async ({ expect }) => {
    const { id } = await ada.person('Bea')
    const web = await ada.policy([id])
    const primary = await storeSchedule({ name: 'Primary', layers: [dailyLayer([1, id])] })
    const shift = { userId: id, start: NOW + DAY, end: NOW + 2 * DAY }
    const fair = await storeSchedule({ name: 'Fair', type: 'STATIC', shifts: [shift] })
    const backup = await storeSchedule({ name: 'Backup', layers: [dailyLayer([1])] })
    await storeOverride(backup, { userId: id, start: NOW - DAY, end: NOW + DAY })

    expect(await ada.get<UserNeeds>(`/users/${id}/needed`)).toEqual({
      escalationPolicies: [{ id: web.id, name: 'Web' }],
      schedules: [
        { id: primary, name: 'Primary', type: 'RECURRING' },
        { id: fair, name: 'Fair', type: 'STATIC' },
        { id: backup, name: 'Backup', type: 'RECURRING' },
      ],
      fallbackContact: false,
    })
    const refusal = await ada.refused('DELETE', `/users/${id}`)
    expect(refusal).toMatchObject({ status: 409, code: 'CONFLICT' })
    for (const word of ['Bea Example', 'Web', 'Primary', 'Fair', 'Backup', '?replace-by='])
      expect(refusal.message).toContain(word)
  })

  it('goes alone when all of it is over', async ({ expect }) => {
    const { id } = await ada.person('Cleo')
    const shift = { userId: id, start: NOW - DAY, end: NOW - HOUR }
    const fair = await storeSchedule({ type: 'STATIC', shifts: [shift] })
    await storeOverride(fair, shift)
    expect(await ada.get(`/users/${id}/needed`)).toEqual({
      ...{ escalationPolicies: [], schedules: [] },
      fallbackContact: false,
    })
    await ada.delete(`/users/${id}`)
    expect(await usersAt(fair, [NOW - DAY])).toEqual([id])
    expect(await database(env).select().from(formerUsers)).toContainEqual({ id, name: 'Cleo Example' })
  })

  it('says what is wrong with a replacement', async ({ expect }) => {
    const { id } = await ada.person('Dan')
    for (const by of [id, 4711, 0, 'x']) {
      expect(await ada.refused('DELETE', `/users/${id}?replace-by=${by}`)).toMatchObject({
        ...{ status: 400, field: 'replace-by' },
      })
    }
    expect(await ada.refused('DELETE', '/users/4711?replace-by=1')).toMatchObject({ status: 404 })
    expect(await ada.refused('GET', '/users/4711/needed')).toMatchObject({ status: 404 })
    const dan = await clientOf(id)
    expect(await dan.get(`/users/${id}/needed`)).toMatchObject({ schedules: [] })
    expect(await dan.refused('DELETE', '/users/1?replace-by=2')).toMatchObject({ status: 403 })
  })
})

describe('a replacement', () => {
  it('is in all places from now on, and the past stays', async ({ expect }) => {
    const [eve, fay, gus] = [await ada.person('Eve'), await ada.person('Fay'), await ada.person('Gus')]
    const web = await ada.policy([eve.id, 1], [fay.id, eve.id])
    await ada.put('/settings', { organisation: 'Example', fallbackContacts: [{ id: 1 }, { id: eve.id }] })
    const layers = [dailyLayer([eve.id, gus.id, eve.id]), dailyLayer([gus.id], '2030-01-01T00:00', 2)]
    const pastLayers = [{ until: NOW - DAY, layers: [dailyLayer([gus.id, eve.id])] }]
    const primary = await storeSchedule({ layers, pastLayers, version: 7 })
    const running = { userId: eve.id, start: NOW - HOUR, end: NOW + HOUR }
    const fair = await storeSchedule({ name: 'Fair', type: 'STATIC', shifts: [running] })
    const other = await storeSchedule({ name: 'Other', layers: [dailyLayer([gus.id])] })

    await ada.delete(`/users/${eve.id}?replace-by=${fay.id}`)

    const { escalationRules } = await ada.get<EscalationPolicy>(`/escalation-policies/${web.id}`)
    expect(escalationRules.map((level) => level.users.map(({ id }) => id))).toEqual([[fay.id, 1], [fay.id]])
    expect(await ada.get('/settings')).toMatchObject({ fallbackContacts: [{ id: 1 }, { id: fay.id }] })
    const { layers: present, pastLayers: past, version } = await storedSchedule(primary)
    expect(present.map(({ users }) => users)).toEqual([[fay.id, gus.id, fay.id], [gus.id]])
    expect(past).toEqual([...pastLayers, { until: NOW, layers }])
    expect(version).toBe(8)
    expect((await storedSchedule(fair)).shifts).toEqual([
      { ...running, end: NOW },
      { userId: fay.id, start: NOW, end: NOW + HOUR },
    ])
    expect((await storedSchedule(other)).version).toBe(1)
    expect(await ada.refused('GET', `/users/${eve.id}`)).toMatchObject({ status: 404 })
    expect(await database(env).select().from(formerUsers)).toContainEqual({ id: eve.id, name: 'Eve Example' })
    expect(await database(env).select().from(pendingPublications)).toEqual([])
  })

  it('changes nobody else, at no time, whatever covers whatever', async ({ expect }) => {
    const [vera, xara] = [await ada.person('Vera'), await ada.person('Xara')]
    const hours = fc.integer({ min: -40, max: 40 })
    // U is who goes, X the replacement.
    const who = fc.constantFrom('U', 'V', 'X')
    const stretch = fc.record({ who, start: hours, length: fc.integer({ min: 1, max: 30 }) })
    const input = fc.record({
      layers: fc.array(fc.array(who, { minLength: 1, maxLength: 4 }), { maxLength: 2 }),
      shifts: fc.array(stretch, { maxLength: 5 }),
      overrides: fc.array(stretch, { maxLength: 7 }),
    })
    let people = 0
    const property = fc.asyncProperty(input, async ({ layers, shifts, overrides }) => {
      const goes = await ada.person(`Goes${people++}`)
      const ids = { U: goes.id, V: vera.id, X: xara.id }
      const placed = ({ who, start, length }: { who: keyof typeof ids; start: number; length: number }): Shift => ({
        ...{ userId: ids[who], start: NOW + start * HOUR - HOUR / 2, end: NOW + (start + length) * HOUR - HOUR / 2 },
      })
      const recurring = await storeSchedule({
        layers: layers.map((users, index) =>
          dailyLayer(
            users.map((one) => ids[one]),
            `2040-01-0${8 + index}T06:00`,
            index + 1,
          ),
        ),
      })
      const fixed = await storeSchedule({ type: 'STATIC', shifts: shifts.map(placed) })
      for (const override of overrides.map(placed)) {
        await storeOverride(recurring, override)
        await storeOverride(fixed, override)
      }
      const past = Array.from({ length: 100 }, (_, hour) => NOW - 1 - hour * HOUR)
      const future = Array.from({ length: 100 }, (_, hour) => NOW + hour * HOUR)
      const expected = async (id: number) => [
        await usersAt(id, past),
        (await usersAt(id, future)).map((userId) => (userId === goes.id ? xara.id : userId)),
      ]
      const before = [await expected(recurring), await expected(fixed)]

      await deleteUser(env, goes.id, xara.id)

      const seen = async (id: number) => [await usersAt(id, past), await usersAt(id, future)]
      expect([await seen(recurring), await seen(fixed)]).toEqual(before)
      const coming = (await storedOverrides(recurring)).filter(({ end }) => end > NOW)
      expect(coming.filter(({ userId }) => userId === goes.id)).toEqual([])
    })
    await fc.assert(property, { numRuns: 30 })
  })

  it('hears of it, and so do those who share a schedule', async ({ expect }) => {
    const [jan, kim, leo] = [await ada.person('Jan'), await ada.person('Kim'), await ada.person('Leo')]
    const primary = await storeSchedule({ layers: [dailyLayer([jan.id, leo.id])] })
    const notices = collectNotices()
    await deleteUser(notices.env, jan.id, kim.id)
    expect(notices.told).toMatchObject({
      [kim.id]: [{ title: 'You take the place of Jan Example', path: `/schedules/${primary}` }],
      [leo.id]: [{ title: 'Kim Example takes the place of Jan Example' }],
    })
    expect(notices.told[kim.id]?.[0]?.text).toContain('Primary')
  })
})

describe('a change at the same time', () => {
  it('is not lost: the replacement is in the schedule that somebody else has changed meanwhile', async ({ expect }) => {
    const [moe, ned, ora] = [await ada.person('Moe'), await ada.person('Ned'), await ada.person('Ora')]
    const primary = await storeSchedule({ layers: [dailyLayer([moe.id])] })
    const policy = await ada.policy([moe.id])
    const racing = beforeBatch(3, async () => {
      await database(env)
        .update(schedules)
        .set({ layers: [dailyLayer([moe.id, ora.id])], version: 2 })
        .where(eq(schedules.id, primary))
      await database(env)
        .update(escalationPolicies)
        .set({ levels: [{ timeoutMinutes: 9, targets: [{ type: 'user', id: moe.id }] }] })
        .where(eq(escalationPolicies.id, policy.id))
    })
    await deleteUser(racing, moe.id, ned.id)
    expect((await storedSchedule(primary)).layers.map(({ users }) => users)).toEqual([[ned.id, ora.id]])
    expect(await ada.get(`/escalation-policies/${policy.id}`)).toMatchObject({
      escalationRules: [{ escalationTimeout: 9, users: [{ id: ned.id }] }],
    })
  })

  it('that names the user again keeps them', async ({ expect }) => {
    const { id } = await ada.person('Pia')
    const racing = beforeBatch(2, () => storeSchedule({ name: 'Just now', layers: [dailyLayer([id])] }))
    await expect(deleteUser(racing, id)).rejects.toMatchObject({
      ...{ code: 'CONFLICT', message: expect.stringContaining('Just now') },
    })
    expect(await ada.get(`/users/${id}`)).toMatchObject({ id })
  })

  it('that deletes the replacement changes nothing', async ({ expect }) => {
    const [quin, rae] = [await ada.person('Quin'), await ada.person('Rae')]
    const primary = await storeSchedule({ layers: [dailyLayer([quin.id])] })
    const racing = beforeBatch(3, () => deleteUser(env, rae.id))
    await expect(deleteUser(racing, quin.id, rae.id)).rejects.toMatchObject({ field: 'replace-by' })
    expect((await storedSchedule(primary)).layers.map(({ users }) => users)).toEqual([[quin.id]])
    expect(await ada.get(`/users/${quin.id}`)).toMatchObject({ id: quin.id })
  })
})
