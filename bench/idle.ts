import type { AlertSource } from '../src/api/schemas/alert-source.ts'
import type { IncidentSummary, LogEntry } from '../src/api/schemas/incident.ts'
import { createSchedule, createSource } from '../tests/product/team.ts'
import { alertOf, type Deployment } from './deployment.ts'
import type { Measure } from './measure.ts'
import { percentile } from './statistics.ts'

const EVENTS = 60
const BETWEEN_EVENTS_MS = 100
const TIMEOUT_MS = 9_000
const LONG_MS = 60 * 60_000

/**
 * Nothing else is going on: how long from an event to the carrier, and how late an escalation is. The carrier's own clock
 * says when it was called.
 */
export async function measureIdle(deployment: Deployment): Promise<Measure[]> {
  const [first = 0, second = 0] = await deployment.people(2)
  const named = await createSource(deployment.rest, 'IDLE', [
    { userIds: [first], timeoutMs: TIMEOUT_MS },
    { userIds: [second], timeoutMs: LONG_MS },
  ])
  const onCall = await createSource(deployment.rest, 'SHIFT', [
    { scheduleIds: [await createSchedule(deployment.rest, 'First', first)], timeoutMs: TIMEOUT_MS },
    { scheduleIds: [await createSchedule(deployment.rest, 'Second', second)], timeoutMs: LONG_MS },
  ])
  return [
    ...(await measureSource(deployment, named, first, second)),
    ...(await measureSource(deployment, onCall, first, second)).map((measure) => ({
      ...measure,
      name: `by schedules: ${measure.name}`,
    })),
  ]
}

async function measureSource(
  deployment: Deployment,
  source: AlertSource,
  first: number,
  second: number,
): Promise<Measure[]> {
  const before = (await deployment.delivered()).length
  // The first incidents find nothing warm; they count for nobody.
  await deployment.send(5, 1, [alertOf(source)])
  await deployment.untilDelivered(before + 5, 10_000)

  const sent: { reference: string; sentAt: number; answeredAt: number }[] = []
  for (let count = 0; count < EVENTS; count++) {
    const sentAt = now()
    const response = await deployment.rest.send('POST', '/api/events', alertOf(source))
    const { incidentUrl } = (await response.json()) as { incidentUrl: string }
    sent.push({ reference: incidentUrl.slice(incidentUrl.lastIndexOf('/') + 1), sentAt, answeredAt: now() })
    await new Promise((next) => setTimeout(next, BETWEEN_EVENTS_MS))
  }

  const messages = await deployment.untilDelivered(before + 2 * (5 + EVENTS), 60_000)
  const incidents = await deployment.rest.get<IncidentSummary[]>(`/incidents?sources=${source.id}&max-results=100`)
  const ids = new Map(incidents.map(({ id, reference }) => [reference, id]))
  const told = (reference: string, userId: number) => {
    const id = ids.get(reference)
    const message = messages.find(({ incidentId, user }) => incidentId === id && user.id === userId)
    return Date.parse(message?.timestamp ?? '')
  }
  const answer = sent.map(({ sentAt, answeredAt }) => answeredAt - sentAt)
  const page = sent.map(({ reference, answeredAt }) => told(reference, first) - answeredAt)
  const wholeWay = sent.map(({ reference, sentAt }) => told(reference, first) - sentAt)
  const lateness: number[] = []
  for (const { reference } of sent) {
    const entries = await deployment.rest.get<LogEntry[]>(`/incidents/${reference}/log-entries?order=asc`)
    const escalated = entries.filter(({ type }) => type === 'level-paged')[1]
    lateness.push(told(reference, second) - Date.parse(String(escalated?.vars.assignedAt)))
  }
  return [
    ...bothOf('event sent → answered', answer),
    ...bothOf('event accepted → carrier called', page, { p50: 100 }),
    ...bothOf('event sent → carrier called', wholeWay),
    ...bothOf('escalation due → carrier called', lateness, { p99: 100 }),
    {
      name: 'escalation due → carrier called, earliest',
      value: Math.min(...lateness),
      unit: 'ms',
      target: 0,
      atLeast: true,
    },
  ]
}

function bothOf(name: string, values: number[], targets: { p50?: number; p99?: number } = {}): Measure[] {
  return [
    { name: `${name}, p50`, value: percentile(values, 0.5), unit: 'ms', target: targets.p50 },
    { name: `${name}, p99`, value: percentile(values, 0.99), unit: 'ms', target: targets.p99 },
  ]
}

const now = () => performance.timeOrigin + performance.now()
