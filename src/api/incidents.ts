import * as z from 'zod'
import { findSource } from '../directory/alert-sources.ts'
import { countIncidents, listIncidents } from '../directory/incidents.ts'
import { Refusal } from '../directory/refusal.ts'
import { loadResponsePlan, planFor } from '../directory/response-plan.ts'
import type { Act } from '../incidents/model.ts'
import { describeEntry, filterTypes } from '../incidents/timeline.ts'
import { call } from '../objects.ts'
import { incidentUrl, publicUrl } from '../public-url.ts'
import type { Context } from './context.ts'
import { act, describeIncident, incidentIdOf, peopleNamed } from './incident-acts.ts'
import { incidentOf, summaryOf } from './incident-view.ts'
import { queryAliases } from './query-aliases.ts'
import { body, json, route, router } from './route.ts'
import { count } from './schemas/common.ts'
import {
  assignQuery,
  bulkRequest,
  bulkResult,
  commentRequest,
  escalateRequest,
  type Incident,
  incident,
  incidentFilter,
  incidentOpened,
  incidentSummary,
  logEntry,
  manualIncident,
  responderRequest,
  snoozeRequest,
  timelineQuery,
} from './schemas/incident.ts'

const MINUTE_MS = 60_000
/** Connections that a Worker may have open at once. */
const SIDE_BY_SIDE = 6

const tags = ['Incidents']
const params = z.object({
  incident: z.string().max(40).meta({ description: 'The id, or the reference such as PROM-42' }),
})
const answer = { 200: json(incident, 'The incident afterwards') }

export const incidents = router()

/** Clients of iLert's versions write these names. */
incidents.use('/incidents', queryAliases({ state: 'states', source: 'sources', 'alert-source': 'sources' }))
incidents.use('/incidents/count', queryAliases({ state: 'states', source: 'sources', 'alert-source': 'sources' }))

incidents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/incidents', tags, summary: 'List incidents' },
    request: { query: incidentFilter },
    responses: { 200: json(z.array(incidentSummary), 'One page of incidents') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults, sort, ...query } = c.req.valid('query')
    const rows = await listIncidents(c.env, query, { startIndex, maxResults, byState: sort === 'state' })
    const base = publicUrl(c.env, c.req.raw)
    return c.json(
      rows.map((row) => summaryOf(row, base)),
      200,
    )
  },
)

incidents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/incidents/count', tags, summary: 'Count incidents' },
    request: { query: incidentFilter },
    responses: { 200: json(count, 'How many match') },
  }),
  async (c) => c.json({ count: await countIncidents(c.env, c.req.valid('query')) }, 200),
)

incidents.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/incidents', tags, summary: 'Report a problem by hand' },
    request: { body: body(manualIncident) },
    responses: { 201: json(incidentOpened, 'The incident that was opened') },
  }),
  async (c) => {
    const { summary, details, alertSource, priority, severity, responders = [] } = c.req.valid('json')
    await findSource(c.env, alertSource.id).catch(() => {
      throw new Refusal('BAD_REQUEST', `There is no alert source ${alertSource.id}`, 'alertSource.id')
    })
    const people = await peopleNamed(
      c.env,
      responders.map(({ user }) => user.id),
      (index) => `responders[${index}].user.id`,
    )
    // Not by `call`, which repeats: an opening that may have reached the source would be opened twice.
    const source = c.env.ALERT_SOURCE.getByName(String(alertSource.id))
    const { id, reference } = await source.openByHand({
      ...{ summary, details: details ?? null, priority: priority ?? null, severity: severity ?? null },
      openedBy: c.var.signedIn.name,
      responders: people.length > 0 ? people : null,
    })
    return c.json({ id, reference, incidentUrl: incidentUrl(publicUrl(c.env, c.req.raw), reference) }, 201)
  },
)

for (const type of ['accept', 'resolve'] as const) {
  incidents.openapi(
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
      const results: z.infer<typeof bulkResult>['results'] = []
      for (let start = 0; start < ids.length; start += SIDE_BY_SIDE) {
        const outcomes = ids.slice(start, start + SIDE_BY_SIDE).map((id) =>
          act(c.env, id, { type }, c.var.signedIn).then(
            () => ({ id, success: true, message: '' }),
            (error: unknown) => ({ id, success: false, message: reasonFor(error) }),
          ),
        )
        results.push(...(await Promise.all(outcomes)))
      }
      return c.json({ results }, 200)
    },
  )

  incidents.openapi(
    route('signed-in', {
      ...{
        method: 'put',
        path: `/incidents/{incident}/${type}`,
        tags,
        summary: type === 'accept' ? 'Accept' : 'Resolve',
      },
      request: { params },
      responses: answer,
    }),
    async (c) => c.json(await actOn(c, c.req.valid('param').incident, { type }), 200),
  )
}

