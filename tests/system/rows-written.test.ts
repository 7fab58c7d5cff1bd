import { describe } from 'vitest'
import type { DeliveryLog } from '../../src/api/schemas/delivery.ts'
import { MINUTE } from './harness/clock.ts'
import { WrittenRows } from './harness/rows.ts'
import { until } from './harness/settle.ts'
import { it, sms } from './harness/tocsin.ts'

/**
 * How many rows the main job writes, by who writes them: a count, which no slow machine changes. The bounds are what is
 * written today, so that nothing is added unseen; who lowers a number lowers its bound. `npm run bench` shows the sums
 * beside the design's targets.
 */

const TARGETS = { incident: 40, duplicate: 2 }

describe('rows written', () => {
  it('for an incident: opened, two people paged, accepted, resolved', async ({ tocsin, task, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const source = await tocsin.source(await tocsin.policy([[ann], [ben]]))
    const rows = await WrittenRows.watch()
    try {
      for (const lived of [0, 1]) {
        // The first one's rows are not looked at: it finds objects without tables.
        await rows.take()
        await source.alert('Disk full', { alertKey: 'disk' })
        await tocsin.listed('?states=PENDING', 1)
        await ann.getsSms('Disk full')
        await tocsin.pass(5 * MINUTE)
        await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
        await tocsin.listed('?states=ACCEPTED', 1)
        await source.resolve('disk')
        await tocsin.listed('?states=RESOLVED', lived + 1)
      }
      const written = await rows.take()
      Object.assign(task.meta, { rows: measures('an incident with two pages', written, 1, TARGETS.incident) })
      for (const [owner, most] of Object.entries({ ALERT_SOURCE: 6, INCIDENT: 28, PAGER: 17, D1: 10 })) {
        expect(written[owner], owner).toBeLessThanOrEqual(most)
      }
    } finally {
      rows.stop()
    }
  })

  it('for an event that repeats itself', async ({ tocsin, task, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const source = await tocsin.source(await tocsin.policy([[ann]]))
    const rows = await WrittenRows.watch()
    try {
      await source.alert('Disk full', { alertKey: 'disk' })
      await ann.getsSms('Disk full')
      await tocsin.listed('?states=PENDING', 1)
      const isLogged = async () => (await tocsin.api.get<DeliveryLog>('/delivery-log')).entries.length > 0
      await until(isLogged, 'the text is in the delivery log')
      await rows.take()

      const repeats = 10
      for (let count = 0; count < repeats; count++) await source.alert('Disk full', { alertKey: 'disk' })
      await tocsin.pass(MINUTE)
      const written = await rows.take()
      Object.assign(task.meta, { rows: measures('a duplicate event', written, repeats, TARGETS.duplicate) })
      expect(sum(written)).toBeLessThanOrEqual(TARGETS.duplicate * repeats)
    } finally {
      rows.stop()
    }
  })
})

/** As the bench shows them: the sum, and who wrote how many of it. */
function measures(what: string, written: Record<string, number>, events: number, target: number) {
  const owners = Object.entries(written).map(([owner, count]) => ({
    name: `rows for ${what}, by ${owner}`,
    value: count / events,
    unit: 'rows',
  }))
  return [{ name: `rows for ${what}`, value: sum(written) / events, unit: 'rows', target }, ...owners]
}

function sum(written: Record<string, number>): number {
  return Object.values(written).reduce((total, count) => total + count, 0)
}
