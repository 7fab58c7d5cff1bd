import type { AlertSource } from '../src/api/schemas/alert-source.ts'
import type { IncidentSummary, LogEntry } from '../src/api/schemas/incident.ts'
import { createSchedule, createSource } from '../tests/product/team.ts'
import { alertOf, type Deployment } from './deployment.ts'
import type { Measure } from './measure.ts'
import { percentile } from './statistics.ts'

const EVENTS = 60
/** In turns, because nobody is told of more than three incidents at once each by itself: `src/notifications/bundling.ts`. */
const TEAMS = 20
const BETWEEN_EVENTS_MS = 100
const TIMEOUT_MS = 9_000
const LONG_MS = 60 * 60_000

/**
 * Nothing else is going on: how long from an event to the carrier, and how late an escalation is. The carrier's own clock
 * says when it was called.
 */
export async function measureIdle(deployment: Deployment): Promise<Measure[]> {
  const { rest } = deployment
  const people = await deployment.people(4 * (TEAMS + 1))
  const teams = (from: number) =>
    Array.from({ length: TEAMS + 1 }, (_, index) => people.slice(from + 2 * index, from + 2 * index + 2) as Team)
  const named = await Promise.all(
    teams(0).map(async (team, index) => ({
      team,
      source: await createSource(rest, `IDLE${index}`, [
        { userIds: [team[0]], timeoutMs: TIMEOUT_MS },
        { userIds: [team[1]], timeoutMs: LONG_MS },
      ]),
    })),
  )
  const onCall = await Promise.all(
    teams(2 * (TEAMS + 1)).map(async (team, index) => ({
      team,
      source: await createSource(rest, `SHIFT${index}`, [
        { scheduleIds: [await createSchedule(rest, `First ${index}`, team[0])], timeoutMs: TIMEOUT_MS },
        { scheduleIds: [await createSchedule(rest, `Second ${index}`, team[1])], timeoutMs: LONG_MS },
      ]),
    })),
  )
  return [
    ...(await measureSources(deployment, named)),
    ...(await measureSources(deployment, onCall)).map((measure) => ({
      ...measure,
      name: `by schedules: ${measure.name}`,
    })),
  ]
}

type Team = [first: number, second: number]

interface Watched {
  source: AlertSource
  team: Team
}

async function measureSources(deployment: Deployment, [warming, ...watched]: Watched[]): Promise<Measure[]> {
  if (!warming) throw new Error('nothing to measure')
  const before = (await deployment.delivered()).length
  // The first incidents find nothing warm; they count for nobody.
  await deployment.send(3, 1, [alertOf(warming.source)])
  await deployment.untilDelivered(before + 3, 10_000)

  const sent: { reference: string; team: Team; sentAt: number; answeredAt: number }[] = []
  for (let count = 0; count < EVENTS; count++) {
    const { source, team } = watched[count % watched.length] as Watched
    const sentAt = now()
    const response = await deployment.rest.send('POST', '/api/events', alertOf(source))
    const { incidentUrl } = (await response.json()) as { incidentUrl: string }
    sent.push({ reference: incidentUrl.slice(incidentUrl.lastIndexOf('/') + 1), team, sentAt, answeredAt: now() })
    await new Promise((next) => setTimeout(next, BETWEEN_EVENTS_MS))
  }

  const messages = await deployment.untilDelivered(before + 2 * (3 + EVENTS), 60_000)
  const sources = watched.map(({ source }) => `sources=${source.id}`).join('&')
  const incidents = await deployment.rest.get<IncidentSummary[]>(`/incidents?${sources}&max-results=100`)
  const ids = new Map(incidents.map(({ id, reference }) => [reference, id]))
  const told = (reference: string, userId: number) => {
    const id = ids.get(reference)
    const message = messages.find(({ incidentId, user }) => incidentId === id && user.id === userId)
    return Date.parse(message?.timestamp ?? '')
  }
  const answer = sent.map(({ sentAt, answeredAt }) => answeredAt - sentAt)
  const page = sent.map(({ reference, team, answeredAt }) => told(reference, team[0]) - answeredAt)
  const wholeWay = sent.map(({ reference, team, sentAt }) => told(reference, team[0]) - sentAt)
  const lateness: number[] = []
  for (const { reference, team } of sent) {
    const entries = await deployment.rest.get<LogEntry[]>(`/incidents/${reference}/log-entries?order=asc`)
    const escalated = entries.filter(({ type }) => type === 'level-paged')[1]
    lateness.push(told(reference, team[1]) - Date.parse(String(escalated?.vars.assignedAt)))
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
