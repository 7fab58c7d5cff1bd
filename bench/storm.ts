import { createSource } from '../tests/product/team.ts'
import { alertOf, type Deployment } from './deployment.ts'
import type { Measure } from './measure.ts'
import { percentile } from './statistics.ts'

const INCIDENTS = 1_000
const USERS = 20
const CONNECTIONS = 100
/** Three messages, then one that says how many wait: `src/notifications/bundling.ts`. */
const MESSAGES_EACH = 4
/** A storm's window, and the bundle that opens the next one. */
const QUIET_AFTER_MS = 200_000

/** 1,000 new incidents at once, each paging one of 20 people: 20 alert sources, whose events come in turns. */
export async function measureSpreadStorm(deployment: Deployment): Promise<Measure[]> {
  const people = await deployment.people(USERS)
  const events: object[] = []
  for (const [index, id] of people.entries()) {
    const source = await createSource(deployment.rest, `STORM${index}`, [{ userIds: [id], timeoutMs: 60 * 60_000 }])
    events.push(alertOf(source))
  }
  return storm(deployment, 'storm of 1,000 for one of 20 people each', events)
}

/** 1,000 new incidents of one alert source, each paging all of 20 people: 20,000 pages. */
export async function measureFullStorm(deployment: Deployment): Promise<Measure[]> {
  const people = await deployment.people(USERS)
  const source = await createSource(deployment.rest, 'STORM', [{ userIds: people, timeoutMs: 60 * 60_000 }])
  return storm(deployment, 'storm of 1,000 for all of 20 people each', [alertOf(source)])
}

/** 1,000 new incidents that page one person: how many messages that is for them. */
export async function measureOnePersonStorm(deployment: Deployment): Promise<Measure[]> {
  const people = await deployment.people(1)
  const source = await createSource(deployment.rest, 'STORM', [{ userIds: people, timeoutMs: 60 * 60_000 }])
  const { from } = await deployment.send(INCIDENTS, CONNECTIONS, [alertOf(source)])
  await new Promise((over) => setTimeout(over, from + QUIET_AFTER_MS - Date.now()))
  const messages = await deployment.delivered()
  const last = messages[0]?.text ?? ''
  const name = 'storm of 1,000 for one person'
  return [
    { name: `${name}: messages`, value: messages.length, unit: 'messages', target: MESSAGES_EACH + 1 },
    {
      name: `${name}: incidents that the last one speaks of`,
      ...{ value: Number.parseInt(last, 10), unit: 'incidents', target: INCIDENTS, atLeast: true },
    },
  ]
}

async function storm(deployment: Deployment, name: string, events: object[]): Promise<Measure[]> {
  const { from, until, latencies } = await deployment.send(INCIDENTS, CONNECTIONS, events)
  const messages = await deployment.untilDelivered(USERS * MESSAGES_EACH, 15 * 60_000)
  const firstPages = messages.slice(-3 * USERS).map(({ timestamp }) => Date.parse(timestamp))
  return [
    { name: `${name}: event answered, p50`, value: percentile(latencies, 0.5), unit: 'ms' },
    { name: `${name}: event answered, p99`, value: percentile(latencies, 0.99), unit: 'ms' },
    { name: `${name}: last event answered`, value: (until - from) / 1000, unit: 's' },
    { name: `${name}: everybody has their first messages`, value: (Math.max(...firstPages) - from) / 1000, unit: 's' },
  ]
}
