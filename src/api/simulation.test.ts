import { beforeAll, describe, it } from 'vitest'
import { verified } from '../directory/users/verified.fixtures.ts'
import { storedOverride, storedSchedule } from './schedule.fixtures.ts'
import type { AlertSource } from './schemas/alert-source.ts'
import type { EscalationPolicy } from './schemas/escalation-policy.ts'
import type { PolicyOnCall, Simulation } from './schemas/simulation.ts'
import type { Contact, User } from './schemas/user.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let ada: Client
let bea: User
let cleo: User
let primary: number
let empty: number
let policy: EscalationPolicy
let source: AlertSource
/** Three in the morning, some days from now. */
let night: number

/** Who has the turn on a day, by the order of the schedule's users. */
const hasTurn = (at: number) => ((at - Date.UTC(2025, 0, 1)) / DAY) % 2 < 1

beforeAll(async () => {
  ada = await deployment()
  bea = await ada.person('Bea')
  cleo = await ada.person('Cleo')
  primary = await storedSchedule('Primary', bea.id, cleo.id)
  empty = await storedSchedule('Empty')
  policy = await ada.post<EscalationPolicy>('/escalation-policies', {
    name: 'Web',
    escalationRules: [
      { escalationTimeout: 5, schedules: [{ id: primary }, { id: empty }] },
      { escalationTimeout: 10, schedules: [{ id: empty }] },
      { escalationTimeout: 10, users: [{ id: 1 }] },
    ],
  })
  source = await ada.post<AlertSource>('/alert-sources', { name: 'Shop', escalationPolicy: { id: policy.id } })
  const phone = await ada.post<Contact>(`/users/${bea.id}/contacts/phone-numbers`, { target: '+4915112345678' })
  await verified(bea.id, phone.id)
  const own = await clientOf(bea.id)
  for (const [method, delayMin] of [
    ['SMS', 0],
    ['VOICE', 3],
    ['SMS', 60],
  ]) {
    await own.post(`/users/${bea.id}/notification-preferences/alerts`, {
      ...{ method, delayMin, type: 'HIGH_PRIORITY', contact: { id: phone.id } },
    })
  }
  night = Math.ceil(Date.now() / DAY) * DAY + 5 * DAY + 180 * MINUTE
  if (!hasTurn(night)) night += DAY
})

const iso = (at: number) => new Date(at).toISOString()
const ask = <T>(path: string, at: number, more = '') => ada.get<T>(`${path}?at=${encodeURIComponent(iso(at))}${more}`)

describe('who a policy would page', () => {
  it('is said level by level for an instant, with the next hand-off', async ({ expect }) => {
    const path = `/escalation-policies/${policy.id}/on-call`
    expect(await ask<PolicyOnCall>(path, night)).toEqual({
      at: iso(night),
      levels: [
        {
          level: 1,
          users: [
            {
              user: { id: bea.id, firstName: 'Bea', lastName: 'Example' },
              schedule: { id: primary, name: 'Primary' },
              until: iso(night + DAY - 180 * MINUTE),
            },
          ],
          emptySchedules: [{ id: empty, name: 'Empty' }],
        },
        { level: 2, users: [], emptySchedules: [{ id: empty, name: 'Empty' }] },
        {
          level: 3,
          users: [{ user: { id: 1, firstName: 'Ada', lastName: 'Admin' }, schedule: null, until: null }],
          emptySchedules: [],
        },
      ],
      fallback: [],
    })
    const after = await ask<PolicyOnCall>(path, night + DAY)
    expect(after.levels[0]?.users[0]?.user.id).toBe(cleo.id)
    expect(Date.parse((await ada.get<PolicyOnCall>(path)).at)).toBeGreaterThan(Date.now() - MINUTE)
  })

  it('goes by overrides as known now', async ({ expect }) => {
    const at = night + 2 * DAY
    await storedOverride(primary, 1, at - 10 * MINUTE, at + 10 * MINUTE)
    const { levels } = await ask<PolicyOnCall>(`/escalation-policies/${policy.id}/on-call`, at)
    expect(levels[0]?.users).toMatchObject([{ user: { id: 1 }, until: iso(at + 10 * MINUTE) }])
  })

  it('is the fallback contacts where no level has anybody', async ({ expect }) => {
    const nobody = await ada.post<EscalationPolicy>('/escalation-policies', {
      ...{ name: 'Nobody', escalationRules: [{ escalationTimeout: 5, schedules: [{ id: empty }] }] },
    })
    const { fallback } = await ada.get<PolicyOnCall>(`/escalation-policies/${nobody.id}/on-call`)
    expect(fallback).toEqual([{ id: 1, firstName: 'Ada', lastName: 'Admin' }])
  })
})

