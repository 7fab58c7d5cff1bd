import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { verifyIntegrationKey } from '../alert-sources/integration-key.ts'
import { loadAlertSourceConfig } from '../directory/publish.ts'
import { LIMITS } from '../limits.ts'
import type { AlertSource } from './schemas/alert-source.ts'
import type { EscalationPolicy } from './schemas/escalation-policy.ts'
import { type Client, deployment } from './test-client.ts'

let ada: Client
let policy: EscalationPolicy
beforeAll(async () => {
  ada = await deployment()
  policy = await ada.policy([1])
})

const create = (fields: object = {}) =>
  ada.post<AlertSource>('/alert-sources', { name: 'Prometheus', escalationPolicy: { id: policy.id }, ...fields })

describe('alert sources', () => {
  it('live', async ({ expect }) => {
    const created = await create({ name: 'Zabbix' })
    expect(created).toMatchObject({
      ...{ name: 'Zabbix', shortName: 'ZABB', active: true, status: 'ALL_RESOLVED', previousKeyValidUntil: null },
      ...{ incidentCreation: 'ONE_INCIDENT_PER_EMAIL', incidentPriorityRule: 'HIGH', integrationType: 'API' },
      escalationPolicy: { id: policy.id, name: policy.name },
    })
    expect(await verifyIntegrationKey(env.SECRET, created.integrationKey)).toEqual({
      sourceId: created.id,
      generation: 1,
    })

    const changed = await ada.put<AlertSource>(`/alert-sources/${created.id}`, {
      ...created,
      active: false,
      autoResolutionTimeout: 'PT4H',
    })
    expect(changed).toMatchObject({
      active: false,
      status: 'DISABLED',
      autoResolutionTimeout: 'PT4H',
      integrationKey: created.integrationKey,
    })
    expect(await loadAlertSourceConfig(env, created.id)).toMatchObject({
      active: false,
      autoResolveAfterMs: 4 * 3_600_000,
    })
    expect(await ada.get(`/alert-sources/${created.id}`)).toEqual(changed)
    expect(await ada.get<AlertSource[]>('/alert-sources?max-results=100')).toContainEqual(changed)

    await ada.delete(`/alert-sources/${created.id}`)
    expect(await ada.refused('GET', `/alert-sources/${created.id}`)).toMatchObject({ status: 404 })
    expect(await ada.refused('DELETE', `/alert-sources/${created.id}`)).toMatchObject({ status: 404 })
  })

  it('have short names that are never given to another one', async ({ expect }) => {
    const first = await create({ name: 'Grafana' })
    expect((await create({ name: 'Grafana 2' })).shortName).toBe('GRAF2')
    expect((await create({ name: '42 ü' })).shortName).toBe('SRC')
    await ada.put(`/alert-sources/${first.id}`, { ...first, shortName: 'dash' })
    expect(await ada.refused('POST', '/alert-sources', { ...first, shortName: 'GRAF' })).toMatchObject({
      status: 409,
      field: 'shortName',
    })
    expect(await ada.put(`/alert-sources/${first.id}`, { ...first, shortName: 'GRAF' })).toMatchObject({
      shortName: 'GRAF',
    })
    await ada.delete(`/alert-sources/${first.id}`)
    expect(await ada.refused('POST', '/alert-sources', { ...first, shortName: 'DASH' })).toMatchObject({
      status: 409,
      field: 'shortName',
    })
  })

  it('rotate their keys with an overlap, and revoke', async ({ expect }) => {
    const { id, integrationKey } = await create()
    const rotated = await ada.post<AlertSource>(`/alert-sources/${id}/integration-key`, { overlap: 'PT1H' })
    expect(rotated.integrationKey).not.toBe(integrationKey)
    expect(await verifyIntegrationKey(env.SECRET, rotated.integrationKey)).toEqual({ sourceId: id, generation: 2 })
    expect(Date.parse(rotated.previousKeyValidUntil ?? '') - Date.now()).toBeGreaterThan(3_500_000)
    expect(await loadAlertSourceConfig(env, id)).toMatchObject({
      keyGeneration: 2,
      previousKeyValidUntil: Date.parse(rotated.previousKeyValidUntil ?? ''),
    })

    expect(await ada.delete(`/alert-sources/${id}/integration-key/previous`)).toMatchObject({
      ...{ previousKeyValidUntil: null, integrationKey: rotated.integrationKey },
    })
    expect(await loadAlertSourceConfig(env, id)).toMatchObject({ keyGeneration: 2, previousKeyValidUntil: null })
    expect(await ada.post(`/alert-sources/${id}/integration-key`)).toMatchObject({
      previousKeyValidUntil: expect.any(String),
    })
    expect(await ada.post(`/alert-sources/${id}/integration-key`, { overlap: 'PT0M' })).toMatchObject({
      previousKeyValidUntil: null,
    })
  })

  it('say which field is wrong', async ({ expect }) => {
    const input = { name: 'Web', escalationPolicy: { id: policy.id } }
    const field = async (fields: object) => (await ada.refused('POST', '/alert-sources', { ...input, ...fields })).field
    expect(await field({ name: ' ' })).toBe('name')
    expect(await field({ escalationPolicy: { id: 999 } })).toBe('escalationPolicy.id')
    expect(await field({ escalationPolicy: null })).toBe('escalationPolicy')
    expect(await field({ shortName: '1ST' })).toBe('shortName')
    expect(await field({ incidentCreation: 'SOMETIMES' })).toBe('incidentCreation')
    expect(await field({ incidentCreation: 'ONE_INCIDENT_GROUPED_PER_WINDOW' })).toBe('incidentGroupingWindow')
    expect(await field({ autoResolutionTimeout: '4 hours' })).toBe('autoResolutionTimeout')
    expect(await field({ autoResolutionTimeout: 'PT0M' })).toBe('autoResolutionTimeout')
    expect(await field({ autoResolutionTimeout: 'P99999999999999999999D' })).toBe('autoResolutionTimeout')
  })

  it('keep a signing secret while their type stays, and no longer', async ({ expect }) => {
    const github = await create({ name: 'Signed', integrationType: 'GITHUB', signingSecret: 'shh' })
    const signingOf = async () => (await loadAlertSourceConfig(env, github.id))?.signing
    expect(await signingOf()).toMatchObject({ tool: 'github', secret: expect.stringMatching(/^v1\./) })
    await ada.put(`/alert-sources/${github.id}`, github)
    expect(await signingOf()).toMatchObject({ tool: 'github' })
    expect(await ada.put(`/alert-sources/${github.id}`, { ...github, integrationType: 'GITLAB' })).toMatchObject({
      hasSigningSecret: false,
    })
    expect(await signingOf()).toBeNull()
  })

  it('name no more policies in their rules than fit', async ({ expect }) => {
    const rules = (ids: number[]) =>
      ids.map((id) => ({ name: `Rule ${id}`, condition: 'true', action: 'CONTINUE', escalationPolicy: { id } }))
    const ids = Array.from({ length: LIMITS.policiesPerSource + 1 }, (_, index) => index + 1)
    const input = { name: 'Rules', escalationPolicy: { id: policy.id } }
    const same = Array.from({ length: 20 }, () => policy.id)
    expect(await create({ rules: rules(same) })).toMatchObject({ name: 'Prometheus' })
    expect(await ada.refused('POST', '/alert-sources', { ...input, rules: rules([...same, ...ids]) })).toMatchObject({
      ...{ status: 400, message: expect.stringContaining('10 different policies') },
      field: `rules[${same.length + (ids.includes(policy.id) ? ids.length - 1 : ids.length - 2)}].escalationPolicy.id`,
    })
  })

  it('are kept while they have open incidents', async ({ expect }) => {
    const { id } = await create({ name: 'Busy' })
    const { reference } = await ada.post<{ reference: string }>('/incidents', {
      summary: 'Disk full',
      alertSource: { id },
    })
    expect(await ada.refused('DELETE', `/alert-sources/${id}`)).toMatchObject({
      status: 409,
      message: expect.stringContaining('1 open incident'),
    })
    await expect.poll(() => ada.raw('PUT', `/incidents/${reference}/resolve`).then(({ status }) => status)).toBe(200)
    await expect.poll(() => ada.raw('DELETE', `/alert-sources/${id}`).then(({ status }) => status)).toBe(204)
  })
})
