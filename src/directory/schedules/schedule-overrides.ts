import { eq, sql } from 'drizzle-orm'
import type { BatchResponse } from 'drizzle-orm/batch'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import type { Instant, Shift } from '../../on-call/model.ts'
import { database, type Statement, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { scheduleOverrides, users } from '../schema.ts'
import { announcedChange } from './announced-change.ts'
import { plannedAnew } from './as-read.ts'
import { compileSchedule } from './compiled-schedule.ts'
import { type OverrideMaker, refuseOthersOverride, refuseOthersShifts, runningUntil, toCome } from './override-rules.ts'
import { type Override, shiftOf } from './rendered-schedule.ts'
import { findSchedule, type StoredSchedule } from './schedules.ts'

/** Puts somebody on call over whatever the schedule says. */
export function addOverride(env: Env, scheduleId: number, wanted: Shift, by: OverrideMaker): Promise<Override> {
  return plannedAnew(async () => {
    const now = Date.now()
    const schedule = await findSchedule(env, scheduleId, now)
    const shift = toCome(wanted, now)
    refuseOthersShifts(by, schedule.compiled, shift)
    refuseOneMore(schedule, now)
    await checkUser(env, shift.userId)
    const insert = database(env)
      .insert(scheduleOverrides)
      .values({ ...columnsOf(shift), scheduleId, createdBy: by.id })
      .returning()
    const all = [...schedule.overrides.map(shiftOf), shift]
    const id = `schedule-${scheduleId}-override-${crypto.randomUUID()}`
    const [[added]] = await announce(env, schedule, { id, overrides: all, touched: [shift], by, now }, [insert])
    if (!added) throw new Error('the insert returned nothing')
    return added
  })
}

/** Changes one that is not over; it keeps its rank among the others. Of one that has begun, only when it ends. */
export function changeOverride(
  env: Env,
  scheduleId: number,
  overrideId: number,
  wanted: Shift,
  by: OverrideMaker,
): Promise<Override> {
  return plannedAnew(async () => {
    const now = Date.now()
    const { schedule, override, others } = await findOverride(env, scheduleId, overrideId, by, now)
    const before = shiftOf(override)
    const shift = before.start < now ? runningUntil(before, wanted, now) : toCome(wanted, now)
    const fromNow = { ...shift, start: Math.max(shift.start, now) }
    refuseOthersShifts(by, compileSchedule(schedule.row, others), fromNow)
    await checkUser(env, shift.userId)
    const update = database(env)
      .update(scheduleOverrides)
      .set(columnsOf(shift))
      .where(eq(scheduleOverrides.id, overrideId))
      .returning()
    const all = schedule.overrides.map((each) => (each.id === overrideId ? shift : shiftOf(each)))
    const id = `override-${overrideId}-changed-${now}`
    const told = { id, overrides: all, touched: [before, shift], by, now }
    const [[changed]] = await announce(env, schedule, told, [update])
    if (!changed) throw new Error('the update returned nothing')
    return changed
  })
}

/** Deletes one that is still to come, and ends one that has begun. */
export function endOverride(env: Env, scheduleId: number, overrideId: number, by: OverrideMaker): Promise<void> {
  return plannedAnew(async () => {
    const now = Date.now()
    const { schedule, override, others } = await findOverride(env, scheduleId, overrideId, by, now)
    const before = shiftOf(override)
    const db = database(env)
    const isIt = eq(scheduleOverrides.id, overrideId)
    const end =
      before.start < now
        ? db
            .update(scheduleOverrides)
            .set({ end: new Date(now) })
            .where(isIt)
        : db.delete(scheduleOverrides).where(isIt)
    const told = { id: `override-${overrideId}-over`, overrides: others, touched: [before], by, now }
    await announce(env, schedule, told, [end])
  })
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
    if (!violates(error, 'NOT NULL', 'schedule_overrides.user_id')) throw error
    throw new Refusal('CONFLICT', 'Whom you put on call was deleted just now')
  }
}

function refuseOneMore({ overrides }: StoredSchedule, now: Instant): void {
  if (overrides.filter(({ end }) => end.getTime() > now).length < LIMITS.overridesPerSchedule) return
  throw new Refusal(
    'LIMIT_EXCEEDED',
    `A schedule has at most ${LIMITS.overridesPerSchedule} overrides that are not over (overridesPerSchedule): delete one, or change the schedule itself`,
  )
}

/** The user must still be there: the column refuses the null. */
function columnsOf({ userId, start, end }: Shift) {
  return {
    userId: sql<number>`(select id from users where id = ${userId})`,
    ...{ start: new Date(start), end: new Date(end) },
  }
}

async function checkUser(env: Env, userId: number): Promise<void> {
  if ((await database(env).$count(users, eq(users.id, userId))) > 0) return
  throw new Refusal('BAD_REQUEST', `There is no user ${userId}`, 'user.id')
}
