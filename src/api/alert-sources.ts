import * as z from 'zod'
import { integrationKey } from '../alert-sources/integration-key.ts'
import {
  createSource,
  deleteSource,
  findSource,
  listSources,
  revokePreviousKey,
  rotateKey,
  type SourceFields,
  type StoredSource,
  updateSource,
} from '../directory/alert-sources.ts'
import { durationMs } from '../directory/duration.ts'
import { countOpenBySource } from '../directory/incidents.ts'
import { Refusal } from '../directory/refusal.ts'
import { call } from '../objects.ts'
import { publicUrl } from '../public-url.ts'
import type { Context } from './context.ts'
import { body, json, noContent, route, router } from './route.ts'
import {
  type AlertSource,
  type AlertSourceInput,
  alertSource,
  alertSourceInput,
  droppedEvent,
  rotateKeyRequest,
} from './schemas/alert-source.ts'
import { idParam, paging } from './schemas/common.ts'

const DAY_MS = 86_400_000

const tags = ['Alert sources']

export const alertSources = router()

alertSources.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/alert-sources', tags, summary: 'List alert sources' },
    request: { query: paging },
    responses: { 200: json(z.array(alertSource), 'One page of alert sources') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults } = c.req.valid('query')
    return c.json(await present(c, await listSources(c.env, { startIndex, maxResults })), 200)
  },
)

alertSources.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/alert-sources', tags, summary: 'Create an alert source' },
    request: { body: body(alertSourceInput) },
    responses: { 201: json(alertSource, 'The alert source, with its integration key') },
  }),
  async (c) => {
    const input = c.req.valid('json')
    return c.json(await presentOne(c, await createSource(c.env, input.shortName ?? null, fieldsOf(input))), 201)
  },
)

alertSources.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/alert-sources/{id}', tags, summary: 'Get an alert source' },
    request: { params: idParam },
    responses: { 200: json(alertSource, 'The alert source') },
  }),
  async (c) => c.json(await presentOne(c, await findSource(c.env, c.req.valid('param').id)), 200),
)

alertSources.openapi(
  route('administrator', {
    ...{ method: 'put', path: '/alert-sources/{id}', tags, summary: 'Replace an alert source' },
    request: { params: idParam, body: body(alertSourceInput) },
    responses: { 200: json(alertSource, 'The alert source afterwards') },
  }),
  async (c) => {
    const input = c.req.valid('json')
    const before = await findSource(c.env, c.req.valid('param').id)
    return c.json(
      await presentOne(c, await updateSource(c.env, before, input.shortName ?? before.shortName, fieldsOf(input))),
      200,
    )
  },
)

alertSources.openapi(
  route('administrator', {
    ...{
      method: 'delete',
      path: '/alert-sources/{id}',
      tags,
      summary: 'Delete an alert source without open incidents',
    },
    request: { params: idParam },
    responses: noContent,
  }),
  async (c) => {
    const { id, name } = await findSource(c.env, c.req.valid('param').id)
    const open = await call(c.env.ALERT_SOURCE, String(id), (source) => source.openCount())
    if (open > 0) {
      const are = open === 1 ? 'is 1 open incident' : `are ${open} open incidents`
      throw new Refusal('CONFLICT', `There ${are} of ${name}: resolve first, or switch the source off`)
    }
    await deleteSource(c.env, id)
    return c.body(null, 204)
  },
)

alertSources.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/alert-sources/{id}/integration-key', tags, summary: 'Make a new integration key' },
    request: { params: idParam, body: { ...body(rotateKeyRequest), required: false } },
    responses: { 200: json(alertSource, 'The alert source with its new key') },
  }),
  async (c) => {
    const { overlap = 'P1D' }: z.input<typeof rotateKeyRequest> = c.req.valid('json')
    const overlapMs = bounded(overlap, 'overlap', { max: 90 * DAY_MS, min: 0 })
    const validUntil = overlapMs > 0 ? new Date(Date.now() + overlapMs) : null
    return c.json(await presentOne(c, await rotateKey(c.env, c.req.valid('param').id, validUntil)), 200)
  },
)