describe('a simulation', () => {
  it('says who would be told, when and on which channel, and sends nothing', async ({ expect }) => {
    const { steps, ...about } = await ask<Simulation>(`/alert-sources/${source.id}/simulation`, night)
    expect(about).toEqual({
      ...{ at: iso(night), alertSource: { id: source.id, name: 'Shop' }, priority: 'HIGH', cut: false },
      escalationPolicy: { id: policy.id, name: 'Web' },
    })
    const minutes = (at: string) => (Date.parse(at) - night) / MINUTE
    const said = steps.map((step) =>
      step.type === 'timeline'
        ? `${minutes(step.at)}: ${step.text}`
        : `${minutes(step.at)}: ${step.method} ${step.user.firstName} ${step.target}`,
    )
    expect(said).toEqual([
      '0: Opened by an event of Shop, priority HIGH',
      '0: Paged level 1: Bea Example (on call for Primary)',
      '0: SMS Bea …5678',
      '3: VOICE Bea …5678',
      '5: Skipped level 2: nobody is on call for Empty',
      '5: Paged level 3: Ada Admin',
      '5: EMAIL Ada a…@example.com',
      '15: Escalation ended: everybody was paged and nobody answered',
      '60: SMS Bea …5678',
    ])
    expect(await ada.get('/incidents')).toEqual([])
  })

  it('goes by the priority asked for', async ({ expect }) => {
    const low = await ask<Simulation>(`/alert-sources/${source.id}/simulation`, night, '&priority=LOW')
    expect(low.priority).toBe('LOW')
    expect(low.steps.filter(({ type }) => type === 'notification')).toMatchObject([
      { method: 'EMAIL', user: { id: bea.id }, at: iso(night) },
    ])
  })

  it('is bounded, and says so', async ({ expect }) => {
    const people = Array.from({ length: 20 }, () => [1, bea.id, cleo.id])
    const long = await ada.policy(...people)
    await ada.put(`/escalation-policies/${long.id}`, { ...long, repeating: true, frequency: 9 })
    const loud = await ada.post<AlertSource>('/alert-sources', { name: 'Loud', escalationPolicy: { id: long.id } })
    const { steps, cut } = await ask<Simulation>(`/alert-sources/${loud.id}/simulation`, night)
    expect(steps).toHaveLength(200)
    expect(cut).toBe(true)
  })

  it('is refused for the past, for what is too far away, and for what does not exist', async ({ expect }) => {
    const refused = (path: string) => ada.refused('GET', path)
    for (const path of [`/alert-sources/${source.id}/simulation`, `/escalation-policies/${policy.id}/on-call`]) {
      for (const at of [Date.now() - 2 * MINUTE, Date.now() + 400 * DAY]) {
        expect(await refused(`${path}?at=${iso(at)}`)).toMatchObject({ status: 400, field: 'at' })
      }
      expect(await refused(`${path}?at=tomorrow`)).toMatchObject({ status: 400, field: 'at' })
    }
    expect(await refused('/alert-sources/999/simulation')).toMatchObject({ status: 404 })
    expect(await refused('/escalation-policies/999/on-call')).toMatchObject({ status: 404 })
  })
})
