import type * as z from 'zod'
import { askIncident } from '../ask-incident.ts'
import { Refusal, type RefusalCode } from '../directory/refusal.ts'
import { loadResponsePlan, planFor, planForSchedule } from '../directory/response-plan.ts'
import type { Env } from '../env.ts'
import { CONNECTIONS, inParallel } from '../in-parallel.ts'
import type { Act, ActResult } from '../incidents/model.ts'
import { actorOf, type Context, type SignedIn } from './context.ts'
import { describeIncident, incidentIdOf, personNamed } from './incident-lookup.ts'
import { presentIncident } from './incident-view.ts'
import { body, json, route, router } from './route.ts'
import {
  assignQuery,
  bulkRequest,
  bulkResult,
  commentRequest,
  escalateRequest,
  type Incident,
  incident,
  incidentParam,
  responderRequest,
  snoozeRequest,
} from './schemas/incident.ts'

const MINUTE_MS = 60_000

const CODES: Record<Exclude<ActResult['outcome'], 'done'>, RefusalCode> = {
  'already-accepted': 'ALREADY_ACCEPTED',
  'already-resolved': 'ALREADY_RESOLVED',
  'no-such-incident': 'NOT_FOUND',
  'nobody-to-escalate-to': 'NOBODY_TO_ESCALATE_TO',
  'no-such-level': 'NO_SUCH_LEVEL',
  'not-possible': 'NOT_POSSIBLE',
}

const tags = ['Incidents']
const answer = { 200: json(incident, 'The incident afterwards') }

/** What people do to incidents. */
export const incidentActs = router()

for (const type of ['accept', 'resolve'] as const) {
  incidentActs.openapi(
    route('signed-in', {
      ...{
        method: 'put',
        path: `/incidents/${type}`,
        tags,
        summary: `${type === 'accept' ? 'Accept' : 'Resolve'} many`,
      },
      request: { body: body(bulkRequest) },
      responses: { 200: json(bulkResult, 'What became of each') },
    }),
    async (c) => {
      const { ids } = c.req.valid('json')
      const results = await inParallel(ids, CONNECTIONS, (id) =>
        act(c.env, id, { type }, c.var.signedIn).then(
          () => ({ id, success: true, message: '' }),
          (error: unknown) => ({ id, success: false, message: reasonFor(error) }),
        ),
      )
      return c.json({ results }, 200)
    },
  )

  incidentActs.openapi(
    route('signed-in', {
      ...{
        method: 'put',
        path: `/incidents/{incident}/${type}`,
        tags,
        summary: type === 'accept' ? 'Accept' : 'Resolve',
      },
      request: { params: incidentParam },
      responses: answer,
    }),
    async (c) => c.json(await actOn(c, c.req.valid('param').incident, { type }), 200),
  )
}

incidentActs.openapi(
  route('signed-in', {
    ...{ method: 'put', path: '/incidents/{incident}/escalate', tags, summary: 'Page the next level, or a chosen one' },
    request: { params: incidentParam, body: { ...body(escalateRequest), required: false } },
    responses: answer,
  }),
  async (c) => {
    // Without a body the validator says {}.
    const { level }: z.infer<typeof escalateRequest> = c.req.valid('json')
    const asked: Act = { type: 'escalate', level: level ? level - 1 : null }
    return c.json(await actOn(c, c.req.valid('param').incident, asked), 200)
  },
)

incidentActs.openapi(
  route('signed-in', {
    ...{
      method: 'put',
      path: '/incidents/{incident}/assign',
      tags,
      summary: 'Assign to a user, a schedule or an escalation policy',
    },
    request: { params: incidentParam, query: assignQuery },
    responses: answer,
  }),
  async (c) => {
    const assignment = await assignmentTo(c.env, c.req.valid('query'))
    return c.json(await actOn(c, c.req.valid('param').incident, assignment), 200)
  },
)

incidentActs.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/incidents/{incident}/responders', tags, summary: 'Page somebody in addition' },
    request: { params: incidentParam, body: body(responderRequest) },
    responses: { 201: json(incident, 'The incident afterwards') },
  }),
  async (c) => {
    const user = await personNamed(c.env, c.req.valid('json').user.id, 'user.id')
    return c.json(await actOn(c, c.req.valid('param').incident, { type: 'add-responder', user }), 201)
  },
)

incidentActs.openapi(
  route('signed-in', {
    ...{
      method: 'put',
      path: '/incidents/{incident}/snooze',
      tags,
      summary: 'Accept for a while; then it pages again',
    },
    request: { params: incidentParam, body: body(snoozeRequest) },
    responses: answer,
  }),
  async (c) => {
    const until = Date.now() + c.req.valid('json').minutes * MINUTE_MS
    return c.json(await actOn(c, c.req.valid('param').incident, { type: 'snooze', until }), 200)
  },
)

incidentActs.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/incidents/{incident}/comments', tags, summary: 'Comment' },
    request: { params: incidentParam, body: body(commentRequest) },
    responses: { 201: json(incident, 'The incident afterwards') },
  }),
  async (c) => {
    const text = c.req.valid('json').content
    return c.json(await actOn(c, c.req.valid('param').incident, { type: 'comment', text }), 201)
  },
)

async function actOn(c: Context, name: string, asked: Act): Promise<Incident> {
  const id = await incidentIdOf(c.env, name)
  await act(c.env, id, asked, c.var.signedIn)
  return presentIncident(c, await describeIncident(c.env, id, name))
}

async function assignmentTo(env: Env, query: z.infer<typeof assignQuery>): Promise<Act> {
  const userId = query['user-id'] ?? query.user
  const policyId = query['policy-id'] ?? query.policy
  const scheduleId = query['schedule-id'] ?? query.schedule
  if ([userId, policyId, scheduleId].filter((named) => named !== undefined).length !== 1) {
    const choice = 'Name either a user (user-id), a schedule (schedule-id) or an escalation policy (policy-id)'
    throw new Refusal('BAD_REQUEST', choice, 'user-id')
  }
  if (userId !== undefined) {
    const user = await personNamed(env, userId, 'user-id')
    return { type: 'assign', plan: await planFor(env, [user]), to: user.name, user }
  }
  if (scheduleId !== undefined) {
    const plan = await planForSchedule(env, scheduleId)
    if (!plan) throw new Refusal('BAD_REQUEST', `There is no schedule ${scheduleId}`, 'schedule-id')
    return { type: 'assign', plan, to: `schedule ${plan.policyName}`, user: null }
  }
  const plan = await loadResponsePlan(env, policyId ?? 0)
  if (!plan) throw new Refusal('BAD_REQUEST', `There is no escalation policy ${policyId}`, 'policy-id')
  return { type: 'assign', plan, to: `policy ${plan.policyName}`, user: null }
}

function reasonFor(error: unknown): string {
  return error instanceof Refusal ? error.message : 'The incident could not be reached: try again'
}

/** Does it, or refuses with the incident's own reason. */
async function act(env: Env, id: number, asked: Act, signedIn: SignedIn): Promise<void> {
  const { outcome, message } = await askIncident(env, id, asked, actorOf(signedIn))
  if (outcome !== 'done') throw new Refusal(CODES[outcome], message)
}
