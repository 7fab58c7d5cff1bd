import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { anOpening } from '../src/incidents/incident.fixtures.ts'
import type { Opening } from '../src/incidents/model.ts'
import { AlertSourceStore } from './alert-source-store.ts'
import { Openings } from './openings.ts'

/** Promised incidents of some alert source; those in `failing` can't be opened. */
function withOpenings(
  numbers: number[],
  test: (given: {
    openings: Openings
    opened: number[]
    failing: Set<number>
    store: AlertSourceStore
  }) => Promise<void>,
): Promise<void> {
  const stub = env.ALERT_SOURCE.getByName(crypto.randomUUID())
  return runInDurableObject(stub as DurableObjectStub, async (_, { storage }) => {
    const store = new AlertSourceStore(storage)
    store.prepare()
    const opened: number[] = []
    const failing = new Set<number>()
    for (const number of numbers) store.promise(number, `key:${number}`, anOpening({ id: number }))
    const openings = new Openings(store, async ({ id }: Opening) => {
      if (failing.has(id)) throw new Error('the incident can not be reached')
      opened.push(id)
    })
    await test({ openings, opened, failing, store })
  })
}

describe('openings', () => {
  it('opens what an earlier life of the object promised, in its order', async ({ expect }) => {
    await withOpenings([1, 2, 3], async ({ openings, opened, store }) => {
      expect(openings.done).toBe(false)
      await openings.run()
      expect(opened).toEqual([1, 2, 3])
      expect(store.unconfirmed()).toEqual([])
      expect(openings.done).toBe(true)
      expect(openings.nextDue()).toBeNull()
    })
  })

  it('lets one that fails pause alone', async ({ expect }) => {
    await withOpenings([1, 2, 3], async ({ openings, opened, failing, store }) => {
      failing.add(1)
      await openings.run()
      expect(opened).toEqual([2, 3])
      expect(store.unconfirmed()).toEqual([1])
      expect(openings.nextDue()).toBeGreaterThan(Date.now())

      // An event for it asks at once, pause or not.
      failing.clear()
      await openings.open(1)
      expect(opened).toEqual([2, 3, 1])
      expect(openings.done).toBe(true)
    })
  })

  it('opens each once, however often it is asked', async ({ expect }) => {
    await withOpenings([1, 2], async ({ openings, opened }) => {
      await Promise.all([openings.run(), openings.open(2), openings.open(2), openings.run()])
      expect(opened.sort()).toEqual([1, 2])
    })
  })
})
