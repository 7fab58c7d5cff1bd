import { createSource } from '../tests/product/team.ts'
import { alertOf, type Deployment } from './deployment.ts'
import type { Measure } from './measure.ts'
import { percentile } from './statistics.ts'

const INCIDENTS = 1_000
const USERS = 20
const CONNECTIONS = 100

/** 1,000 new incidents at once, each paging one of 20 people: 20 alert sources, whose events come in turns. */
export async function measureSpreadStorm(deployment: Deployment): Promise<Measure[]> {
  const people = await deployment.people(USERS)
  const events: object[] = []
  for (const [index, id] of people.entries()) {
    const source = await createSource(deployment.rest, `STORM${index}`, [{ userIds: [id], timeoutMs: 60 * 60_000 }])
    events.push(alertOf(source))
  }
  return storm(deployment, 'storm of 1,000 for one of 20 people each', events, 1)
}

/** 1,000 new incidents of one alert source, each paging all of 20 people: 20,000 pages. */
export async function measureFullStorm(deployment: Deployment): Promise<Measure[]> {
  const people = await deployment.people(USERS)
  const source = await createSource(deployment.rest, 'STORM', [{ userIds: people, timeoutMs: 60 * 60_000 }])
  return storm(deployment, 'storm of 1,000 for all of 20 people each', [alertOf(source)], USERS)
}

async function storm(deployment: Deployment, name: string, events: object[], pagesEach: number): Promise<Measure[]> {
  const { from, until, latencies } = await deployment.send(INCIDENTS, CONNECTIONS, events)
  const messages = await deployment.untilDelivered(INCIDENTS * pagesEach, 15 * 60_000)
  const lastPage = Math.max(...messages.map(({ timestamp }) => Date.parse(timestamp)))
  return [
    { name: `${name}: event answered, p50`, value: percentile(latencies, 0.5), unit: 'ms' },
    { name: `${name}: event answered, p99`, value: percentile(latencies, 0.99), unit: 'ms' },
    { name: `${name}: last event answered`, value: (until - from) / 1000, unit: 's' },
    { name: `${name}: last page out`, value: (lastPage - from) / 1000, unit: 's' },
  ]
}
