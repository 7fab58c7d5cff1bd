import { env } from 'cloudflare:workers'
import { beforeEach, describe, it } from 'vitest'
import type { AlertSourceConfig } from '../alert-sources/config.ts'
import type { AlertSource } from '../api/schemas/alert-source.ts'
import type { EscalationPolicy } from '../api/schemas/escalation-policy.ts'
import type { User } from '../api/schemas/user.ts'
import { type Client, deployment } from '../api/test-client.ts'
import type { Env } from '../env.ts'
import type { PagerProfile } from '../notifications/model.ts'
import { loadAlertSourceConfig, loadPagerProfile, publishPending } from './publish.ts'
import { DAY, dailyLayer, storeOverride, storeSchedule } from './schedules/stored-schedules.fixtures.ts'
import { loadSettings, saveSettings } from './settings.ts'
import { findUser, type UserFields, updateUser } from './users/users.ts'

let ada: Client
let bea: User
let source: AlertSource
beforeEach(async () => {
  ada = await deployment()
  bea = await ada.person('Bea')
  const policy = await ada.policy([bea.id])
  source = await ada.post<AlertSource>('/alert-sources', { name: 'Shop', escalationPolicy: { id: policy.id } })
})

/** The environment with objects that only remember what they were told, or that can't be reached. */
function objects({
  reachable = true,
  before = async () => {},
}: {
  reachable?: boolean
  before?: () => Promise<void>
} = {}) {
  const told: (AlertSourceConfig | PagerProfile)[] = []
  const removed: string[] = []
  const namespace = (kind: string) => ({
    getByName: (name: string) => ({
      async configure(config: AlertSourceConfig | PagerProfile) {
        await before()
        if (!reachable) throw new Error('the object is overloaded')
        told.push(config)
      },
      async remove() {
        if (!reachable) throw new Error('the object is overloaded')
        removed.push(`${kind} ${name}`)
      },
    }),
  })
  const fake = Object.assign({ ...env }, { ALERT_SOURCE: namespace('source'), PAGER: namespace('pager') }) as Env
  return { fake, told, removed }
}

async function pending() {
  const { results } = await env.DB.prepare(
    'SELECT object, object_id, attempts, last_error FROM pending_publications ORDER BY object',
  ).all()
  return results
}

function fields({ firstName, lastName, email, role, timezone, language } = bea): UserFields {
  return { firstName, lastName, email, role, timezone, language }
}

const rename = async (fake: Env, firstName: string) =>
  updateUser(fake, await findUser(env, bea.id), { ...fields(), firstName })

