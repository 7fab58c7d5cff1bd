import { applyD1Migrations, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import {
  ann,
  anOpening,
  aPlan,
  aSchedule,
  ben,
  cleo,
  HOUR,
  level,
  MINUTE,
  user,
} from '../src/incidents/incident.fixtures.ts'
import type { MaintenanceWindow } from '../src/maintenance/model.ts'
import type { Incident } from './incident.ts'

/** From a minute ago on, for so long from now. */
function maintenance(ms: number): MaintenanceWindow {
  const [start, end] = [Date.now() - MINUTE, Date.now() + ms]
  return { id: 1, name: 'Upgrade', timezone: 'Europe/Berlin', start, end, recurrence: null }
}

describe('an incident object', () => {
  it('keeps nothing of a change that could not be written whole', async ({ expect }) => {
    const opening = anOpening({ id: 77 })
    const stub = env.INCIDENT.getByName('77')
    // The outbox can't be written, once.
    await runInDurableObject(stub, async (incident: Incident, { storage }) => {
      storage.sql.exec('CREATE TABLE outbox (id INTEGER PRIMARY KEY)')
      await expect(incident.open(opening)).rejects.toThrow()
      expect(incident.describe()).toBeNull()
      storage.sql.exec('DROP TABLE outbox')
      await incident.open(opening)
      expect(incident.describe()).toMatchObject({ status: 'PENDING', version: 1 })
      expect(storage.sql.exec('SELECT COUNT(*) AS n FROM timeline').one().n).toBeGreaterThan(0)
    })
  })

  it('pages one level when somebody presses escalate twice while its schedules are read', async ({ expect }) => {
    const primary = aSchedule('Primary')
    const plan = aPlan([level(5, ann), level(5, ben), level(5, cleo, primary)], { schedules: [primary] })
    const stub = env.INCIDENT.getByName('78')
    await stub.open(anOpening({ id: 78, plan }))
    const escalate = () => stub.act({ type: 'escalate', level: null }, user(ann))
    const outcomes = (await Promise.all([escalate(), escalate()])).map(({ outcome }) => outcome)
    expect(outcomes.sort()).toEqual(['done', 'not-possible'])
    expect(await stub.describe()).toMatchObject({ escalation: { level: 1 } })
  })

  it('lets go on the round of the watchdog what a deleted window holds, as soon as D1 says so', async ({ expect }) => {
    const stub = env.INCIDENT.getByName('79')
    await stub.open(anOpening({ id: 79, maintenance: [maintenance(HOUR)] }))
    const held = await stub.describe()
    expect(held).toMatchObject({ heldUntil: expect.any(Number), responders: [] })
    // Without its tables D1 fails.
    await stub.visit(1)
    expect(await stub.describe()).toEqual(held)
    await applyD1Migrations(env.DB, env.MIGRATIONS)
    await stub.visit(1)
    expect(await stub.describe()).toMatchObject({ heldUntil: null, responders: [{ name: 'Ann', status: 'PENDING' }] })
  })

  it('sends nothing more from the moment it is told of a window', async ({ expect }) => {
    const stub = env.INCIDENT.getByName('80')
    await stub.open(anOpening({ id: 80 }))
    expect(await stub.isPaging(ann.userId, 1)).toBe(true)
    await stub.maintenanceChanged([maintenance(HOUR)])
    expect(await stub.isPaging(ann.userId, 1)).toBe(false)
  })
})
