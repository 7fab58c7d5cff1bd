import { and, eq, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import type { Interval, Schedule } from '../../on-call/model.ts'
import { shifts } from '../../on-call/on-call.ts'
import { complement, stack } from '../../on-call/timeline.ts'
import { change } from '../change.ts'
import { database, violates } from '../database.ts'
import { deliverNotices, pendingNotice } from '../notices.ts'
import { Refusal } from '../refusal.ts'
import { busy, isNotAsRead, onlyAsRead } from '../schedules/as-read.ts'
import { type Override, shiftOf } from '../schedules/rendered-schedule.ts'
import { affectedBySchedule } from '../schedules/schedule-dependents.ts'
import { findSchedule } from '../schedules/schedules.ts'
import { coverageRequests, coverageRequestUsers, scheduleOverrides } from '../schema.ts'
import * as tell from './coverage-notices.ts'
import {
  type CoveragePerson,
  findCoverageRequest,
  hasStatus,
  isAsked,
  nameOf,
  type StoredCoverageRequest,
  selectPeople,
  TRIES,
  type Viewer,
} from './coverage-requests.ts'

/** The first of those asked has it: an override for what is left of it, in one transaction with the answer. */
export async function acceptCoverageRequest(env: Env, id: number, viewer: Viewer): Promise<StoredCoverageRequest> {
  const db = database(env)
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const request = await findCoverageRequest(env, id, viewer)
    if (request.status === 'ACCEPTED' && request.acceptedBy === viewer.id) return request
    const by = refuseUnlessAsked(request, viewer)
    refuseUnlessOpen(request)
    const now = Date.now()
    const start = Math.max(request.start.getTime(), now)
    const { row, compiled, overrides } = await findSchedule(env, request.scheduleId, now)
    const left = { start, end: request.end.getTime() }
    const toCover = stillToCover(compiled, overrides, request, left)
    if (toCover.length === 0) throw await goneElsewhere(env, compiled, request, left, viewer)
    if (overrides.filter(({ end }) => end > new Date(now)).length + toCover.length > LIMITS.overridesPerSchedule) {
      throw new Refusal(
        'LIMIT_EXCEEDED',
        `${row.name} has ${LIMITS.overridesPerSchedule} overrides that are not over (overridesPerSchedule): delete one first`,
      )
    }

    const answeredAt = new Date(now)
    // Null unless this answer is the one that was taken: the column refuses it, and nothing of the batch happens.
    const scheduleId = sql<number>`(select schedule_id from coverage_requests
      where id = ${id} and accepted_by = ${viewer.id} and answered_at = ${now})`
    try {
      await change(
        env,
        [
          onlyAsRead(db, row),
          db
            .update(coverageRequests)
            .set({ status: 'ACCEPTED', acceptedBy: viewer.id, answeredAt })
            .where(and(eq(coverageRequests.id, id), hasStatus('OPEN', now), isAsked(viewer.id))),
          ...toCover.map((part) =>
            db.insert(scheduleOverrides).values({
              ...{ scheduleId, userId: viewer.id, createdBy: viewer.id },
              ...{ start: new Date(part.start), end: new Date(part.end) },
              coverageRequestId: id,
            }),
          ),
          ...tell
            .accepted(request, by, toCover, await replacedPeople(env, compiled, toCover))
            .map(([userId, notice]) => pendingNotice(db, userId, notice)),
        ],
        // Nobody leaves the schedule by an override.
        affectedBySchedule(row.id, []),
      )
      await deliverNotices(env)
      return await findCoverageRequest(env, id, viewer)
    } catch (error) {
      if (!isNotAsRead(error) && !violates(error, 'NOT NULL', 'schedule_overrides.schedule_id')) throw error
    }
  }
  throw busy()
}

/** Who declined may still accept as long as nobody else has. When nobody is left, who asked is told. */
export async function declineCoverageRequest(env: Env, id: number, viewer: Viewer): Promise<StoredCoverageRequest> {
  const db = database(env)
  const request = await findCoverageRequest(env, id, viewer)
  refuseUnlessAsked(request, viewer)
  refuseUnlessOpen(request)
  const now = Date.now()
  const isLast = sql`exists (select 1 from coverage_request_users
      where request_id = ${id} and user_id = ${viewer.id} and declined_at = ${now})
    and not exists (select 1 from coverage_request_users where request_id = ${id} and declined_at is null)`
  const [[declined]] = await db.batch([
    db
      .update(coverageRequestUsers)
      .set({ declinedAt: new Date(now) })
      .where(
        and(
          ...[eq(coverageRequestUsers.requestId, id), eq(coverageRequestUsers.userId, viewer.id)],
          sql`${coverageRequestUsers.declinedAt} is null`,
          sql`exists (select 1 from coverage_requests where id = ${id} and status = 'OPEN')`,
        ),
      )
      .returning({ userId: coverageRequestUsers.userId }),
    ...tell.nobodyLeft(request).map(([userId, notice]) => pendingNotice(db, userId, notice, isLast)),
  ])
  if (declined) await deliverNotices(env)
  const after = await findCoverageRequest(env, id, viewer)
  if (!declined) refuseUnlessOpen(after)
  return after
}

