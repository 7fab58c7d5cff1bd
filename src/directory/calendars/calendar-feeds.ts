import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import type { Instant, Shift } from '../../on-call/model.ts'
import { wholeShifts } from '../../on-call/whole-shifts.ts'
import { database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { fullNameOf, loadNames } from '../schedules/names.ts'
import { schedulesOfUser } from '../schedules/schedule-users.ts'
import { loadSchedules } from '../schedules/schedules.ts'
import { calendarFeeds, schedules, users } from '../schema.ts'

const LAST_USED_EVERY_MS = 3_600_000

type Feed = typeof calendarFeeds.$inferSelect

/** A feed, and the schedule that it is of; null: its user's shifts in all schedules. */
export interface StoredFeed extends Feed {
  schedule: Pick<typeof schedules.$inferSelect, 'id' | 'name' | 'type'> | null
}

export async function listFeeds(env: Env, userId: number): Promise<StoredFeed[]> {
  return selectFeeds(env).where(eq(calendarFeeds.userId, userId)).orderBy(asc(calendarFeeds.id))
}

export async function createFeed(
  env: Env,
  fields: { userId: number; scheduleId: number | null; tokenHash: string },
): Promise<StoredFeed> {
  const { userId, scheduleId } = fields
  // Counted inside the insert, so that two at once can't both be the last one: the column refuses the null.
  const withinLimit = sql<number>`(select ${userId} where
    (select count(*) from calendar_feeds where user_id = ${userId}) < ${LIMITS.calendarFeedsPerUser})`
  try {
    const [created] = await database(env)
      .insert(calendarFeeds)
      .values({ ...fields, userId: withinLimit })
      .returning({ id: calendarFeeds.id })
    const [feed] = await selectFeeds(env).where(eq(calendarFeeds.id, created?.id ?? 0))
    if (!feed) throw unknownSchedule(scheduleId)
    return feed
  } catch (error) {
    if (violates(error, 'FOREIGN KEY')) throw unknownSchedule(scheduleId)
    if (!violates(error, 'NOT NULL', 'calendar_feeds.user_id')) throw error
    throw new Refusal(
      'LIMIT_EXCEEDED',
      `A user has at most ${LIMITS.calendarFeedsPerUser} calendar feeds (calendarFeedsPerUser): delete one first`,
    )
  }
}

/** The address ends: calendars that read it get nothing any more. */
export async function deleteFeed(env: Env, userId: number, id: number): Promise<void> {
  const deleted = await database(env)
    .delete(calendarFeeds)
    .where(and(eq(calendarFeeds.id, id), eq(calendarFeeds.userId, userId)))
    .returning({ id: calendarFeeds.id })
  if (deleted.length === 0) throw new Refusal('NOT_FOUND', `You have no calendar feed ${id}`)
}

/** The feed of a token; null when there is none. When it was last used is written at most once an hour. */
export async function feedOfToken(env: Env, tokenHash: string): Promise<Feed | null> {
  const db = database(env)
  const [feed] = await db.select().from(calendarFeeds).where(eq(calendarFeeds.tokenHash, tokenHash))
  if (!feed) return null
  const now = Date.now()
  if (now - (feed.lastUsedAt?.getTime() ?? 0) >= LAST_USED_EVERY_MS) {
    await db
      .update(calendarFeeds)
      .set({ lastUsedAt: new Date(now) })
      .where(eq(calendarFeeds.id, feed.id))
  }
  return feed
}

/** What a feed shows: whole shifts that touch an interval. */
export interface FeedContent {
  name: string
  timeZone: string
  shifts: (Shift & { person: string; schedule: { id: number; name: string } })[]
}

/** Null when the user or the schedule has just gone. */
export async function loadFeedContent(
  env: Env,
  { userId, scheduleId }: Pick<Feed, 'userId' | 'scheduleId'>,
  from: Instant,
  to: Instant,
): Promise<FeedContent | null> {
  const db = database(env)
  const ids = scheduleId === null ? schedulesOnce(userId, from) : sql`select ${scheduleId} as id`
  const [owner] = await db.select().from(users).where(eq(users.id, userId))
  const stored = await loadSchedules(env, ids, from)
  const shifts = stored.flatMap(({ row: { id, name }, compiled }) =>
    wholeShifts(compiled, from, to)
      .filter((shift) => scheduleId !== null || shift.userId === userId)
      .map((shift) => ({ ...shift, schedule: { id, name } })),
  )
  const nameOf = await loadNames(
    env,
    shifts.map((shift) => shift.userId),
  )
  const of = scheduleId === null ? owner : stored[0]?.row
  if (!of) return null
  return {
    name: `On call: ${of.name}`,
    timeZone: of.timezone,
    shifts: shifts.map((shift) => ({ ...shift, person: fullNameOf(nameOf(shift.userId)) })),
  }
}

/** Selects the schedules that put this user on call after an instant, also those that did so before they were changed. */
function schedulesOnce(userId: number, after: Instant): SQL {
  return sql`${schedulesOfUser(userId, after)}
    union select s.id from schedules s, json_each(s.past_layers) past, json_each(past.value, '$.layers') layer,
        json_each(layer.value, '$.users') turn
      where past.value ->> 'until' > ${after} and turn.value = ${userId}`
}

function selectFeeds(env: Env) {
  const { id, name, type } = schedules
  return database(env)
    .select({ ...getTableColumns(calendarFeeds), schedule: { id, name, type } })
    .from(calendarFeeds)
    .leftJoin(schedules, eq(schedules.id, calendarFeeds.scheduleId))
    .$dynamic()
}

function unknownSchedule(id: number | null): Refusal {
  return new Refusal('BAD_REQUEST', `There is no schedule ${id}`, 'schedule.id')
}
