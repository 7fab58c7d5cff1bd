import * as z from 'zod'
import { deleteSchedule } from '../directory/schedules/delete-schedule.ts'
import { createSchedule, updateSchedule } from '../directory/schedules/save-schedule.ts'
import { findSchedule, listSchedules } from '../directory/schedules/schedules.ts'
import { queryAliases } from './query-aliases.ts'
import { body, json, noContent, route, router } from './route.ts'
import { fieldsOf } from './schedule-fields.ts'
import { presentSchedule, presentSchedules } from './schedule-view.ts'
import { idParam } from './schemas/common.ts'
import { includeQuery, saveQuery, schedule, scheduleInput, schedulesQuery } from './schemas/schedule.ts'

const tags = ['Schedules']

export const schedules = router()

// axios writes `include[]`.
schedules.use('/schedules', queryAliases({}))
schedules.use('/schedules/:id', queryAliases({}))

schedules.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/schedules', tags, summary: 'List on-call schedules' },
    request: { query: schedulesQuery },
    responses: { 200: json(z.array(schedule), 'One page of schedules, each with what `include` names') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults, include = [] } = c.req.valid('query')
    return c.json(await presentSchedules(c.env, await listSchedules(c.env, { startIndex, maxResults }), include), 200)
  },
)

schedules.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/schedules', tags, summary: 'Create an on-call schedule' },
    request: { query: saveQuery, body: body(scheduleInput) },
    responses: { 201: json(schedule, 'The schedule') },
  }),
  async (c) => {
    const abortOnGaps = c.req.valid('query')['abort-on-gaps'] === 'true'
    const created = await createSchedule(c.env, fieldsOf(c.req.valid('json')), abortOnGaps)
    return c.json(await presentSchedule(c.env, created), 201)
  },
)

schedules.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/schedules/{id}', tags, summary: 'Get an on-call schedule' },
    request: { params: idParam, query: includeQuery },
    responses: { 200: json(schedule, 'The schedule') },
  }),
  async (c) => {
    const found = await findSchedule(c.env, c.req.valid('param').id)
    return c.json(await presentSchedule(c.env, found, c.req.valid('query').include), 200)
  },
)

schedules.openapi(
  route('administrator', {
    ...{ method: 'put', path: '/schedules/{id}', tags, summary: 'Replace what is to come of an on-call schedule' },
    description: `The past stays as it was. A layer that is known by its id, or else by its name, goes on with whoever has its
turn now. Type and time zone never change. Everybody whose shifts change in the next four weeks is told.`,
    request: { params: idParam, query: saveQuery, body: body(scheduleInput) },
    responses: { 200: json(schedule, 'The schedule afterwards') },
  }),
  async (c) => {
    const { version, ...input } = c.req.valid('json')
    const abortOnGaps = c.req.valid('query')['abort-on-gaps'] === 'true'
    const saving = { by: c.var.signedIn, abortOnGaps, version }
    const updated = await updateSchedule(c.env, c.req.valid('param').id, fieldsOf(input), saving)
    return c.json(await presentSchedule(c.env, updated), 200)
  },
)

schedules.openapi(
  route('administrator', {
    ...{ method: 'delete', path: '/schedules/{id}', tags, summary: 'Delete a schedule that no policy names' },
    request: { params: idParam },
    responses: noContent,
  }),
  async (c) => {
    await deleteSchedule(c.env, c.req.valid('param').id, c.var.signedIn)
    return c.body(null, 204)
  },
)