export async function cancelCoverageRequest(env: Env, id: number, viewer: Viewer): Promise<StoredCoverageRequest> {
  const db = database(env)
  const request = await findCoverageRequest(env, id, viewer)
  if (request.requestedBy !== viewer.id && viewer.role !== 'ADMIN')
    throw new Refusal('FORBIDDEN', `Only ${nameOf(request, request.requestedBy)} or an administrator may cancel this`)
  if (request.status === 'CANCELLED') return request
  refuseUnlessOpen(request)
  const now = Date.now()
  const happened = sql`exists (select 1 from coverage_requests
    where id = ${id} and status = 'CANCELLED' and answered_at = ${now})`
  const [[cancelled]] = await db.batch([
    db
      .update(coverageRequests)
      .set({ status: 'CANCELLED', answeredAt: new Date(now) })
      .where(and(eq(coverageRequests.id, id), hasStatus('OPEN', now)))
      .returning({ id: coverageRequests.id }),
    ...tell.cancelled(request).map(([userId, notice]) => pendingNotice(db, userId, notice, happened)),
  ])
  if (cancelled) await deliverNotices(env)
  const after = await findCoverageRequest(env, id, viewer)
  if (!cancelled && after.status !== 'CANCELLED') refuseUnlessOpen(after)
  return after
}

/**
 * What an accepting colleague takes over: what is still the shift of a user who asks. An administrator may ask for others,
 * and for when nobody is on call, so of theirs all is left that no later override has given to somebody.
 */
function stillToCover(
  schedule: Schedule,
  overrides: Override[],
  { requestedBy, createdAt, people }: StoredCoverageRequest,
  { start, end }: Interval,
): Interval[] {
  if (people.get(requestedBy)?.role !== 'ADMIN')
    return shifts(schedule, start, end).filter(({ userId }) => userId === requestedBy)
  const given = overrides
    .filter((override) => override.createdAt > createdAt && override.userId !== requestedBy)
    .map(shiftOf)
    .filter((shift) => shift.start < end && shift.end > start)
    .map((shift) => [{ ...shift, start: Math.max(shift.start, start), end: Math.min(shift.end, end) }])
  return complement(stack(given), start, end)
}

/** Why there is nothing to take over any more. */
async function goneElsewhere(
  env: Env,
  schedule: Schedule,
  request: StoredCoverageRequest,
  { start, end }: Interval,
  viewer: Viewer,
): Promise<Refusal> {
  const onCall = shifts(schedule, start, end).map(({ userId }) => userId)
  const names = (await selectPeople(env, onCall)).map(({ id, name }) => (id === viewer.id ? 'you' : name))
  const verb = names.length === 1 && names[0] !== 'you' ? 'is' : 'are'
  const whose = names.length > 0 ? `: ${names.join(' and ')} ${verb} on call then` : ''
  return new Refusal(
    'CONFLICT',
    `Nothing of this is the shift of ${nameOf(request, request.requestedBy)} any more${whose}`,
  )
}

/** Who would have been on call then. */
async function replacedPeople(env: Env, schedule: Schedule, parts: Interval[]): Promise<CoveragePerson[]> {
  const ids = parts.flatMap(({ start, end }) => shifts(schedule, start, end).map(({ userId }) => userId))
  return selectPeople(env, ids)
}

function refuseUnlessAsked(request: StoredCoverageRequest, viewer: Viewer): CoveragePerson {
  const person = request.people.get(viewer.id)
  if (!person || !request.asked.some(({ userId }) => userId === viewer.id))
    throw new Refusal('FORBIDDEN', 'You were not asked. An override puts you on call all the same')
  return person
}

function refuseUnlessOpen(request: StoredCoverageRequest): void {
  const { status, acceptedBy, requestedBy } = request
  if (status === 'ACCEPTED') throw new Refusal('CONFLICT', `${nameOf(request, acceptedBy)} was faster: it is taken`)
  if (status === 'CANCELLED') throw new Refusal('CONFLICT', `${nameOf(request, requestedBy)} does not need it any more`)
  if (status === 'EXPIRED') throw new Refusal('CONFLICT', 'The time that was asked for is over')
}
