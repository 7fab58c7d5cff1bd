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
  const listedAt = await untilListed(deployment, source.id, 1 + NEW)
  return [
    { name: 'duplicate events of one source', value: rate(DUPLICATES, duplicates), ...TARGET },
    { name: 'new incidents of one source, accepted', value: rate(NEW, opened), ...TARGET },
    {
      name: 'new incidents of one source, opened and listed',
      value: rate(NEW, { from: opened.from, until: listedAt }),
      unit: 'per s',
    },
  ]
}

/** When the lists have so many. A person would be told of most of them as one message. */
async function untilListed(deployment: Deployment, sourceId: number, incidents: number): Promise<number> {
  const deadline = Date.now() + LISTED_WITHIN_MS
  for (;;) {
    const { count } = await deployment.rest.get<{ count: number }>(`/incidents/count?sources=${sourceId}`)
    if (count >= incidents) return Date.now()
    if (Date.now() > deadline) throw new Error(`Only ${count} of ${incidents} incidents are listed`)
    await new Promise((again) => setTimeout(again, LOOK_EVERY_MS))
  }
}

const LISTED_WITHIN_MS = 120_000
const LOOK_EVERY_MS = 200

const TARGET = { unit: 'per s', target: 150, atLeast: true } as const

function rate(count: number, { from, until }: { from: number; until: number }): number {
  return (count * 1000) / (until - from)
}
