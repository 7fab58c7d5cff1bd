import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import {
  acceptCoverageRequest,
  cancelCoverageRequest,
  declineCoverageRequest,
} from '../directory/coverage/coverage-answers.ts'
import { createCoverageRequest } from '../directory/coverage/coverage-requests.ts'
import { database } from '../directory/database.ts'
import { deliverPendingNotices } from '../directory/notices.ts'
import {
  DAY,
  dailyLayer,
  HOUR,
  storedOverrides,
  storeOverride,
  storeSchedule,
  usersAt,
} from '../directory/schedules/stored-schedules.fixtures.ts'
import { coverageRequests, schedules } from '../directory/schema.ts'
import { beforeBatch, collectNotices } from '../directory/watched-env.fixtures.ts'
import type { Env } from '../env.ts'
import { LIMITS } from '../limits.ts'
import type { CoverageRequest, Override } from './schemas/schedule.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

const NOW = Date.parse('2040-01-10T12:00:00Z')
const START = NOW + DAY
const END = NOW + DAY + 8 * HOUR

/** A person, and what they can do. */
interface Colleague {
  id: number
  role: 'USER'
  client: Client
}

let ada: Client
let bea: Colleague
let cleo: Colleague
let dan: Colleague
let eve: Colleague
/** Bea has all of it. */
let primary: number

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW)
  ada = await deployment()
  const colleague = async (name: string): Promise<Colleague> => {
    const { id } = await ada.person(name)
    return { id, role: 'USER', client: await clientOf(id) }
  }
  bea = await colleague('Bea')
  cleo = await colleague('Cleo')
  dan = await colleague('Dan')
  eve = await colleague('Eve')
})
beforeEach(async () => {
  vi.setSystemTime(NOW)
  await database(env).delete(coverageRequests)
  primary = await storeSchedule({ layers: [dailyLayer([bea.id])] })
})
afterAll(() => {
  vi.useRealTimers()
})

const iso = (at: number) => new Date(at).toISOString()
const references = (people: { id: number }[]) => people.map(({ id }) => ({ id }))

function request(asked: { id: number }[] = [cleo, dan], fields: object = {}) {
  return {
    ...{ schedule: { id: primary }, start: iso(START), end: iso(END), users: references(asked) },
    ...fields,
  }
}

const ask = (by: Client, ...input: Parameters<typeof request>) =>
  by.post<CoverageRequest>('/coverage-requests', request(...input))
const act = (by: Client, id: number, verb: 'accept' | 'decline' | 'cancel') =>
  by.post<CoverageRequest>(`/coverage-requests/${id}/${verb}`)
const refusedAct = (by: Client, id: number, verb: 'accept' | 'decline' | 'cancel') =>
  by.refused('POST', `/coverage-requests/${id}/${verb}`)

