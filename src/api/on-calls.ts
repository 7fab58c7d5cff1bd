import * as z from 'zod'
import { loadNames } from '../directory/schedules/names.ts'
import { findOnCalls } from '../directory/schedules/on-calls.ts'
import { findUserShifts } from '../directory/schedules/user-shifts.ts'
import { findUser } from '../directory/users/users.ts'
import { intervalOf } from './interval.ts'
import { queryAliases } from './query-aliases.ts'
import { json, route, router } from './route.ts'
import { presentShift, referenceOf } from './schedule-view.ts'
import { idParam } from './schemas/common.ts'
import { intervalQuery, onCall, onCallsQuery, userShift } from './schemas/schedule.ts'

const tags = ['On-call']

/** Who is on call, whatever the schedule. */
export const onCalls = router()

onCalls.use('/on-calls', queryAliases({}))

onCalls.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/on-calls', tags, summary: 'Who is on call for which policy and level' },
    description: `By the policies that at least one alert source uses. Whom a level names itself is always on call and has no
start and no end; nor has a shift that goes on for more than a year.`,
    request: { query: onCallsQuery },
    responses: { 200: json(z.array(onCall), 'One page, by policy, level and time') },
  }),
  async (c) => {
    const query = c.req.valid('query')
    const now = Date.now()
    const from = query.from === undefined ? now : Date.parse(query.from)
    const interval = query.until === undefined ? { start: from, end: from + 1 } : intervalOf(query, now, 0)
    const { policies, schedules, users, 'policy-levels': levels } = query
    const found = await findOnCalls(c.env, { policies, levels, schedules, users }, interval)
    const page = found.slice(query['start-index']).slice(0, query['max-results'])
    const nameOf = await loadNames(
      c.env,
      page.map(({ userId }) => userId),
    )
    return c.json(
      page.map(({ userId, policy, level, schedule, start, end }) => ({
        ...{ user: nameOf(userId), escalationPolicy: policy, schedule: schedule && referenceOf(schedule) },
        start: start === null ? null : new Date(start).toISOString(),
        end: end === null ? null : new Date(end).toISOString(),
        escalationLevel: level,
      })),
      200,
    )
  },
)

onCalls.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/users/{id}/shifts', tags, summary: 'A user’s shifts in all schedules' },
    request: { params: idParam, query: intervalQuery },
    responses: { 200: json(z.array(userShift), 'Those that touch the interval, by time, whole') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    const found = await findUserShifts(c.env, id, intervalOf(c.req.valid('query'), Date.now(), 14))
    const nameOf = await loadNames(c.env, [id])
    return c.json(
      found.map(({ schedule, ...shift }) => ({ ...presentShift(shift, nameOf), schedule: referenceOf(schedule) })),
      200,
    )
  },
)
