import type { Opening } from '../src/incidents/model.ts'
import { incidentId, incidentReference } from '../src/incidents/reference.ts'
import type { TimelineEntry } from '../src/incidents/timeline.ts'
import { callObject } from '../tests/product/objects.ts'
import type { Deployment } from './deployment.ts'
import type { Measure } from './measure.ts'
import { percentile } from './statistics.ts'

const INCIDENTS = 2_000
const TRIAL = 100
const USERS = 20
const AT_ONCE = 16
/** An alert source that does not exist: the incidents are opened past it, with one due time for all. */
const SOURCE_ID = 999_999

/** 2,000 escalations due within some milliseconds, for 20 people. */
export async function measureDueAtOnce(deployment: Deployment): Promise<Measure[]> {
  const people = await deployment.people(USERS)
  const preparationMs = await timeToOpen(deployment, people)
  const due = Date.now() + preparationMs
  await eachOf(INCIDENTS, (number) => call(deployment, number, 'open', opening(number, due, people)))
  if (Date.now() >= due) throw new Error(`Opening took longer than ${preparationMs} ms`)

  // Three each at once; all others are told as one message 20 s later.
  const messages = await deployment.untilDelivered(USERS * 4, preparationMs + 180_000)
  const pageLate = messages.slice(-3 * USERS).map(({ timestamp }) => Date.parse(timestamp) - due)
  const escalationLate: number[] = []
  await eachOf(INCIDENTS, async (number) => {
    const page = { startIndex: 0, maxResults: 10, order: 'asc' }
    for (const { at, entry } of await call<{ at: number; entry: TimelineEntry }[]>(
      deployment,
      number,
      'timeline',
      page,
    )) {
      if (entry.type === 'level-paged') escalationLate.push(at - entry.assignedAt)
    }
  })
  const name = '2,000 escalations due at once'
  return [
    { name: `${name}: escalated, earliest`, value: Math.min(...escalationLate), unit: 'ms', target: 0, atLeast: true },
    { name: `${name}: escalated, p50`, value: percentile(escalationLate, 0.5) / 1000, unit: 's' },
    { name: `${name}: last one escalated`, value: Math.max(...escalationLate) / 1000, unit: 's', target: 5 },
    { name: `${name}: everybody has their first messages`, value: Math.max(...pageLate) / 1000, unit: 's' },
  ]
}

/** How long it will take to open them all, and half as long again: found out with some that are due much later. */
async function timeToOpen(deployment: Deployment, people: number[]): Promise<number> {
  const from = Date.now()
  await eachOf(TRIAL, (number) => {
    const other = 10 * INCIDENTS + number
    return call(deployment, other, 'open', opening(other, from + 60 * 60_000, people))
  })
  return Math.round(((Date.now() - from) * INCIDENTS * 1.5) / TRIAL) + 5_000
}

/** With an initial delay until `due`, so that nothing is sent before. It counts from the opening, some milliseconds on. */
function opening(number: number, due: number, people: number[]): Opening {
  const openedAt = Date.now()
  const userId = people[number % people.length] as number
  return {
    id: incidentId(SOURCE_ID, number),
    reference: incidentReference('DUE', number),
    source: { id: SOURCE_ID, name: 'Due at once' },
    ...{ key: null, summary: 'Due at once', details: null, priority: 'HIGH', severity: null, customDetails: null },
    ...{ links: [], images: [], labels: {}, comments: [], autoResolveAfterMs: null, tellEveryStatus: false },
    ...{ openedAt, openedBy: null },
    plan: {
      ...{ policyId: null, policyName: 'Due at once', initialDelayMs: due - openedAt, passes: 1, fallback: [] },
      levels: [{ timeoutMs: 60 * 60_000, targets: [{ type: 'user', userId, name: `Person${userId}` }] }],
    },
  }
}

function call<Answer>(deployment: Deployment, number: number, method: string, argument: object): Promise<Answer> {
  const name = String(incidentId(SOURCE_ID, number))
  return callObject(deployment.server.miniflare, 'INCIDENT', name, method, argument)
}

/** The numbers from 1 on, a few of them at a time. */
async function eachOf(count: number, work: (number: number) => Promise<unknown>): Promise<void> {
  let next = 1
  const hands = Array.from({ length: AT_ONCE }, async () => {
    while (next <= count) await work(next++)
  })
  await Promise.all(hands)
}
