import * as z from 'zod'
import { createFeed, deleteFeed, listFeeds, type StoredFeed } from '../directory/calendars/calendar-feeds.ts'
import { publicUrl } from '../public-url.ts'
import { sha256 } from '../secrets.ts'
import { randomToken } from './random-token.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { type CalendarFeed, calendarFeed, calendarFeedCreated, calendarFeedInput } from './schemas/schedule.ts'

const tags = ['Calendar feeds']

export const calendarFeeds = router()

calendarFeeds.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/calendar-feeds', tags, summary: 'List the own calendar feeds' },
    responses: { 200: json(z.array(calendarFeed), 'All of them') },
  }),
  async (c) => c.json((await listFeeds(c.env, c.var.signedIn.id)).map(present), 200),
)

calendarFeeds.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/calendar-feeds', tags, summary: 'Create a secret address for calendars to read' },
    request: { body: body(calendarFeedInput) },
    responses: { 201: json(calendarFeedCreated, 'The address: it is shown only now') },
  }),
  async (c) => {
    const token = randomToken()
    const created = await createFeed(c.env, {
      userId: c.var.signedIn.id,
      scheduleId: c.req.valid('json').schedule?.id ?? null,
      tokenHash: await sha256(token),
    })
    return c.json({ ...present(created), url: `${publicUrl(c.env, c.req.raw)}/calendars/${token}.ics` }, 201)
  },
)

calendarFeeds.openapi(
  route('signed-in', {
    ...{
      method: 'delete',
      path: '/calendar-feeds/{id}',
      tags,
      summary: 'Delete one of the own feeds: its address ends',
    },
    request: { params: idParam },
    responses: noContent,
  }),
  async (c) => {
    await deleteFeed(c.env, c.var.signedIn.id, c.req.valid('param').id)
    return c.body(null, 204)
  },
)

function present({ id, schedule, createdAt, lastUsedAt }: StoredFeed): CalendarFeed {
  return { id, schedule, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null }
}
