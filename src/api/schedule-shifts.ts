import * as z from 'zod'
import { compileSchedule } from '../directory/schedules/compiled-schedule.ts'
import { loadNames } from '../directory/schedules/names.ts'
import { previewSchedule } from '../directory/schedules/preview-schedule.ts'
import { renderSchedule } from '../directory/schedules/rendered-schedule.ts'
import { findSchedule } from '../directory/schedules/schedules.ts'
import { shifts } from '../on-call/on-call.ts'
import { shiftAt } from '../on-call/whole-shifts.ts'
import { intervalOf } from './interval.ts'
import { body, json, route, router } from './route.ts'
import { fieldsOf } from './schedule-fields.ts'
import { presentInterval, presentRendered, presentShifts } from './schedule-view.ts'
import { idParam } from './schemas/common.ts'
import { intervalQuery, preview, previewRequest, renderedSchedule, shift, shiftsQuery } from './schemas/schedule.ts'

const tags = ['Schedules']

/** What schedules say: shifts, calendars, and what a change would make of them. */
export const scheduleShifts = router()

scheduleShifts.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/schedules/{id}/shifts', tags, summary: 'Who is on call from when to when' },
    request: { params: idParam, query: shiftsQuery },
    responses: { 200: json(z.array(shift), 'Sorted, without overlap, clipped to the interval') },
  }),
  async (c) => {
    const query = c.req.valid('query')
    const { start, end } = intervalOf(query, Date.now(), 14)
    const { row, compiled } = await findSchedule(c.env, c.req.valid('param').id, start)
    const asked = query['exclude-overrides'] === 'true' ? compileSchedule(row, []) : compiled
    return c.json(await presentShifts(c.env, shifts(asked, start, end)), 200)
  },
)

scheduleShifts.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/schedules/{id}/user-on-call', tags, summary: 'Who is on call now' },
    request: { params: idParam },
    responses: { 200: json(shift, 'Their shift, from its true start to its true end'), 204: { description: 'Nobody' } },
  }),
  async (c) => {
    const { compiled } = await findSchedule(c.env, c.req.valid('param').id)
    const current = shiftAt(compiled, Date.now())
    if (!current) return c.body(null, 204)
    const [presented] = await presentShifts(c.env, [current])
    return c.json(presented as z.infer<typeof shift>, 200)
  },
)

scheduleShifts.openapi(
  route('signed-in', {
    ...{
      method: 'get',
      path: '/schedules/{id}/calendar',
      tags,
      summary: 'Layers, overrides, gaps and what comes of them',
    },
    request: { params: idParam, query: intervalQuery },
    responses: { 200: json(renderedSchedule, 'The interval; of the past as it was then') },
  }),
  async (c) => {
    const interval = intervalOf(c.req.valid('query'), Date.now(), 14)
    const { row, overrides } = await findSchedule(c.env, c.req.valid('param').id, interval.start)
    return c.json(await presentRendered(c.env, renderSchedule(row, overrides, interval)), 200)
  },
)

scheduleShifts.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/schedules/preview', tags, summary: 'See what saving a schedule would change' },
    description: 'Checks the schedule as saving does and saves nothing.',
    request: { body: body(previewRequest) },
    responses: { 200: json(preview, 'Before, after, and each stretch in which somebody else would be on call') },
  }),
  async (c) => {
    const { schedule, scheduleId, ...asked } = c.req.valid('json')
    const now = Date.now()
    const interval = intervalOf(asked, now, 28)
    const fields = fieldsOf(schedule)
    const { before, after, changes, version } = await previewSchedule(c.env, scheduleId, fields, interval, now)
    const nameOf = await loadNames(
      c.env,
      changes.flatMap(({ before: was, after: is }) => [was, is]).filter((userId) => userId !== null),
    )
    const userOf = (userId: number | null) => (userId === null ? null : nameOf(userId))
    return c.json(
      {
        before: before && (await presentRendered(c.env, before)),
        after: await presentRendered(c.env, after),
        changes: changes.map((change) => ({
          ...presentInterval(change),
          ...{ before: userOf(change.before), after: userOf(change.after) },
        })),
        version,
      },
      200,
    )
  },
)
