import * as z from 'zod'
import { findSource } from '../directory/alert-sources.ts'
import { countIncidents, listIncidents } from '../directory/incidents.ts'
import { Refusal } from '../directory/refusal.ts'
import { describeEntry, filterTypes, type TimelineEntry } from '../incidents/timeline.ts'
import { call } from '../objects.ts'
import { incidentUrl, publicUrl } from '../public-url.ts'
import { describeIncident, incidentIdOf, peopleNamed } from './incident-lookup.ts'
import { presentIncident, summaryOf } from './incident-view.ts'
import { queryAliases } from './query-aliases.ts'
import { body, json, route, router } from './route.ts'
import { count } from './schemas/common.ts'
import {
  incident,
  incidentFilter,
  incidentOpened,
  incidentParam,
  incidentSummary,
  logEntry,
  manualIncident,
  timelineQuery,
} from './schemas/incident.ts'

const tags = ['Incidents']

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
    await findSource(c.env, alertSource.id).catch((error: unknown) => {
      const unknown = error instanceof Refusal && error.code === 'NOT_FOUND'
      throw unknown ? new Refusal('BAD_REQUEST', error.message, 'alertSource.id') : error
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

incidents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/incidents/{incident}', tags, summary: 'Get an incident' },
    request: { params: incidentParam },
    responses: { 200: json(incident, 'The incident') },
  }),
  async (c) => {
    const { incident: name } = c.req.valid('param')
    const state = await describeIncident(c.env, await incidentIdOf(c.env, name), name)
    return c.json(await presentIncident(c, state), 200)
  },
)

incidents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/incidents/{incident}/log-entries', tags, summary: 'What happened, newest first' },
    request: { params: incidentParam, query: timelineQuery },
    responses: { 200: json(z.array(logEntry), 'One page of the timeline') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults, order } = c.req.valid('query')
    const { incident: name } = c.req.valid('param')
    const id = await incidentIdOf(c.env, name)
    await describeIncident(c.env, id, name)
    const entries = await call(c.env.INCIDENT, String(id), (stub) => stub.timeline({ startIndex, maxResults, order }))
    return c.json(
      entries.map(({ id, at, entry }) => {
        return {
          id,
          timestamp: new Date(at).toISOString(),
          type: entry.type,
          text: describeEntry(entry),
          filterTypes: filterTypes(entry),
          vars: varsOf(entry),
        }
      }),
      200,
    )
  },
)

/** Keys of a timeline entry that hold instants. */
const INSTANTS = new Set(['at', 'until', 'assignedAt'])

/** What an entry is about, for programs: with its instants as everywhere in the API. */
function varsOf({ type: _, ...vars }: TimelineEntry): Record<string, unknown> {
  return JSON.parse(JSON.stringify(vars), (key, value) =>
    INSTANTS.has(key) && typeof value === 'number' ? new Date(value).toISOString() : value,
  )
}
