import * as z from 'zod'
import type { Override as StoredOverride } from '../directory/schedules/rendered-schedule.ts'
import { addOverride, changeOverride, endOverride } from '../directory/schedules/schedule-overrides.ts'
import { findSchedule } from '../directory/schedules/schedules.ts'
import type { Env } from '../env.ts'
import { body, json, noContent, route, router } from './route.ts'
import { shiftOf } from './schedule-fields.ts'
import { presentOverrides } from './schedule-view.ts'
import { idParam } from './schemas/common.ts'
import { type Override, openIntervalQuery, override, overrideParams, shiftInput } from './schemas/schedule.ts'

const tags = ['Schedule overrides']
const path = '/schedules/{id}/overrides'
const one = '/schedules/{id}/overrides/{overrideId}'

export const scheduleOverrides = router()

scheduleOverrides.openapi(
  route('signed-in', {
    ...{ method: 'get', path, tags, summary: 'List overrides' },
    request: { params: idParam, query: openIntervalQuery },
    responses: { 200: json(z.array(override), 'Those that touch the interval, the newest last: it beats the others') },
  }),
  async (c) => {
    const { from, until } = c.req.valid('query')
    const start = from === undefined ? Date.now() : Date.parse(from)
    const end = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until)
    const { overrides } = await findSchedule(c.env, c.req.valid('param').id, start)
    const touching = overrides.filter((each) => each.end.getTime() > start && each.start.getTime() < end)
    return c.json(await presentOverrides(c.env, touching), 200)
  },
)

scheduleOverrides.openapi(
  route('signed-in', {
    ...{ method: 'put', path, tags, summary: 'Put somebody on call over what the schedule says' },
    description: `Users may put themselves on call, and others for shifts of their own; administrators anybody. Everybody whose
shifts it changes is told.`,
    request: { params: idParam, body: body(shiftInput) },
    responses: { 200: json(override, 'The override') },
  }),
  async (c) => {
    const shift = shiftOf(c.req.valid('json'))
    return c.json(await present(c.env, await addOverride(c.env, c.req.valid('param').id, shift, c.var.signedIn)), 200)
  },
)

scheduleOverrides.openapi(
  route('signed-in', {
    ...{ method: 'put', path: one, tags, summary: 'Change an override' },
    description: `Of one that has begun only the end can change. Administrators change any, users those that they made.`,
    request: { params: overrideParams, body: body(shiftInput) },
    responses: { 200: json(override, 'The override afterwards') },
  }),
  async (c) => {
    const { id, overrideId } = c.req.valid('param')
    const shift = shiftOf(c.req.valid('json'))
    return c.json(await present(c.env, await changeOverride(c.env, id, overrideId, shift, c.var.signedIn)), 200)
  },
)

scheduleOverrides.openapi(
  route('signed-in', {
    ...{ method: 'delete', path: one, tags, summary: 'Delete an override, or end it now when it has begun' },
    request: { params: overrideParams },
    responses: noContent,
  }),
  async (c) => {
    const { id, overrideId } = c.req.valid('param')
    await endOverride(c.env, id, overrideId, c.var.signedIn)
    return c.body(null, 204)
  },
)

async function present(env: Env, stored: StoredOverride): Promise<Override> {
  const [presented] = await presentOverrides(env, [stored])
  return presented as Override
}