alertSources.openapi(
  route('administrator', {
    ...{
      method: 'delete',
      path: '/alert-sources/{id}/integration-key/previous',
      tags,
      summary: 'Revoke the key before a rotation',
    },
    request: { params: idParam },
    responses: { 200: json(alertSource, 'The alert source afterwards') },
  }),
  async (c) => c.json(await presentOne(c, await revokePreviousKey(c.env, c.req.valid('param').id)), 200),
)

alertSources.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/alert-sources/{id}/dropped-events', tags, summary: 'Events that opened no incident' },
    request: { params: idParam },
    responses: { 200: json(z.array(droppedEvent), 'The newest 200, newest first') },
  }),
  async (c) => {
    const { id } = await findSource(c.env, c.req.valid('param').id)
    const dropped = await call(c.env.ALERT_SOURCE, String(id), (source) => source.droppedEvents())
    return c.json(
      dropped.map(({ id, at, reason, event }) => ({ id, timestamp: new Date(at).toISOString(), reason, ...event })),
      200,
    )
  },
)

function fieldsOf(input: AlertSourceInput): SourceFields {
  const { name, integrationType, active, incidentCreation, incidentGroupingWindow, autoResolutionTimeout } = input
  const grouped = incidentCreation === 'ONE_INCIDENT_GROUPED_PER_WINDOW'
  if (grouped && !incidentGroupingWindow) {
    throw new Refusal(
      'BAD_REQUEST',
      'incidentGroupingWindow is needed to group by a window, such as PT15M',
      'incidentGroupingWindow',
    )
  }
  for (const [field, value] of Object.entries({ incidentGroupingWindow, autoResolutionTimeout })) {
    if (value) bounded(value, field, { min: 60_000, max: 365 * DAY_MS })
  }
  return {
    ...{ name, integrationType, active, incidentCreation },
    escalationPolicyId: input.escalationPolicy.id,
    groupingWindow: incidentGroupingWindow ?? null,
    autoResolutionTimeout: autoResolutionTimeout ?? null,
    priorityRule: input.incidentPriorityRule,
  }
}

function bounded(duration: string, field: string, { min, max }: { min: number; max: number }): number {
  const ms = durationMs(duration)
  if (ms >= min && ms <= max) return ms
  throw new Refusal(
    'BAD_REQUEST',
    `${field} must be ${min > 0 ? 'at least a minute and ' : ''}at most ${max / DAY_MS} days`,
    field,
  )
}

async function presentOne(c: Context, source: StoredSource): Promise<AlertSource> {
  const [presented] = await present(c, [source])
  if (!presented) throw new Error('present answers for every source')
  return presented
}

async function present(c: Context, sources: StoredSource[]): Promise<AlertSource[]> {
  const open = await countOpenBySource(c.env)
  const integrationUrl = `${publicUrl(c.env, c.req.raw)}/api/v1/events`
  return Promise.all(
    sources.map(async (source) => ({
      id: source.id,
      name: source.name,
      shortName: source.shortName,
      integrationType: source.integrationType,
      escalationPolicy: source.policy,
      active: source.active,
      incidentCreation: source.incidentCreation,
      incidentGroupingWindow: source.groupingWindow,
      autoResolutionTimeout: source.autoResolutionTimeout,
      incidentPriorityRule: source.priorityRule,
      integrationKey: await integrationKey(c.env.SECRET, source.id, source.keyGeneration),
      integrationUrl,
      previousKeyValidUntil: stillAhead(source.previousKeyValidUntil)?.toISOString() ?? null,
      status: statusOf(source, open.get(source.id)),
      createdAt: source.createdAt.toISOString(),
      updatedAt: source.updatedAt.toISOString(),
    })),
  )
}

function stillAhead(at: Date | null): Date | null {
  return at && at.getTime() > Date.now() ? at : null
}

function statusOf(
  { active }: StoredSource,
  open: { pending: number; accepted: number } | undefined,
): AlertSource['status'] {
  if (!active) return 'DISABLED'
  if (open?.pending) return 'PENDING'
  return open?.accepted ? 'ALL_ACCEPTED' : 'ALL_RESOLVED'
}