describe('a change', () => {
  it('reaches every object that depends on it', async ({ expect }) => {
    const { fake, told } = objects()
    await rename(fake, 'Beatrix')
    expect(told).toHaveLength(2)
    expect(told).toContainEqual(expect.objectContaining({ userId: bea.id, name: 'Beatrix Example' }))
    expect(told).toContainEqual(
      expect.objectContaining({
        sourceId: source.id,
        plan: expect.objectContaining({
          levels: [{ timeoutMs: 300_000, targets: [{ type: 'user', userId: bea.id, name: 'Beatrix Example' }] }],
        }),
      }),
    )
    expect(await pending()).toEqual([])
  })

  it('reaches the sources that page a user by a schedule alone', async ({ expect }) => {
    const cleo = await ada.person('Cleo')
    const scheduleId = await storeSchedule({ layers: [dailyLayer([cleo.id])] })
    const overriddenId = await storeSchedule({ layers: [dailyLayer([1])] })
    await storeOverride(overriddenId, { userId: cleo.id, start: Date.now(), end: Date.now() + DAY })
    const sourceIds: number[] = []
    for (const id of [scheduleId, overriddenId]) {
      const policy = await ada.post<EscalationPolicy>('/escalation-policies', {
        name: `By schedule ${id}`,
        escalationRules: [{ escalationTimeout: 5, schedules: [{ id }] }],
      })
      const { id: sourceId } = await ada.post<AlertSource>('/alert-sources', {
        name: policy.name,
        escalationPolicy: { id: policy.id },
      })
      sourceIds.push(sourceId)
    }

    const { fake, told } = objects()
    await updateUser(fake, await findUser(env, cleo.id), { ...fields(cleo), firstName: 'Clea' })
    const configured = told.filter((config) => 'sourceId' in config)
    expect(new Set(configured.map(({ sourceId }) => sourceId))).toEqual(new Set(sourceIds))
    for (const { plan } of configured) {
      expect(plan.schedules?.[0]?.people).toContainEqual({ userId: cleo.id, name: 'Clea Example' })
    }
  })

  it('waits for objects that can’t be reached, and is then told as it is by then', async ({ expect }) => {
    const unreachable = objects({ reachable: false })
    await rename(unreachable.fake, 'Beatrix')
    await publishPending(unreachable.fake, 10)
    expect(await pending()).toEqual([
      { object: 'alert-source', object_id: source.id, attempts: 2, last_error: 'the object is overloaded' },
      { object: 'pager', object_id: bea.id, attempts: 2, last_error: 'the object is overloaded' },
    ])

    const { fake, told } = objects()
    await publishPending(fake, 10)
    expect(told.map((config) => config.revision)).toEqual(told.map(() => expect.any(Number)))
    expect(told).toHaveLength(2)
    expect(await pending()).toEqual([])
    await publishPending(fake, 10)
    expect(told).toHaveLength(2)
  })

  it('is not lost to a publisher that read before it', async ({ expect }) => {
    const late = objects({ reachable: false })
    let renamedMeanwhile = false
    const slow = objects({
      async before() {
        if (renamedMeanwhile) return
        renamedMeanwhile = true
        // Made by somebody whose own publishing fails, while this one is on its way with the older state.
        await rename(late.fake, 'Second')
      },
    })
    await rename(slow.fake, 'First')
    const older = slow.told.find((config) => 'userId' in config)
    expect(await pending()).toHaveLength(2)

    const { fake, told } = objects()
    await publishPending(fake, 10)
    const newer = told.find((config) => 'userId' in config)
    expect(newer).toMatchObject({ name: 'Second Example' })
    expect(newer?.revision).toBeGreaterThan(older?.revision ?? Number.POSITIVE_INFINITY)
    expect(await pending()).toEqual([])
  })

  it('of who is an administrator reaches every source', async ({ expect }) => {
    const fallback = async () =>
      (await loadAlertSourceConfig(env, source.id))?.plan.fallback.map(({ userId }) => userId)
    expect(await fallback()).toEqual([1])
    const { fake, told } = objects()
    await updateUser(fake, await findUser(env, bea.id), { ...fields(), role: 'ADMIN' })
    expect(await fallback()).toEqual([1, bea.id])
    expect(told).toContainEqual(expect.objectContaining({ sourceId: source.id }))
  })

  it('of the chosen fallback contacts reaches every source', async ({ expect }) => {
    const { fake, told } = objects()
    await saveSettings(fake, { organisation: null, fallbackIds: [bea.id] })
    expect(told).toMatchObject([{ plan: { fallback: [{ userId: bea.id, name: 'Bea Example' }] } }])
    expect(await loadSettings(env)).toEqual({
      organisation: null,
      fallbackContacts: [{ id: bea.id, firstName: 'Bea', lastName: 'Example' }],
    })
    await rename(fake, 'Beatrix')
    expect(await loadAlertSourceConfig(env, source.id)).toMatchObject({
      plan: { fallback: [{ name: 'Beatrix Example' }] },
    })
    await expect(saveSettings(fake, { organisation: null, fallbackIds: [bea.id, 999] })).rejects.toMatchObject({
      field: 'fallbackContacts[1].id',
    })
  })

  it('that deletes takes the object away', async ({ expect }) => {
    await ada.delete(`/alert-sources/${source.id}`)
    expect(await pending()).toEqual([])
    expect(await loadAlertSourceConfig(env, source.id)).toBeNull()

    // Also when the object can't be reached at once.
    await env.DB.prepare(
      `INSERT INTO pending_publications (object, object_id, since, attempts, revision) VALUES ('pager', 999, 0, 1, 1)`,
    ).run()
    const { fake, removed } = objects()
    await publishPending(fake, 10)
    expect(removed).toEqual(['pager 999'])
    expect(await pending()).toEqual([])
  })
})

describe('configurations', () => {
  it('carry a revision that grows with every change', async ({ expect }) => {
    const before = await loadPagerProfile(env, bea.id)
    await ada.post(`/users/${bea.id}/contacts/phone-numbers`, { target: '+4915112345678' })
    const after = await loadPagerProfile(env, bea.id)
    expect(after?.revision).toBeGreaterThan(before?.revision ?? Number.POSITIVE_INFINITY)
    expect((await loadAlertSourceConfig(env, source.id))?.revision).toBe(after?.revision)
  })

  it('are null for what does not exist', async ({ expect }) => {
    expect(await loadAlertSourceConfig(env, 999)).toBeNull()
    expect(await loadPagerProfile(env, 999)).toBeNull()
  })

  it('leave out contacts that must not be written to', async ({ expect }) => {
    const phone = await ada.post<{ id: number }>(`/users/${bea.id}/contacts/phone-numbers`, {
      target: '+4915112345678',
    })
    await ada.post(`/users/${bea.id}/notification-preferences/alerts`, { method: 'SMS', contact: { id: phone.id } })
    await env.DB.prepare("UPDATE contacts SET status = 'LOCKED' WHERE id = ?").bind(phone.id).run()
    expect((await loadPagerProfile(env, bea.id))?.steps.HIGH).toEqual([
      { channel: 'EMAIL', target: 'bea@example.com', delayMs: 0 },
    ])
  })
})
