import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { createPolicy } from '../directory/escalation-policies.ts'
import { loadResponsePlan } from '../directory/response-plan.ts'
import { beforeBatch } from '../directory/watched-env.fixtures.ts'
import { app } from './app.ts'
import { storedSchedule } from './schedule.fixtures.ts'
import type { AlertSource } from './schemas/alert-source.ts'
import type { Problem } from './schemas/common.ts'
import type { EscalationPolicy } from './schemas/escalation-policy.ts'
import type { User } from './schemas/user.ts'
import { type Client, clientOf, deployment, ORIGIN } from './test-client.ts'

let ada: Client
let bea: User
beforeAll(async () => {
  ada = await deployment()
  bea = await ada.person('Bea')
})

const rule = (escalationTimeout: number, ...ids: number[]) => ({ escalationTimeout, users: ids.map((id) => ({ id })) })

describe('escalation policies', () => {
  it('live', async ({ expect }) => {
    const created = await ada.post<EscalationPolicy>('/escalation-policies', {
      ...{ name: 'Web', escalationRules: [rule(5, 1), rule(10, bea.id)], repeating: true, frequency: 3, delayMin: 1 },
    })
    expect(created).toEqual({
      ...{ id: created.id, name: 'Web', repeating: true, frequency: 3, delayMin: 1, alertSources: [] },
      escalationRules: [
        { escalationTimeout: 5, users: [{ id: 1, firstName: 'Ada', lastName: 'Admin' }], schedules: [] },
        { escalationTimeout: 10, users: [{ id: bea.id, firstName: 'Bea', lastName: 'Example' }], schedules: [] },
      ],
    })
    expect(await loadResponsePlan(env, created.id)).toEqual({
      ...{ policyId: created.id, policyName: 'Web', initialDelayMs: 60_000, passes: 3 },
      levels: [
        { timeoutMs: 300_000, targets: [{ type: 'user', userId: 1, name: 'Ada Admin' }] },
        { timeoutMs: 600_000, targets: [{ type: 'user', userId: bea.id, name: 'Bea Example' }] },
      ],
      fallback: [{ userId: 1, name: 'Ada Admin' }],
    })

    await ada.put(`/escalation-policies/${created.id}/levels/2`, rule(20, 1, bea.id))
    const changed = await ada.get<EscalationPolicy>(`/escalation-policies/${created.id}`)
    expect(changed.escalationRules.map(({ users }) => users.length)).toEqual([1, 2])
    expect(changed.escalationRules[1]?.escalationTimeout).toBe(20)
    expect(await ada.refused('PUT', `/escalation-policies/${created.id}/levels/3`, rule(1, 1))).toMatchObject({
      status: 404,
    })

    await ada.put(`/escalation-policies/${created.id}`, { name: 'Web 2', escalationRules: [rule(5)] })
    expect(await ada.get<EscalationPolicy[]>('/escalation-policies')).toContainEqual(
      expect.objectContaining({
        name: 'Web 2',
        repeating: false,
        frequency: 1,
        delayMin: 0,
        escalationRules: [{ ...rule(5), schedules: [] }],
      }),
    )
    await ada.delete(`/escalation-policies/${created.id}`)
    expect(await ada.refused('GET', `/escalation-policies/${created.id}`)).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    })
  })

  it('name schedules', async ({ expect }) => {
    const primary = await storedSchedule('Primary', bea.id)
    const nights = await storedSchedule('Nights', 1)
    const on = (escalationTimeout: number, ...ids: number[]) => ({
      escalationTimeout,
      schedules: ids.map((id) => ({ id })),
    })
    const input = { name: 'On call', escalationRules: [{ ...rule(5, 1), ...on(5, primary) }, on(10, nights)] }
    const created = await ada.post<EscalationPolicy>('/escalation-policies', input)
    const [first, second] = [
      { id: primary, name: 'Primary' },
      { id: nights, name: 'Nights' },
    ]
    expect(created.escalationRules).toEqual([
      { escalationTimeout: 5, users: [{ id: 1, firstName: 'Ada', lastName: 'Admin' }], schedules: [first] },
      { escalationTimeout: 10, users: [], schedules: [second] },
    ])
    expect(await loadResponsePlan(env, created.id)).toMatchObject({
      levels: [
        {
          targets: [
            { type: 'user', userId: 1 },
            { type: 'schedule', scheduleId: primary, name: 'Primary' },
          ],
        },
        { targets: [{ type: 'schedule', scheduleId: nights, name: 'Nights' }] },
      ],
      schedules: [
        { ...first, people: [{ userId: bea.id, name: 'Bea Example' }] },
        { ...second, people: [{ userId: 1, name: 'Ada Admin' }] },
      ],
    })
    const path = `/escalation-policies/${created.id}`
    expect(await ada.put(`${path}/levels/2`, on(10, nights, primary))).toMatchObject({ schedules: [second, first] })

    const field = async (method: string, at: string, body: object) => {
      const refused = await ada.refused(method, at, body)
      expect(refused.status).toBe(400)
      return refused.field
    }
    expect(await field('POST', '/escalation-policies', { ...input, escalationRules: [on(5, primary, 999)] })).toBe(
      'escalationRules[0].schedules[1].id',
    )
    expect(await field('PUT', `${path}/levels/1`, on(5, 999))).toBe('schedules[0].id')
    const levels = Array.from({ length: 2 }, (_, level) =>
      on(5, ...Array.from({ length: 15 }, (_, n) => level * 15 + n + 1)),
    )
    expect(await field('POST', '/escalation-policies', { ...input, escalationRules: levels })).toBe('escalationRules')
  })

  it('say which field is wrong', async ({ expect }) => {
    const field = async (fields: object) =>
      (await ada.refused('POST', '/escalation-policies', { name: 'Web', escalationRules: [rule(5, 1)], ...fields }))
        .field
    expect(await field({ name: undefined })).toBe('name')
    expect(await field({ escalationRules: [] })).toBe('escalationRules')
    expect(await field({ escalationRules: [rule(-1, 1)] })).toBe('escalationRules[0].escalationTimeout')
    expect(await field({ escalationRules: [rule(5, 1), rule(5, 1, 999)] })).toBe('escalationRules[1].users[1].id')
    expect(await field({ escalationRules: Array.from({ length: 21 }, () => rule(5, 1)) })).toBe('escalationRules')
    expect(await field({ escalationRules: [rule(5, ...Array.from({ length: 21 }, () => 1))] })).toBe(
      'escalationRules[0].users',
    )
    expect(await field({ frequency: 10 })).toBe('frequency')
    expect(await field({ delayMin: 61 })).toBe('delayMin')
  })

  it('never name what was deleted while they were written', async ({ expect }) => {
    const [, gone] = [await ada.person('Stay'), await ada.person('Gone')]
    const racing = beforeBatch(2, () => ada.delete(`/users/${gone.id}`))
    const levels = [{ timeoutMinutes: 5, targets: [{ type: 'user' as const, id: gone.id }] }]
    const fields = { name: 'Racing', levels, repeating: false, frequency: 1, delayMinutes: 0 }
    await expect(createPolicy(racing, fields)).rejects.toThrow('deleted just now')
    const names = (await ada.get<EscalationPolicy[]>('/escalation-policies')).map(({ name }) => name)
    expect(names).not.toContain('Racing')
  })

  it('take as many people as the limits allow', async ({ expect }) => {
    const levels = Array.from({ length: 20 }, () => Array.from({ length: 20 }, (_, place) => (place % 2 ? 1 : bea.id)))
    const { id, escalationRules } = await ada.policy(...levels)
    expect(escalationRules).toHaveLength(20)
    expect((await loadResponsePlan(env, id))?.levels.every(({ targets }) => targets.length === 20)).toBe(true)
  })

  it('have whole minutes outside a demo', async ({ expect }) => {
    const authorization = `Bearer ${(await ada.post<{ key: string }>('/api-keys', { name: 'tests' })).key}`
    const create = (DEMO: string) =>
      app.fetch(
        new Request(`${ORIGIN}/api/v1/escalation-policies`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'Quick', escalationRules: [rule(1, 1), rule(0.5, 1)] }),
        }),
        { ...env, DEMO },
      )
    expect((await create('1')).status).toBe(201)
    const refused = await create('0')
    expect(refused.status).toBe(400)
    expect((await refused.json<Problem>()).field).toBe('escalationRules[1].escalationTimeout')
  })

  it('are kept while sources use them, and people while policies name them', async ({ expect }) => {
    const policy = await ada.policy([bea.id])
    const source = await ada.post<AlertSource>('/alert-sources', { name: 'Shop', escalationPolicy: { id: policy.id } })
    expect(await ada.refused('DELETE', `/escalation-policies/${policy.id}`)).toMatchObject({
      status: 409,
      message: expect.stringContaining('Shop'),
    })
    expect(await ada.refused('DELETE', `/users/${bea.id}`)).toMatchObject({
      status: 409,
      message: expect.stringContaining('Web'),
    })
    expect((await ada.get<EscalationPolicy>(`/escalation-policies/${policy.id}`)).alertSources).toEqual([
      { id: source.id, name: 'Shop' },
    ])
  })

  it('are set up by administrators', async ({ expect }) => {
    const user = await clientOf(bea.id)
    expect(
      await user.refused('POST', '/escalation-policies', { name: 'Mine', escalationRules: [rule(5, 1)] }),
    ).toMatchObject({ status: 403 })
  })
})
