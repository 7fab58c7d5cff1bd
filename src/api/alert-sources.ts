import * as z from 'zod'
import {
  createSource,
  deleteSource,
  findSource,
  listSources,
  revokePreviousKey,
  rotateKey,
  updateSource,
} from '../directory/alert-sources.ts'
import { Refusal } from '../directory/refusal.ts'
import { call } from '../objects.ts'
import { boundedDuration, fieldsOf } from './alert-source-fields.ts'
import { presentSource, presentSources } from './alert-source-view.ts'
import { body, json, noContent, route, router } from './route.ts'
import { alertSource, alertSourceInput, rotateKeyRequest } from './schemas/alert-source.ts'
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
    return c.json(await presentSources(c, await listSources(c.env, { startIndex, maxResults })), 200)
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
    return c.json(
      await presentSource(c, await createSource(c.env, input.shortName ?? null, await fieldsOf(c.env, input, null))),
      201,
    )
  },
)

alertSources.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/alert-sources/{id}', tags, summary: 'Get an alert source' },
    request: { params: idParam },
    responses: { 200: json(alertSource, 'The alert source') },
  }),
  async (c) => c.json(await presentSource(c, await findSource(c.env, c.req.valid('param').id)), 200),
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
      await presentSource(
        c,
        await updateSource(c.env, before, input.shortName ?? before.shortName, await fieldsOf(c.env, input, before)),
      ),
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
    const overlapMs = boundedDuration(overlap, 'overlap', { max: 90 * DAY_MS, min: 0 })
    const validUntil = overlapMs > 0 ? new Date(Date.now() + overlapMs) : null
    return c.json(await presentSource(c, await rotateKey(c.env, c.req.valid('param').id, validUntil)), 200)
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
  async (c) => c.json(await presentSource(c, await revokePreviousKey(c.env, c.req.valid('param').id)), 200),
)
