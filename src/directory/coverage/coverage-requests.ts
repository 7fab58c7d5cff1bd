import { and, asc, desc, eq, gt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import type { Interval, Schedule } from '../../on-call/model.ts'
import { gaps, shifts } from '../../on-call/on-call.ts'
import { anyOf, database, violates } from '../database.ts'
import { deliverNotices, pendingNotice } from '../notices.ts'
import { Refusal } from '../refusal.ts'
import { busy } from '../schedules/as-read.ts'
import { loadSchedules } from '../schedules/schedules.ts'
import { coverageRequests, coverageRequestUsers, schedules, users } from '../schema.ts'
import * as tell from './coverage-notices.ts'

/** Who asks, sees or answers. */
export interface Viewer {
  id: number
  role: 'ADMIN' | 'USER'
}

export type CoverageStatus = 'OPEN' | 'ACCEPTED' | 'CANCELLED' | 'EXPIRED'

type StoredSchedule = typeof schedules.$inferSelect
type Row = typeof coverageRequests.$inferSelect

/** A request with whom and what it names. */
export interface StoredCoverageRequest extends Omit<Row, 'status'> {
  /** As of when it was read: an open one whose time is over is expired. */
  status: CoverageStatus
  schedule: Pick<StoredSchedule, 'id' | 'name' | 'type' | 'timezone'>
  asked: { userId: number; declinedAt: Date | null }[]
  people: Map<number, CoveragePerson>
}

export interface CoveragePerson {
  id: number
  name: string
  firstName: string
  lastName: string
  role: 'ADMIN' | 'USER'
  timezone: string
}

/** Attempts at something that others' changes got in the way of. */
export const TRIES = 3
/** What a clock may be behind, and a form open, for its start to still mean now. */
const GRACE_MS = 60_000
const DAY_MS = 86_400_000

export async function listCoverageRequests(
  env: Env,
  viewer: Viewer,
  {
    role,
    status,
    startIndex,
    maxResults,
  }: { role?: 'asked' | 'asking'; status?: CoverageStatus; startIndex: number; maxResults: number },
): Promise<StoredCoverageRequest[]> {
  const now = Date.now()
  const rows = await database(env)
    .select()
    .from(coverageRequests)
    .where(
      and(
        maySee(viewer),
        role && (role === 'asked' ? isAsked(viewer.id) : eq(coverageRequests.requestedBy, viewer.id)),
        status && hasStatus(status, now),
      ),
    )
    .orderBy(desc(coverageRequests.id))
    .limit(maxResults)
    .offset(startIndex)
  return withDetails(env, rows, now)
}

/** Those asked, who asks, and administrators see a request; for others there is none. */
export async function findCoverageRequest(env: Env, id: number, viewer: Viewer): Promise<StoredCoverageRequest> {
  const rows = await database(env)
    .select()
    .from(coverageRequests)
    .where(and(eq(coverageRequests.id, id), maySee(viewer)))
  const [request] = await withDetails(env, rows, Date.now())
  if (!request) throw new Refusal('NOT_FOUND', `There is no coverage request ${id}`)
  return request
}

/** Asks colleagues to take an interval of a schedule. A start of up to a minute ago means now. */
export async function createCoverageRequest(
  env: Env,
  asker: Viewer,
  fields: { scheduleId: number; start: number; end: number; userIds: number[]; message: string | null },
): Promise<StoredCoverageRequest> {
  const db = database(env)
  const { scheduleId, end, message } = fields
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const now = Date.now()
    const start = Math.max(fields.start, now)
    checkInterval(fields, now)
    const [schedule] = await loadSchedules(env, sql`${scheduleId}`, now)
    if (!schedule) throw new Refusal('BAD_REQUEST', `There is no schedule ${scheduleId}`, 'schedule.id')
    const people = await checkAsked(env, asker, fields.userIds)
    if (asker.role !== 'ADMIN') await checkOwn(env, schedule.compiled, asker.id, { start, end })
    const [by] = await selectPeople(env, [asker.id])
    if (!by) throw new Refusal('NOT_FOUND', `There is no user ${asker.id}`)

    // The notices name the request, so its id is chosen before it is written, and chosen again if it is taken by then.
    const [last] = await db.all<{ seq: number }>(sql`select seq from sqlite_sequence where name = 'coverage_requests'`)
    const id = (last?.seq ?? 0) + 1
    // Counted inside the insert, so that two at once can't both be the last one: the column refuses the null.
    const withinLimit = sql<number>`(select ${asker.id} where (select count(*) from coverage_requests
      where requested_by = ${asker.id} and status = 'OPEN' and "end" > ${now}) < ${LIMITS.coverageRequestsOpen})`
    try {
      await db.batch([
        db
          .insert(coverageRequests)
          .values({ id, scheduleId, requestedBy: withinLimit, start: new Date(start), end: new Date(end), message }),
        db
          .insert(coverageRequestUsers)
          .select(sql`select ${id}, value, null from json_each(${JSON.stringify(people.map((one) => one.id))})`),
        ...tell
          .asked({ id, schedule: schedule.row, start, end, message, by }, people)
          .map(([userId, notice]) => pendingNotice(db, userId, notice)),
      ])
      await deliverNotices(env)
      return await findCoverageRequest(env, id, asker)
    } catch (error) {
      if (violates(error, 'NOT NULL', 'coverage_requests.requested_by')) {
        throw new Refusal(
          'LIMIT_EXCEEDED',
          `A user has at most ${LIMITS.coverageRequestsOpen} open coverage requests (coverageRequestsOpen): cancel one first`,
        )
      }
      // Somebody else asked at the same time, or somebody or something that is named here has just gone.
      if (!violates(error, 'UNIQUE', 'coverage_requests.id') && !violates(error, 'FOREIGN KEY')) throw error
    }
  }
  throw busy()
}

