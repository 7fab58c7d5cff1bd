import type { AlertSourceConfig } from '../alert-sources/config.ts'
import type { InboundEvent } from '../alert-sources/event.ts'
import { openingOf } from '../alert-sources/opening.ts'
import { loadAlertSourceConfig } from '../directory/alert-source-config.ts'
import { Refusal } from '../directory/refusal.ts'
import { loadResponsePlan } from '../directory/response-plan.ts'
import { loadPagerProfile } from '../directory/users/pager-profile.ts'
import type { Env } from '../env.ts'
import { CONNECTIONS, inParallel } from '../in-parallel.ts'
import { membersOf, onCallFor, schedulesOf } from '../incidents/level-members.ts'
import type { LevelMember, Opening, ResponsePlan } from '../incidents/model.ts'
import { incidentReference } from '../incidents/reference.ts'
import { type SimulatedStep, simulate, unanswered, usersPaged } from '../incidents/simulation.ts'
import { nextHandOff } from '../on-call/on-call.ts'
import { userReference } from './incident-view.ts'
import { json, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import {
  atQuery,
  type PolicyOnCall,
  policyOnCall,
  type Simulation,
  simulation,
  simulationQuery,
} from './schemas/simulation.ts'

const MINUTE_MS = 60_000
const YEAR_MS = 366 * 24 * 60 * MINUTE_MS

/** Who would be told, before anything has happened. */
export const simulations = router()

simulations.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/escalation-policies/{id}/on-call', tags: ['Escalation policies'] },
    summary: 'Who would be paged at an instant, level by level',
    request: { params: idParam, query: atQuery },
    responses: { 200: json(policyOnCall, 'Who would be paged') },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const at = instantOf(c.req.valid('query').at)
    const plan = await loadResponsePlan(c.env, id, at)
    if (!plan) throw new Refusal('NOT_FOUND', `There is no escalation policy ${id}`)
    return c.json(onCallOf(plan, at), 200)
  },
)

simulations.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/alert-sources/{id}/simulation', tags: ['Alert sources'] },
    summary: 'What an incident that nobody answers would set off',
    request: { params: idParam, query: simulationQuery },
    responses: { 200: json(simulation, 'Who would be told, when, on which channel. Nothing is sent') },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const { at, priority = null } = c.req.valid('query')
    const from = instantOf(at)
    const config = await loadAlertSourceConfig(c.env, id, from)
    if (!config) throw new Refusal('NOT_FOUND', `There is no alert source ${id}`)
    return c.json(await simulationOf(c.env, config, openingFor(config, priority, from)), 200)
  },
)

/** The instant that was asked for; none: now. What is past was decided by what held then, which nobody remembers whole. */
function instantOf(asked: string | undefined): number {
  const now = Date.now()
  const at = asked === undefined ? now : Date.parse(asked)
  if (at < now - MINUTE_MS) throw new Refusal('BAD_REQUEST', 'at must not be in the past', 'at')
  if (at > now + YEAR_MS) throw new Refusal('BAD_REQUEST', 'at must be within a year', 'at')
  return at
}

function onCallOf(plan: ResponsePlan, at: number): PolicyOnCall {
  const levels = plan.levels.map((level, index) => {
    const schedules = schedulesOf(plan, level)
    const untilWhen = ({ onCallFor: named }: LevelMember) => {
      const planned = schedules.find(({ id }) => id === named?.id)
      const handOff = planned && nextHandOff(planned.schedule, at)
      return handOff ? isoTime(handOff.at) : null
    }
    return {
      level: index + 1,
      users: membersOf(plan, level, at).map((member) => ({
        user: userReference(member),
        schedule: member.onCallFor ?? null,
        until: untilWhen(member),
      })),
      emptySchedules: schedules.filter((schedule) => !onCallFor(schedule, at)).map(({ id, name }) => ({ id, name })),
    }
  })
  const anybody = levels.some(({ users }) => users.length > 0)
  return { at: isoTime(at), levels, fallback: anybody ? [] : plan.fallback.map(userReference) }
}

async function simulationOf(env: Env, config: AlertSourceConfig, opening: Opening): Promise<Simulation> {
  const course = unanswered(opening)
  const profiles = await inParallel(usersPaged(course), CONNECTIONS, (userId) => loadPagerProfile(env, userId))
  const known = profiles.filter((profile) => profile !== null)
  const { steps, cut } = simulate(course, new Map(known.map((profile) => [profile.userId, profile])))
  const { policyId, policyName } = config.plan
  return {
    at: isoTime(opening.openedAt),
    alertSource: opening.source,
    escalationPolicy: { id: policyId ?? 0, name: policyName },
    priority: opening.priority,
    steps: steps.map(present),
    cut,
  }
}

function present(step: SimulatedStep): Simulation['steps'][number] {
  const at = isoTime(step.at)
  if (step.type === 'timeline') return { type: 'timeline', at, text: step.text }
  return { type: 'notification', at, user: userReference(step.user), method: step.channel, target: step.target }
}

/** As the source opens an incident, only of no event and with no number. */
function openingFor(config: AlertSourceConfig, priority: InboundEvent['priority'], openedAt: number): Opening {
  const event: InboundEvent = {
    ...{ type: 'ALERT', key: null, summary: '', details: null, priority, severity: null },
    ...{ links: [], images: [], comments: [], labels: {}, customDetails: null },
  }
  return { ...openingOf(event, config, openedAt), id: 0, reference: incidentReference(config.shortName, 0) }
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}
