import { eq, sql } from 'drizzle-orm'
import type { BatchResponse } from 'drizzle-orm/batch'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import type { Instant, Shift } from '../../on-call/model.ts'
import { database, type Statement, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { scheduleOverrides, users } from '../schema.ts'
import { announcedChange } from './announced-change.ts'
import { compileSchedule } from './compiled-schedule.ts'
import { type OverrideMaker, refuseOthersOverride, refuseOthersShifts, runningUntil, toCome } from './override-rules.ts'
import { type Override, shiftOf } from './rendered-schedule.ts'
import { findSchedule, type StoredSchedule } from './schedules.ts'

/** Puts somebody on call over whatever the schedule says. */
export async function addOverride(env: Env, scheduleId: number, wanted: Shift, by: OverrideMaker): Promise<Override> {
  const now = Date.now()
  const schedule = await findSchedule(env, scheduleId, now)
  const shift = toCome(wanted, now)
  refuseOthersShifts(by, schedule.compiled, shift)
  await checkUser(env, shift.userId)
  // Counted inside the insert, so that two at once can't both be the last one: the column refuses the null.
  const withinLimit = sql<number>`(select ${scheduleId} where ${LIMITS.overridesPerSchedule} >
    (select count(*) from schedule_overrides where schedule_id = ${scheduleId} and "end" > ${now}))`
  const insert = database(env)
    .insert(scheduleOverrides)
    .values({ ...columnsOf(shift), scheduleId: withinLimit, createdBy: by.id })
    .returning()
  const all = [...schedule.overrides.map(shiftOf), shift]
  const id = `schedule-${scheduleId}-override-${crypto.randomUUID()}`
  const [[added]] = await announce(env, schedule, { id, overrides: all, touched: [shift], by, now }, [insert])
  if (!added) throw new Error('the insert returned nothing')
  return added
}

/** Changes one that is not over; it keeps its rank among the others. Of one that has begun, only when it ends. */
export async function changeOverride(
  env: Env,
  scheduleId: number,
  overrideId: number,
  wanted: Shift,
  by: OverrideMaker,
): Promise<Override> {
  const now = Date.now()
  const { schedule, override, others } = await findOverride(env, scheduleId, overrideId, by, now)
  const before = shiftOf(override)
  const shift = before.start < now ? runningUntil(before, wanted, now) : toCome(wanted, now)
  const fromNow = { ...shift, start: Math.max(shift.start, now) }
  refuseOthersShifts(by, compileSchedule(schedule.row, others), fromNow)
  await checkUser(env, shift.userId)
  const update = database(env)
    .update(scheduleOverrides)
    .set(columnsOf(shift, override))
    .where(eq(scheduleOverrides.id, overrideId))
    .returning()
  const all = schedule.overrides.map((each) => (each.id === overrideId ? shift : shiftOf(each)))
  const id = `override-${overrideId}-changed-${now}`
  const [[changed]] = await announce(env, schedule, { id, overrides: all, touched: [before, shift], by, now }, [update])
  if (!changed) throw changedMeanwhile()
  return changed
}

/** Deletes one that is still to come, and ends one that has begun. */
export async function endOverride(env: Env, scheduleId: number, overrideId: number, by: OverrideMaker): Promise<void> {
  const now = Date.now()
  const { schedule, override, others } = await findOverride(env, scheduleId, overrideId, by, now)
  const before = shiftOf(override)
  const db = database(env)
  const end = db
    .update(scheduleOverrides)
    .set(columnsOf({ ...before, end: now }, override))
    .where(eq(scheduleOverrides.id, overrideId))
  const deletion = db.delete(scheduleOverrides).where(eq(scheduleOverrides.id, overrideId))
  const told = { id: `override-${overrideId}-over`, overrides: others, touched: [before], by, now }
  // Also before the deletion, because it fails where the override is not what was read any more.
  await announce(env, schedule, told, before.start < now ? [end] : [end, deletion])
}

async function findOverride(env: Env, scheduleId: number, overrideId: number, by: OverrideMaker, now: Instant) {
  const schedule = await findSchedule(env, scheduleId, now)
  const override = schedule.overrides.find(({ id }) => id === overrideId)
  if (!override) {
    throw new Refusal('NOT_FOUND', `There is no override ${overrideId} in ${schedule.row.name} that is not long over`)
  }
  if (override.end.getTime() <= now) {
    throw new Refusal('CONFLICT', 'This override is over, and the past can’t be changed')
  }
  refuseOthersOverride(by, override)
  return { schedule, override, others: schedule.overrides.filter((other) => other !== override).map(shiftOf) }
}

async function announce<T extends [Statement, ...Statement[]]>(
  env: Env,
  { row, compiled }: StoredSchedule,
  change: { id: string; overrides: Shift[]; touched: Shift[]; by: OverrideMaker; now: Instant },
  statements: T,
): Promise<BatchResponse<T>> {
  const { id, overrides, touched, by, now } = change
  const told = touched.map(({ start, end }) => ({ start: Math.max(start, now), end }))
  const after = compileSchedule(row, overrides)
  try {
    return await announcedChange(env, { id, schedule: row, before: compiled, after, told, by }, statements)
  } catch (error) {
    if (violates(error, 'NOT NULL', 'schedule_overrides.user_id')) throw changedMeanwhile()
    if (!violates(error, 'NOT NULL', 'schedule_overrides.schedule_id')) throw error
    throw new Refusal(
      'LIMIT_EXCEEDED',
      `A schedule has at most ${LIMITS.overridesPerSchedule} overrides that are not over (overridesPerSchedule): delete one, or change the schedule itself`,
    )
  }
}

/** What is changed must still be as it was read, and the user must be there: the column refuses the null. */
function columnsOf({ userId, start, end }: Shift, asRead?: Override) {
  const unchanged = asRead
    ? sql`exists (select 1 from schedule_overrides o where o.id = ${asRead.id} and o.user_id = ${asRead.userId}
        and o.start = ${asRead.start.getTime()} and o."end" = ${asRead.end.getTime()})`
    : sql`true`
  return {
    userId: sql<number>`(select u.id from users u where u.id = ${userId} and ${unchanged})`,
    ...{ start: new Date(start), end: new Date(end) },
  }
}

async function checkUser(env: Env, userId: number): Promise<void> {
  if ((await database(env).$count(users, eq(users.id, userId))) > 0) return
  throw new Refusal('BAD_REQUEST', `There is no user ${userId}`, 'user.id')
}

function changedMeanwhile(): Refusal {
  return new Refusal('CONFLICT', 'The override was changed by somebody else meanwhile: read it again')
}
