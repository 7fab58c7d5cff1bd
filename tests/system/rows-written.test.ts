import { describe } from 'vitest'
import { MINUTE } from './harness/clock.ts'
import { WrittenRows } from './harness/rows.ts'
import { it, sms } from './harness/tocsin.ts'

/**
 * How many rows the main job writes, by who writes them. Each number is what is written today: whoever raises one should
 * know why, and whoever can lower one may. The sums are bounded by the design; `npm run bench` shows them beside it.
 */

describe('rows written', () => {
  it('of an incident, from its opening through two pages, to its answer and its end', async ({
    tocsin,
    task,
    expect,
  }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const source = await tocsin.source(await tocsin.policy([[ann], [ben]], { timeouts: [5, 5] }))
    const rows = await WrittenRows.watch()

    const live = async (before: number) => {
      await source.alert('Disk full', { alertKey: 'disk' })
      await tocsin.listed('?states=PENDING', 1)
      await ann.getsSms('Disk full')
      await tocsin.pass(5 * MINUTE)
      await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
      await tocsin.listed('?states=ACCEPTED', 1)
      await source.resolve('disk')
      await tocsin.listed('?states=RESOLVED', before + 1)
      return rows.take()
    }
    await rows.take()
    const first = await live(0)
    const later = await live(1)
    rows.stop()

    Object.assign(task.meta, { rows: later })
    console.log({ first, later })
    expect(sum(later)).toBeLessThanOrEqual(40)
  })

  it('of a duplicate event', async ({ tocsin, task, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const source = await tocsin.source(await tocsin.policy([[ann]]))
    const rows = await WrittenRows.watch()
    await source.alert('Disk full', { alertKey: 'disk' })
    await ann.getsSms('Disk full')
    await tocsin.listed('?states=PENDING', 1)
    await rows.take()

    const duplicates = 10
    for (let count = 0; count < duplicates; count++) await source.alert('Disk full', { alertKey: 'disk' })
    await tocsin.pass(MINUTE)
    const written = await rows.take()
    rows.stop()

    Object.assign(task.meta, { rows: written })
    console.log(written)
    expect(sum(written)).toBeLessThanOrEqual(2 * duplicates)
  })
})

function sum(rows: Record<string, number>): number {
  return Object.values(rows).reduce((total, count) => total + count, 0)
}
