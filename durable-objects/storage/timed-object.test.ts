import { applyD1Migrations, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import type { Opening } from '../../src/incidents/model.ts'
import type { Incident } from '../incident.ts'

const NOW = Date.parse('2040-01-01T00:00:00Z')
const MINUTE = 60_000

function anOpening(id: number): Opening {
  return {
    ...{ id, reference: `T-${id}`, source: { id: 1, name: 'Tests' }, key: null, summary: 'Disk full', details: null },
    ...{ priority: 'HIGH', severity: null, links: [], images: [], labels: {}, customDetails: null, comments: [] },
    plan: {
      ...{ policyId: 1, policyName: 'P', initialDelayMs: 5 * MINUTE, passes: 1, fallback: [] },
      levels: [{ timeoutMs: 5 * MINUTE, targets: [{ type: 'user', userId: 1, name: 'Ann' }] }],
    },
    ...{ autoResolveAfterMs: null, tellEveryStatus: false, openedAt: NOW, openedBy: null },
  }
}

async function anIncident(id: number) {
  const stub = env.INCIDENT.getByName(String(id))
  await stub.open(anOpening(id))
  const alarm = () => runInDurableObject(stub, (_: Incident, { storage }) => storage.getAlarm())
  return { stub, alarm }
}

describe('an object with one alarm', () => {
  beforeEach(async () => {
    await applyD1Migrations(env.DB, env.MIGRATIONS)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(NOW)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('has it at the earliest due time', async ({ expect }) => {
    const { alarm } = await anIncident(1)
    expect(await alarm()).toBe(NOW + 5 * MINUTE)
  })

  it('never sets it into the past', async ({ expect }) => {
    const { stub, alarm } = await anIncident(2)
    await runInDurableObject(stub, (_: Incident, { storage }) => storage.deleteAlarm())
    vi.setSystemTime(NOW + 60 * MINUTE)
    await stub.poke()
    const at = await alarm()
    expect(at === null || at > Date.now()).toBe(true)
  })

  it('sets it again after a handler that threw', async ({ expect }) => {
    const { stub, alarm } = await anIncident(3)
    vi.setSystemTime(NOW + 5 * MINUTE)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await runInDurableObject(stub, (incident: Incident) => {
      vi.spyOn(Reflect.getPrototypeOf(incident) as { onDue(): Promise<void> }, 'onDue').mockRejectedValueOnce(
        new Error('out of luck'),
      )
    })
    await runDurableObjectAlarm(stub)
    expect(await alarm()).toBe(Date.now() + 5_000)
    vi.setSystemTime(Date.now() + 5_000)
    await runDurableObjectAlarm(stub)
    const level = await runInDurableObject(stub, (incident: Incident) => incident.describe()?.escalation.level)
    expect(level).toBe(0)
  })

  it('takes an alarm that should have rung a minute ago for lost, and sets it again when touched', async ({
    expect,
  }) => {
    const { stub, alarm } = await anIncident(4)
    vi.setSystemTime(NOW + 7 * MINUTE)
    await stub.describe()
    expect(await alarm()).toBe(Date.now() + 1)
  })
})
