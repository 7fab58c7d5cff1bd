import * as z from 'zod'
import { peopleFinder } from '../directory/calendars/people-in-calendars.ts'
import { Refusal } from '../directory/refusal.ts'
import { findUser, listPeople } from '../directory/users/users.ts'
import { LIMITS } from '../limits.ts'
import { UnreadableCalendar } from '../on-call/icalendar/content-lines.ts'
import { type ReadCalendar, readCalendar } from '../on-call/icalendar/read-calendar.ts'
import type { Context } from './context.ts'
import { json, route, router } from './route.ts'
import { type ImportedCalendar, importedCalendar } from './schemas/schedule.ts'

const DAY_MS = 86_400_000

export const calendarImport = router()

calendarImport.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/schedules/import', tags: ['Schedules'] },
    summary: 'Read an iCalendar file as the shifts of a static schedule; creates nothing',
    request: { body: { required: true, content: { 'text/calendar': { schema: z.string() } } } },
    responses: { 200: json(importedCalendar, 'What is to come, for people to check') },
  }),
  async (c) => {
    const text = await calendarText(c)
    const [people, { timezone }] = await Promise.all([listPeople(c.env), findUser(c.env, c.var.signedIn.id)])
    return c.json(present(read(text, timezone), people), 200)
  },
)

async function calendarText(c: Context): Promise<string> {
  if (!/^text\/calendar\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Refusal(
      'UNSUPPORTED_MEDIA_TYPE',
      'Send an iCalendar file (.ics), with the header Content-Type: text/calendar',
    )
  }
  const bytes = await c.req.arrayBuffer()
  if (bytes.byteLength > LIMITS.calendarBytes)
    throw new Refusal(
      'PAYLOAD_TOO_LARGE',
      `The calendar is larger than ${LIMITS.calendarBytes / 1024} kB (calendarBytes)`,
    )
  return new TextDecoder().decode(bytes)
}

/** Times that name no zone, in a calendar that names none, are meant where the reader lives. */
function read(text: string, timeZone: string): ReadCalendar {
  const now = Date.now()
  const bounds = { start: now, end: now + LIMITS.shiftsDays * DAY_MS, most: LIMITS.calendarEvents, timeZone }
  try {
    return readCalendar(text, bounds)
  } catch (error) {
    if (error instanceof UnreadableCalendar) throw new Refusal('BAD_REQUEST', error.message)
    throw error
  }
}

function present(
  { name, timeZone, events, skipped }: ReadCalendar,
  people: Parameters<typeof peopleFinder>[0],
): ImportedCalendar {
  const find = peopleFinder(people)
  return {
    ...{ name, timezone: timeZone, skipped },
    shifts: events.map((event) => {
      const person = find(event)
      return {
        start: new Date(event.start).toISOString(),
        end: new Date(event.end).toISOString(),
        label: event.summary,
        user: person && { id: person.id, firstName: person.firstName, lastName: person.lastName },
      }
    }),
  }
}
