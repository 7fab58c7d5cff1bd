import { sql } from 'drizzle-orm'
import type { BatchResponse } from 'drizzle-orm/batch'
import type { Env } from '../../env.ts'
import { shiftChangeNotice } from '../../notifications/shift-changes.ts'
import { changedShifts } from '../../on-call/changes.ts'
import type { Instant, Interval, Schedule } from '../../on-call/model.ts'
import { union } from '../../on-call/restrictions.ts'
import { DAY } from '../../on-call/wall-time.ts'
import { change } from '../change.ts'
import { anyOf, database, type Statement } from '../database.ts'
import { deliverNotices, pendingNotice } from '../notices.ts'
import { type schedules, users } from '../schema.ts'
import { onlyAsRead } from './as-read.ts'
import { fullNameOf, loadNames } from './names.ts'
import { affectedBySchedule } from './schedule-dependents.ts'

/** A change of who is on call. */
export interface DutyChange {
  /** Names it, such as `schedule-3-version-7`: what is told twice under one name is told once. */
  id: string
  /** As it was read, but for its name. */
  schedule: typeof schedules.$inferSelect
  before: Schedule
  after: Schedule
  /** The changes that begin in these are told. */
  told: Interval[]
  by: { id: number; name: string }
}

/** How far ahead the end of a change that begins within the told time is looked for. */
const ENDS_LOOKED_FOR = 35 * DAY

/** What people are told of a change of the schedule itself: four weeks of it. */
export function weeksToTell(now: Instant): Interval[] {
  return [{ start: now, end: now + 28 * DAY }]
}

/**
 * Makes a change of a schedule: everybody whose shifts it changes is told, and whatever pages by the schedule hears of it.
 *
 * The notices are in the transaction of the statements, which fails where the schedule or its overrides are not as read: to
 * be run by `plannedAnew`. What else must not happen has to fail it too (a null that a column refuses), and not just change
 * no row.
 */
export async function announcedChange<T extends [Statement, ...Statement[]]>(
  env: Env,
  duty: DutyChange,
  statements: T,
): Promise<BatchResponse<T>> {
  const notices = await noticesOf(env, duty)
  const all: [Statement, ...Statement[]] = [onlyAsRead(database(env), duty.schedule), ...statements, ...notices]
  const usersBefore = usersFrom(duty.before, Math.min(...duty.told.map(({ start }) => start)))
  const [, ...results] = await change(env, all, affectedBySchedule(duty.schedule.id, usersBefore))
  if (notices.length > 0) await deliverNotices(env)
  return results as unknown as BatchResponse<T>
}

async function noticesOf(env: Env, { id, schedule, before, after, told, by }: DutyChange): Promise<Statement[]> {
  const changes = union([...told]).flatMap(({ start, end }) =>
    changedShifts(before, after, start, end + ENDS_LOOKED_FOR).filter((change) => change.start < end),
  )
  const ids = [...new Set(changes.flatMap((each) => [each.before, each.after]))].filter((userId) => userId !== null)
  if (ids.length === 0) return []
  const db = database(env)
  const nameOf = await loadNames(env, ids)
  const receivers = await db
    .select({ id: users.id, timezone: users.timezone })
    .from(users)
    .where(sql`${users.id} in ${anyOf(ids)}`)
  const until = Math.max(...told.map(({ end }) => end)) + ENDS_LOOKED_FOR
  const news = { id, schedule, changes, by, until, nameOf: (userId: number) => fullNameOf(nameOf(userId)) }
  return receivers.flatMap((receiver) => {
    const notice = shiftChangeNotice(news, receiver)
    return notice ? [pendingNotice(db, receiver.id, notice)] : []
  })
}

/** Whom a schedule can put on call after an instant. */
function usersFrom(schedule: Schedule, from: Instant): number[] {
  const placed = schedule.type === 'static' ? [...schedule.shifts, ...schedule.overrides] : schedule.overrides
  const layers = schedule.type === 'static' ? [] : schedule.layers
  return [
    ...layers.filter(({ window }) => !window || window.end > from).flatMap((layer) => layer.users),
    ...placed.filter(({ end }) => end > from).map(({ userId }) => userId),
  ]
}