function checkInterval({ start, end }: Interval, now: number): void {
  if (start < now - GRACE_MS) throw new Refusal('BAD_REQUEST', 'start is in the past', 'start')
  if (end <= now) throw new Refusal('BAD_REQUEST', 'end is in the past', 'end')
  if (end - start > LIMITS.shiftsDays * DAY_MS)
    throw new Refusal('BAD_REQUEST', `A request covers at most ${LIMITS.shiftsDays} days (shiftsDays)`, 'end')
}

async function checkAsked(env: Env, asker: Viewer, ids: number[]): Promise<CoveragePerson[]> {
  const people = await selectPeople(env, ids)
  for (const [index, id] of ids.entries()) {
    const field = `users[${index}].id`
    if (id === asker.id) throw new Refusal('BAD_REQUEST', 'You can’t ask yourself', field)
    if (!people.some((person) => person.id === id)) throw new Refusal('BAD_REQUEST', `There is no user ${id}`, field)
  }
  return people
}

/** A user hands over only what is theirs. */
async function checkOwn(env: Env, schedule: Schedule, userId: number, { start, end }: Interval): Promise<void> {
  const others = shifts(schedule, start, end).filter((shift) => shift.userId !== userId)
  const notOwn: (Interval & { userId?: number })[] = [...others, ...gaps(schedule, start, end)]
  const [first] = notOwn.sort((a, b) => a.start - b.start)
  if (!first) return
  const [owner] = first.userId === undefined ? [] : await selectPeople(env, [first.userId])
  const whose = first.userId === undefined ? 'nobody is' : `${owner?.name ?? 'somebody who is gone'} is`
  throw new Refusal(
    'BAD_REQUEST',
    `You can ask for cover of your own shifts only: from ${new Date(first.start).toISOString()} on ${whose} on call`,
    first.start === start ? 'start' : 'end',
  )
}

export function nameOf({ people }: StoredCoverageRequest, userId: number | null): string {
  return people.get(userId ?? 0)?.name ?? 'Somebody who is gone'
}

function maySee(viewer: Viewer): SQL | undefined {
  return viewer.role === 'ADMIN' ? undefined : or(eq(coverageRequests.requestedBy, viewer.id), isAsked(viewer.id))
}

export function isAsked(userId: number): SQL {
  return sql`exists (select 1 from coverage_request_users asked
    where asked.request_id = ${coverageRequests.id} and asked.user_id = ${userId})`
}

export function hasStatus(status: CoverageStatus, now: number): SQL | undefined {
  const stored = eq(coverageRequests.status, status === 'EXPIRED' ? 'OPEN' : status)
  if (status === 'OPEN') return and(stored, gt(coverageRequests.end, new Date(now)))
  if (status === 'EXPIRED') return and(stored, lte(coverageRequests.end, new Date(now)))
  return stored
}

export function selectPeople(env: Env, ids: number[]): Promise<CoveragePerson[]> {
  const { id, name, firstName, lastName, role, timezone } = users
  return database(env)
    .select({ id, name, firstName, lastName, role, timezone })
    .from(users)
    .where(sql`${users.id} in ${anyOf(ids)}`)
    .orderBy(asc(users.id))
}

async function withDetails(env: Env, rows: Row[], now: number): Promise<StoredCoverageRequest[]> {
  const db = database(env)
  const requestIds = rows.map(({ id }) => id)
  const [scheduleRows, asked] = await db.batch([
    db
      .select({ id: schedules.id, name: schedules.name, type: schedules.type, timezone: schedules.timezone })
      .from(schedules)
      .where(sql`${schedules.id} in ${anyOf(rows.map(({ scheduleId }) => scheduleId))}`),
    db
      .select()
      .from(coverageRequestUsers)
      .where(sql`${coverageRequestUsers.requestId} in ${anyOf(requestIds)}`)
      .orderBy(asc(coverageRequestUsers.userId)),
  ])
  const named = rows.flatMap(({ requestedBy, acceptedBy }) => [requestedBy, acceptedBy ?? requestedBy])
  const people = await selectPeople(env, [...named, ...asked.map(({ userId }) => userId)])
  const byId = new Map(people.map((person) => [person.id, person]))
  return rows.flatMap((row) => {
    const schedule = scheduleRows.find(({ id }) => id === row.scheduleId)
    // Gone between two reads.
    if (!schedule) return []
    const status = row.status === 'OPEN' && row.end.getTime() <= now ? 'EXPIRED' : row.status
    return [{ ...row, status, schedule, asked: asked.filter(({ requestId }) => requestId === row.id), people: byId }]
  })
}