describe('a coverage request', () => {
  it('gives the shift to whoever accepts', async ({ expect }) => {
    const asked = await ask(bea.client, [cleo, dan, cleo], { message: ' the dentist ' })
    expect(asked).toMatchObject({
      schedule: { id: primary, name: 'Primary', type: 'RECURRING', timezone: 'UTC' },
      requestedBy: { id: bea.id, firstName: 'Bea', lastName: 'Example' },
      ...{ start: iso(START), end: iso(END), message: 'the dentist', status: 'OPEN', acceptedBy: null },
      users: [
        { user: { id: cleo.id }, declinedAt: null },
        { user: { id: dan.id }, declinedAt: null },
      ],
    })
    const accepted = await act(cleo.client, asked.id, 'accept')
    expect(accepted).toMatchObject({ status: 'ACCEPTED', acceptedBy: { id: cleo.id }, answeredAt: iso(NOW) })
    expect(await usersAt(primary, [START - 1, START, END - 1, END])).toEqual([bea.id, cleo.id, cleo.id, bea.id])
    expect(await act(cleo.client, asked.id, 'accept')).toEqual(accepted)
    expect(await storedOverrides(primary)).toHaveLength(1)
  })

  it('goes to one of two who accept at once', async ({ expect }) => {
    const { id } = await ask(bea.client)
    const answers = await Promise.all(
      [cleo, dan].map(({ client }) => client.raw('POST', `/coverage-requests/${id}/accept`)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const winner = answers[0]?.ok ? cleo : dan
    const late = answers.find(({ ok }) => !ok)
    expect(await late?.json()).toMatchObject({
      ...{ code: 'CONFLICT', message: expect.stringMatching(/^(Cleo|Dan) Example was faster/) },
    })
    expect(await storedOverrides(primary)).toEqual([{ userId: winner.id, start: START, end: END }])
    expect(await bea.client.get(`/coverage-requests/${id}`)).toMatchObject({ acceptedBy: { id: winner.id } })
  })

  it('goes to one also where both have read that it is open', async ({ expect }) => {
    const { id } = await ask(bea.client)
    const racing = beforeBatch(3, () => acceptCoverageRequest(env, id, dan))
    await expect(acceptCoverageRequest(racing, id, cleo)).rejects.toMatchObject({
      ...{ code: 'CONFLICT', message: expect.stringMatching(/^Dan Example was faster/) },
    })
    expect(await storedOverrides(primary)).toEqual([{ userId: dan.id, start: START, end: END }])
  })

  it('of a shift that runs begins now, and not before', async ({ expect }) => {
    const { id, start } = await ask(bea.client, [cleo], { start: iso(NOW - 30_000), end: iso(NOW + 2 * HOUR) })
    expect(start).toBe(iso(NOW))
    vi.setSystemTime(NOW + HOUR)
    await act(cleo.client, id, 'accept')
    expect(await storedOverrides(primary)).toEqual([{ userId: cleo.id, start: NOW + HOUR, end: NOW + 2 * HOUR }])
  })

  it('expires with its shift', async ({ expect }) => {
    const { id } = await ask(bea.client)
    vi.setSystemTime(END)
    expect(await bea.client.get(`/coverage-requests/${id}`)).toMatchObject({ status: 'EXPIRED' })
    for (const verb of ['accept', 'decline'] as const)
      expect(await refusedAct(cleo.client, id, verb)).toMatchObject({ status: 409, code: 'CONFLICT' })
    expect(await refusedAct(bea.client, id, 'cancel')).toMatchObject({ status: 409 })
    expect(await storedOverrides(primary)).toEqual([])
  })

  it('is declined, and may be accepted after all', async ({ expect }) => {
    const { id } = await ask(bea.client)
    expect(await act(cleo.client, id, 'decline')).toMatchObject({
      status: 'OPEN',
      users: [{ declinedAt: iso(NOW) }, { declinedAt: null }],
    })
    vi.setSystemTime(NOW + 1)
    expect(await act(cleo.client, id, 'decline')).toMatchObject({ users: [{ declinedAt: iso(NOW) }, {}] })
    expect(await act(cleo.client, id, 'accept')).toMatchObject({ acceptedBy: { id: cleo.id } })
    expect(await refusedAct(dan.client, id, 'decline')).toMatchObject({ status: 409 })
  })

  it('is cancelled by who asked or an administrator', async ({ expect }) => {
    const first = await ask(bea.client)
    expect(await refusedAct(cleo.client, first.id, 'cancel')).toMatchObject({ status: 403 })
    expect(await act(bea.client, first.id, 'cancel')).toMatchObject({ status: 'CANCELLED', answeredAt: iso(NOW) })
    expect(await act(bea.client, first.id, 'cancel')).toMatchObject({ status: 'CANCELLED' })
    expect(await refusedAct(cleo.client, first.id, 'accept')).toMatchObject({
      ...{ status: 409, message: 'Bea Example does not need it any more' },
    })
    const second = await ask(bea.client)
    expect(await act(ada, second.id, 'cancel')).toMatchObject({ status: 'CANCELLED' })
    const third = await ask(bea.client)
    await act(cleo.client, third.id, 'accept')
    expect(await refusedAct(bea.client, third.id, 'cancel')).toMatchObject({ status: 409 })
  })

  it('goes with whoever asked', async ({ expect }) => {
    const gone = await ada.person('Gone')
    const own = await storeSchedule({ type: 'STATIC', shifts: [{ userId: gone.id, start: START, end: END }] })
    const { id } = await ask(await clientOf(gone.id), [cleo], { schedule: { id: own } })
    await ada.delete(`/users/${gone.id}?replace-by=${dan.id}`)
    expect(await refusedAct(cleo.client, id, 'accept')).toMatchObject({ status: 404 })
    expect(await usersAt(own, [START])).toEqual([dan.id])
  })
})

describe('a shift that has moved since', () => {
  it('is not taken from who has it now', async ({ expect }) => {
    const { id } = await ask(bea.client)
    await storeOverride(primary, { userId: eve.id, start: START - HOUR, end: END })
    const refusal = await refusedAct(cleo.client, id, 'accept')
    expect(refusal).toMatchObject({ status: 409, code: 'CONFLICT' })
    expect(refusal.message).toContain('Eve Example is on call then')
    expect(await usersAt(primary, [START])).toEqual([eve.id])
    expect(await bea.client.get(`/coverage-requests/${id}`)).toMatchObject({ status: 'OPEN' })
  })

  it('is covered where it is still of who asked', async ({ expect }) => {
    const { id } = await ask(bea.client)
    await storeOverride(primary, { userId: eve.id, start: START + HOUR, end: START + 2 * HOUR })
    await act(cleo.client, id, 'accept')
    const hours = [0, 1, 2, 7, 8].map((hour) => START + hour * HOUR)
    expect(await usersAt(primary, hours)).toEqual([cleo.id, eve.id, cleo.id, cleo.id, bea.id])
  })

  it('is looked at again when it moves in that moment', async ({ expect }) => {
    const one = await ask(bea.client)
    const overriding = beforeBatch(3, () => storeOverride(primary, { userId: eve.id, start: START, end: END }))
    await expect(acceptCoverageRequest(overriding, one.id, cleo)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await usersAt(primary, [START])).toEqual([eve.id])

    const two = await ask(bea.client, [cleo], { start: iso(END), end: iso(END + HOUR) })
    const editing = beforeBatch(3, () =>
      database(env)
        .update(schedules)
        .set({ layers: [dailyLayer([eve.id])], version: 2 })
        .where(eq(schedules.id, primary)),
    )
    await expect(acceptCoverageRequest(editing, two.id, cleo)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await usersAt(primary, [END])).toEqual([eve.id])
  })

  it('is looked at again when the override that made it theirs is changed or ended in that moment', async ({
    expect,
  }) => {
    const eves = await storeSchedule({ layers: [dailyLayer([eve.id])] })
    const path = `/schedules/${eves}/overrides`
    const shift = { user: { id: bea.id }, start: iso(START), end: iso(END) }
    const given = await ada.put<Override>(path, shift)
    const one = await ask(bea.client, [cleo], { schedule: { id: eves } })
    const changing = beforeBatch(3, () => ada.put(`${path}/${given.id}`, { ...shift, user: { id: dan.id } }))
    await expect(acceptCoverageRequest(changing, one.id, cleo)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await usersAt(eves, [START])).toEqual([dan.id])

    await ada.put(`${path}/${given.id}`, shift)
    const ending = beforeBatch(3, () => ada.delete(`${path}/${given.id}`))
    await expect(acceptCoverageRequest(ending, one.id, cleo)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await usersAt(eves, [START])).toEqual([eve.id])
  })
})

describe('what was taken over', () => {
  it('is not given back without a word', async ({ expect }) => {
    const { id } = await ask(bea.client)
    await storeOverride(primary, { userId: eve.id, start: START + HOUR, end: START + 2 * HOUR })
    await act(cleo.client, id, 'accept')
    const path = `/schedules/${primary}/overrides`
    const taken = (await ada.get<Override[]>(path)).filter(({ user }) => user.id === cleo.id)
    expect(taken).toHaveLength(2)
    for (const { id: override, user, start } of taken) {
      const shorter = { user, start, end: iso(Date.parse(start) + HOUR / 2) }
      for (const refusal of [
        await cleo.client.refused('DELETE', `${path}/${override}`),
        await cleo.client.refused('PUT', `${path}/${override}`, shorter),
      ])
        expect(refusal).toMatchObject({ status: 403, message: expect.stringContaining('ask for cover yourself') })
      await ada.delete(`${path}/${override}`)
    }
  })
})

describe('an administrator', () => {
  it('asks for others, and for when nobody is on call', async ({ expect }) => {
    const half = { userId: bea.id, start: START, end: START + HOUR }
    const fair = await storeSchedule({ type: 'STATIC', shifts: [half] })
    const { id } = await ask(ada, [cleo], { schedule: { id: fair } })
    await act(cleo.client, id, 'accept')
    expect(await usersAt(fair, [START, END - 1])).toEqual([cleo.id, cleo.id])
  })

  it('gets no cover for what somebody was given since', async ({ expect }) => {
    const { id } = await ask(ada, [cleo])
    vi.setSystemTime(NOW + 1)
    await storeOverride(primary, { userId: eve.id, start: START, end: END })
    expect((await refusedAct(cleo.client, id, 'accept')).message).toContain('Eve Example is on call then')
    expect(await usersAt(primary, [START])).toEqual([eve.id])
  })
})

describe('a request that is not valid', () => {
  it('says which field is wrong', async ({ expect }) => {
    const field = async (fields: object, asked: { id: number }[] = [cleo]) => {
      const refusal = await bea.client.refused('POST', '/coverage-requests', request(asked, fields))
      expect(refusal).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
      return refusal.field
    }
    expect(await field({ start: iso(NOW - 60_001) })).toBe('start')
    expect(await field({ end: iso(START) })).toBe('end')
    expect(await field({ start: iso(NOW - 20_000), end: iso(NOW - 10_000) })).toBe('end')
    expect(await field({ end: '2099-01-01T00:00:00Z' })).toBe('end')
    expect(await field({ end: 'tomorrow' })).toBe('end')
    expect(await field({ schedule: { id: 4711 } })).toBe('schedule.id')
    expect(await field({}, [])).toBe('users')
    expect(await field({}, [bea])).toBe('users[0].id')
    expect(await field({}, [cleo, { id: 4711 }])).toBe('users[1].id')
    expect(await field({ message: 'x'.repeat(1001) })).toBe('message')
  })

  it('names whose shift it is instead', async ({ expect }) => {
    await storeOverride(primary, { userId: eve.id, start: START + HOUR, end: END + HOUR })
    const refusal = (fields: object) => bea.client.refused('POST', '/coverage-requests', request([cleo], fields))
    const late = await refusal({})
    expect(late).toMatchObject({ status: 400, field: 'end' })
    expect(late.message).toContain(`from ${iso(START + HOUR)} on Eve Example is on call`)
    expect(await refusal({ start: iso(START + HOUR) })).toMatchObject({ status: 400, field: 'start' })
    const empty = await storeSchedule({ name: 'Empty' })
    expect((await refusal({ schedule: { id: empty } })).message).toContain('nobody is on call')
  })

  it('is one too many', async ({ expect }) => {
    const fields = { scheduleId: primary, start: START, end: END, userIds: [cleo.id], message: null }
    for (let count = 1; count < LIMITS.coverageRequestsOpen; count++) await createCoverageRequest(env, bea, fields)
    const answers = await Promise.all(
      [1, 2].map(() => bea.client.raw('POST', '/coverage-requests', JSON.stringify(request()))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await answers.find(({ ok }) => !ok)?.json()).toMatchObject({ code: 'LIMIT_EXCEEDED' })
    await ask(ada)
    vi.setSystemTime(END)
    await ask(bea.client, [cleo], { start: iso(END), end: iso(END + HOUR) })
  })
})

describe('access', () => {
  it('is for those asked, who asks, and administrators', async ({ expect }) => {
    const { id } = await ask(bea.client, [cleo])
    for (const client of [bea.client, cleo.client, ada]) await client.get(`/coverage-requests/${id}`)
    expect(await eve.client.refused('GET', `/coverage-requests/${id}`)).toMatchObject({ status: 404 })
    for (const verb of ['accept', 'decline', 'cancel'] as const)
      expect(await refusedAct(eve.client, id, verb)).toMatchObject({ status: 404 })
    for (const verb of ['accept', 'decline'] as const) {
      expect(await refusedAct(bea.client, id, verb)).toMatchObject({ status: 403 })
      expect(await refusedAct(ada, id, verb)).toMatchObject({ status: 403 })
    }
  })

  it('lists them by role and status, the newest first', async ({ expect }) => {
    const one = await ask(bea.client, [cleo])
    const two = await ask(bea.client, [dan])
    const three = await ask(ada, [bea], { end: iso(START + HOUR) })
    await act(cleo.client, one.id, 'accept')
    const list = async (client: Client, query = '') =>
      (await client.get<CoverageRequest[]>(`/coverage-requests${query}`)).map(({ id }) => id)
    expect(await list(ada)).toEqual([three.id, two.id, one.id])
    expect(await list(ada, '?role=asking')).toEqual([three.id])
    expect(await list(bea.client)).toEqual([three.id, two.id, one.id])
    expect(await list(bea.client, '?role=asked')).toEqual([three.id])
    expect(await list(bea.client, '?role=asking&status=OPEN')).toEqual([two.id])
    expect(await list(bea.client, '?status=ACCEPTED')).toEqual([one.id])
    expect(await list(bea.client, '?max-results=1&start-index=1')).toEqual([two.id])
    expect(await list(cleo.client)).toEqual([one.id])
    expect(await list(eve.client)).toEqual([])
    vi.setSystemTime(START + HOUR)
    expect(await list(bea.client, '?status=EXPIRED')).toEqual([three.id])
    expect(await list(bea.client, '?status=OPEN')).toEqual([two.id])
  })
})

describe('people', () => {
  const fields = () => ({ scheduleId: primary, start: START, end: END, userIds: [cleo.id, dan.id], message: 'dentist' })

  it('hear that they are asked, in their own time, and who has it', async ({ expect }) => {
    await ada.put(`/users/${dan.id}`, {
      ...{ firstName: 'Dan', lastName: 'Example', email: 'dan@example.com', timezone: 'Asia/Tokyo' },
    })
    const asking = collectNotices()
    const { id } = await createCoverageRequest(asking.env, bea, fields())
    expect(asking.told).toMatchObject({
      [cleo.id]: [{ title: 'Bea Example asks you to be on call: Primary', path: `/coverage/${id}`, expiresAt: END }],
      [dan.id]: [{ text: expect.stringContaining('Wed 11 Jan 2040 21:00 – Thu 12 Jan 2040 05:00 (Asia/Tokyo)') }],
    })
    expect(asking.told[cleo.id]?.[0]?.text).toBe(
      'Wed 11 Jan 2040 12:00 – 20:00 (UTC)\n“dentist”\nThe first to accept has it.',
    )
    expect(asking.told[bea.id]).toBeUndefined()

    const accepting = collectNotices()
    await acceptCoverageRequest(accepting.env, id, cleo)
    expect(accepting.told).toEqual({
      [bea.id]: [expect.objectContaining({ title: 'Cleo Example takes over: Primary' })],
      [dan.id]: [expect.objectContaining({ title: 'No longer needed: Primary' })],
    })
  })

  it('hear that nobody is left, and that it is not needed any more', async ({ expect }) => {
    const declining = collectNotices()
    const { id } = await createCoverageRequest(env, bea, fields())
    await declineCoverageRequest(declining.env, id, cleo)
    expect(declining.told).toEqual({})
    await declineCoverageRequest(declining.env, id, dan)
    expect(declining.told).toEqual({
      [bea.id]: [expect.objectContaining({ title: 'Everybody has declined: Primary' })],
    })

    const cancelling = collectNotices()
    const another = await createCoverageRequest(env, bea, fields())
    await declineCoverageRequest(env, another.id, cleo)
    await cancelCoverageRequest(cancelling.env, another.id, bea)
    expect(Object.keys(cancelling.told)).toEqual([String(dan.id)])
  })

  it('hear of it, whatever of the answer fails before it is given again', async ({ expect }) => {
    const declining = (at: Env, id: number) => declineCoverageRequest(at, id, dan)
    const cancelling = (at: Env, id: number) => cancelCoverageRequest(at, id, bea)
    const away = () => Promise.reject(new Error('away'))
    for (const [answer, hears] of [[declining, bea] as const, [cancelling, dan] as const]) {
      for (const failing of [1, 2, 3, 4]) {
        const { id } = await createCoverageRequest(env, bea, fields())
        await declineCoverageRequest(env, id, cleo)
        const watched = collectNotices()
        await answer({ ...beforeBatch(failing, away), PAGER: watched.env.PAGER }, id).catch(() => undefined)
        await answer(watched.env, id)
        await deliverPendingNotices(watched.env, 100)
        expect(watched.told[hears.id]?.at(-1)).toMatchObject({ path: `/coverage/${id}` })
        await cancelCoverageRequest(env, id, bea)
      }
    }
  })

  it('hear nothing of what was too late', async ({ expect }) => {
    const { id } = await createCoverageRequest(env, bea, fields())
    const watched = collectNotices()
    const late = { ...beforeBatch(2, () => acceptCoverageRequest(env, id, cleo)), PAGER: watched.env.PAGER }
    await expect(cancelCoverageRequest(late, id, bea)).rejects.toMatchObject({ code: 'CONFLICT' })
    await deliverPendingNotices(watched.env, 100)
    expect(watched.told).toEqual({})
  })

  it('hear that their shift was covered when an administrator asked', async ({ expect }) => {
    const accepting = collectNotices()
    const { id } = await createCoverageRequest(env, { id: 1, role: 'ADMIN' }, fields())
    await acceptCoverageRequest(accepting.env, id, cleo)
    expect(accepting.told[bea.id]).toMatchObject([{ text: expect.stringContaining('in your place') }])
    expect(accepting.told[1]).toMatchObject([{ title: 'Cleo Example takes over: Primary' }])
  })
})