incidents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/incidents/{incident}', tags, summary: 'Get an incident' },
    request: { params },
    responses: { 200: json(incident, 'The incident') },
  }),
  async (c) => {
    const id = await incidentIdOf(c.env, c.req.valid('param').incident)
    return c.json(incidentOf(await describeIncident(c.env, id), publicUrl(c.env, c.req.raw)), 200)
  },
)

incidents.openapi(
  route('signed-in', {
    ...{ method: 'put', path: '/incidents/{incident}/escalate', tags, summary: 'Page the next level, or a chosen one' },
    request: { params, body: { ...body(escalateRequest), required: false } },
    responses: answer,
  }),
  async (c) => {
    // Without a body the validator says {}.
    const { level }: z.infer<typeof escalateRequest> = c.req.valid('json')
    const asked: Act = { type: 'escalate', level: level ? level - 1 : null }
    return c.json(await actOn(c, c.req.valid('param').incident, asked), 200)
  },
)

incidents.openapi(
  route('signed-in', {
    ...{
      method: 'put',
      path: '/incidents/{incident}/assign',
      tags,
      summary: 'Assign to a user or an escalation policy',
    },
    request: { params, query: assignQuery },
    responses: answer,
  }),
  async (c) => {
    const query = c.req.valid('query')
    const assignment = await assignmentTo(c, query['user-id'] ?? query.user, query['policy-id'] ?? query.policy)
    return c.json(await actOn(c, c.req.valid('param').incident, assignment), 200)
  },
)

incidents.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/incidents/{incident}/responders', tags, summary: 'Page somebody in addition' },
    request: { params, body: body(responderRequest) },
    responses: { 201: json(incident, 'The incident afterwards') },
  }),
  async (c) => {
    const [user] = await peopleNamed(c.env, [c.req.valid('json').user.id], () => 'user.id')
    if (!user) throw new Error('peopleNamed answers for every id')
    return c.json(await actOn(c, c.req.valid('param').incident, { type: 'add-responder', user }), 201)
  },
)

incidents.openapi(
  route('signed-in', {
    ...{
      method: 'put',
      path: '/incidents/{incident}/snooze',
      tags,
      summary: 'Accept for a while; then it pages again',
    },
    request: { params, body: body(snoozeRequest) },
    responses: answer,
  }),
  async (c) => {
    const until = Date.now() + c.req.valid('json').minutes * MINUTE_MS
    return c.json(await actOn(c, c.req.valid('param').incident, { type: 'snooze', until }), 200)
  },
)

incidents.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/incidents/{incident}/comments', tags, summary: 'Comment' },
    request: { params, body: body(commentRequest) },
    responses: { 201: json(incident, 'The incident afterwards') },
  }),
  async (c) => {
    const text = c.req.valid('json').content
    return c.json(await actOn(c, c.req.valid('param').incident, { type: 'comment', text }), 201)
  },
)

incidents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/incidents/{incident}/log-entries', tags, summary: 'What happened, newest first' },
    request: { params, query: timelineQuery },
    responses: { 200: json(z.array(logEntry), 'One page of the timeline') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults, order } = c.req.valid('query')
    const id = await incidentIdOf(c.env, c.req.valid('param').incident)
    await describeIncident(c.env, id)
    const entries = await call(c.env.INCIDENT, String(id), (stub) => stub.timeline({ startIndex, maxResults, order }))
    return c.json(
      entries.map(({ id, at, entry }) => {
        const { type, ...vars } = entry
        return {
          id,
          timestamp: new Date(at).toISOString(),
          type,
          text: describeEntry(entry),
          filterTypes: filterTypes(entry),
          vars,
        }
      }),
      200,
    )
  },
)

async function actOn(c: Context, name: string, asked: Act): Promise<Incident> {
  const id = await incidentIdOf(c.env, name)
  await act(c.env, id, asked, c.var.signedIn)
  return incidentOf(await describeIncident(c.env, id), publicUrl(c.env, c.req.raw))
}

async function assignmentTo(c: Context, userId: number | undefined, policyId: number | undefined): Promise<Act> {
  if ((userId === undefined) === (policyId === undefined)) {
    throw new Refusal('BAD_REQUEST', 'Name either a user (user-id) or an escalation policy (policy-id)', 'user-id')
  }
  if (userId !== undefined) {
    const [user] = await peopleNamed(c.env, [userId], () => 'user-id')
    if (!user) throw new Error('peopleNamed answers for every id')
    return { type: 'assign', plan: await planFor(c.env, [user]), to: user.name, user }
  }
  const plan = await loadResponsePlan(c.env, policyId ?? 0)
  if (!plan) throw new Refusal('BAD_REQUEST', `There is no escalation policy ${policyId}`, 'policy-id')
  return { type: 'assign', plan, to: `policy ${plan.policyName}`, user: null }
}

function reasonFor(error: unknown): string {
  return error instanceof Refusal ? error.message : 'The incident could not be reached: try again'
}
