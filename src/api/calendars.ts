import { Hono } from 'hono'
import { type FeedContent, feedOfToken, loadFeedContent } from '../directory/calendars/calendar-feeds.ts'
import { shiftUid, writeCalendar } from '../on-call/icalendar/write-calendar.ts'
import { publicUrl } from '../public-url.ts'
import { sha256 } from '../secrets.ts'
import type { ApiEnv } from './context.ts'

const DAY_MS = 86_400_000
const PAST_MS = 30 * DAY_MS
const AHEAD_MS = 365 * DAY_MS

/**
 * What calendars subscribe to. The address is the credential: whoever has it reads the shifts, with no cookie and no key. It is
 * looked up by its hash alone, so an answer takes as long for any that is unknown.
 */
export const calendars = new Hono<ApiEnv>()

calendars.get('/calendars/:file', async (c) => {
  const now = Date.now()
  const token = c.req.param('file').replace(/\.ics$/, '')
  const feed = await feedOfToken(c.env, await sha256(token))
  const content = feed && (await loadFeedContent(c.env, feed, now - PAST_MS, now + AHEAD_MS))
  if (!feed || !content) return c.text('There is no such calendar. Its address may have been revoked.', 404)

  const url = publicUrl(c.env, c.req.raw)
  // Without the time of writing, which is in the file.
  const etag = `W/"${(await sha256(JSON.stringify([url, content]))).slice(0, 32)}"`
  const headers = { 'cache-control': 'private, no-cache', etag }
  if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
  const shifts = content.shifts.map((shift) => eventOf(shift, feed.scheduleId === null, url))
  return c.body(writeCalendar({ name: content.name, timeZone: content.timeZone, shifts, now }), 200, {
    ...headers,
    'content-type': 'text/calendar; charset=utf-8',
  })
})

function eventOf({ schedule, person, ...shift }: FeedContent['shifts'][number], isOwn: boolean, url: string) {
  const { userId, start, end } = shift
  return {
    uid: shiftUid(schedule.id, { userId, start, end }),
    ...{ start, end },
    summary: isOwn ? `On call: ${schedule.name}` : `${person}: ${schedule.name}`,
    description: `${person} is on call in ${schedule.name}.`,
    url: `${url}/schedules/${schedule.id}`,
  }
}

/** Clients compare weakly (RFC 9110, 13.1.2), and proxies may have made a tag weak. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag))
}
