import { createSource } from '../tests/product/team.ts'
import { alertOf, type Deployment } from './deployment.ts'
import type { Measure } from './measure.ts'

const CONNECTIONS = 100
const NEW = 1_000
const DUPLICATES = 3_000

/** One alert source as fast as it goes: with events that each open an incident, and with repeats of one. */
export async function measureThroughput(deployment: Deployment): Promise<Measure[]> {
  const [user = 0] = await deployment.people(1)
  const source = await createSource(deployment.rest, 'FAST', [{ userIds: [user], timeoutMs: 60 * 60_000 }])
  await deployment.send(1, 1, [alertOf(source, 'repeated')])
  await deployment.untilDelivered(1, 10_000)

  const duplicates = await deployment.send(DUPLICATES, CONNECTIONS, [alertOf(source, 'repeated')])
  const opened = await deployment.send(NEW, CONNECTIONS, [alertOf(source)])
  const messages = await deployment.untilDelivered(1 + NEW, 120_000)
  const lastPage = Math.max(...messages.map(({ timestamp }) => Date.parse(timestamp)))
  return [
    { name: 'duplicate events of one source', value: rate(DUPLICATES, duplicates), ...TARGET },
    { name: 'new incidents of one source, accepted', value: rate(NEW, opened), ...TARGET },
    {
      name: 'new incidents of one source, opened and paged',
      value: rate(NEW, { from: opened.from, until: lastPage }),
      unit: 'per s',
    },
  ]
}

const TARGET = { unit: 'per s', target: 150, atLeast: true } as const

function rate(count: number, { from, until }: { from: number; until: number }): number {
  return (count * 1000) / (until - from)
}
