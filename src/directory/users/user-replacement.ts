import { and, asc, eq, gt, gte, lt, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { Notice } from '../../notifications/notice.ts'
import type { Shift } from '../../on-call/model.ts'
import { complement, stack } from '../../on-call/timeline.ts'
import { type Database, database, type Statement } from '../database.ts'
import { pendingNotice } from '../notices.ts'
import { overridesChanged } from '../schedules/as-read.ts'
import { withPresent } from '../schedules/next-layers.ts'
import { usersOfSchedules } from '../schedules/schedule-users.ts'
import {
  escalationPolicies,
  type StoredLayer,
  type StoredLevel,
  scheduleOverrides,
  schedules,
  settings,
  users,
} from '../schema.ts'
import { needsInWords, policiesOfUser, type UserNeeds } from './user-needs.ts'

interface Person {
  id: number
  name: string
}

const NOTICE_LASTS_MS = 7 * 86_400_000

/**
 * Statements that put somebody in a user's place wherever the user would still be paged. What is past stays: the turns and
 * shifts up to `now` remain the user's.
 *
 * What is rewritten here was read before, so each statement changes only what is still as it was read. After a change
 * in between, the user is still named: whoever runs the statements checks that nothing names the user any more.
 */
export async function replacement(
  env: Env,
  { user, by, needs, now }: { user: Person; by: Person; needs: UserNeeds; now: number },
): Promise<Statement[]> {
  const db = database(env)
  const scheduleIds = sql`select value as id from json_each(${JSON.stringify(needs.schedules.map(({ id }) => id))})`
  const running = and(eq(scheduleOverrides.userId, user.id), lt(scheduleOverrides.start, new Date(now)), stillOn(now))
  const [policies, inSchedules, overrides, colleagues] = await db.batch([
    db
      .select({ id: escalationPolicies.id, levels: sql<string>`${escalationPolicies.levels}` })
      .from(escalationPolicies)
      .where(sql`${escalationPolicies.id} in (${policiesOfUser(user.id)})`),
    db.select().from(schedules).where(sql`${schedules.id} in (${scheduleIds})`),
    // All of those schedules that are not older than the first one running: the newer beat it.
    db
      .select()
      .from(scheduleOverrides)
      .where(
        sql`${scheduleOverrides.scheduleId} in (select schedule_id from schedule_overrides where ${running})
          and ${scheduleOverrides.id} >= (select min(id) from schedule_overrides where ${running})`,
      )
      .orderBy(asc(scheduleOverrides.id)),
    db
      .select({ id: users.id })
      .from(users)
      .where(sql`${users.id} in (${usersOfSchedules(scheduleIds, now)}) and ${users.id} not in (${user.id}, ${by.id})`),
  ])
  return [
    ...policies.map((policy) =>
      db
        .update(escalationPolicies)
        .set({ levels: inLevels(JSON.parse(policy.levels), user.id, by.id) })
        .where(sql`${escalationPolicies.id} = ${policy.id} and ${escalationPolicies.levels} = ${policy.levels}`),
    ),
    ...inSchedules.flatMap((schedule) => inSchedule(db, schedule, user.id, by.id, now)),
    overridesChanged(
      db,
      sql`select schedule_id from schedule_overrides where ${eq(scheduleOverrides.userId, user.id)} and ${stillOn(now)}`,
    ),
    ...inRunningOverrides(db, overrides, user.id, by.id, now),
    db
      .update(scheduleOverrides)
      .set({ userId: by.id })
      .where(and(eq(scheduleOverrides.userId, user.id), gte(scheduleOverrides.start, new Date(now)), stillOn(now))),
    amongFallbackContacts(db, user.id, by.id),
    ...notices(
      { user, by, needs, now },
      colleagues.filter(({ id }) => inSchedules.some((schedule) => isIn(schedule, id, now))),
    ).map(([userId, notice]) => pendingNotice(db, userId, notice)),
  ]
}

function isIn({ layers, shifts }: typeof schedules.$inferSelect, userId: number, now: number): boolean {
  return (
    layers.some((layer) => layer.users.includes(userId)) ||
    shifts.some((shift) => shift.userId === userId && shift.end > now)
  )
}

function inLevels(levels: StoredLevel[], userId: number, byId: number): StoredLevel[] {
  return levels.map((level) => {
    const targets = level.targets.map((target) =>
      target.type === 'user' && target.id === userId ? { ...target, id: byId } : target,
    )
    const first = (one: StoredLevel['targets'][number]) =>
      targets.findIndex(({ type, id }) => type === one.type && id === one.id)
    return { ...level, targets: targets.filter((target, index) => first(target) === index) }
  })
}

function inSchedule(
  db: Database,
  schedule: typeof schedules.$inferSelect,
  userId: number,
  byId: number,
  now: number,
): Statement[] {
  const layers = inLayers(schedule.layers, userId, byId)
  const shifts = inShifts(schedule.shifts, userId, byId, now)
  if (!layers && !shifts) return []
  const update = {
    version: schedule.version + 1,
    ...(shifts && { shifts }),
    ...(layers && { layers, pastLayers: withPresent(schedule, schedule.timezone, now) }),
  }
  const asRead = and(eq(schedules.id, schedule.id), eq(schedules.version, schedule.version))
  return [db.update(schedules).set(update).where(asRead)]
}

/** The same turns with somebody else in them; null when nothing changes. */
function inLayers(layers: StoredLayer[], userId: number, byId: number): StoredLayer[] | null {
  if (!layers.some((layer) => layer.users.includes(userId))) return null
  return layers.map((layer) => ({ ...layer, users: layer.users.map((id) => (id === userId ? byId : id)) }))
}

/** A running shift is cut: its past part stays. Null when nothing changes. */
function inShifts(shifts: Shift[], userId: number, byId: number, now: number): Shift[] | null {
  const isConcerned = (shift: Shift) => shift.userId === userId && shift.end > now
  if (!shifts.some(isConcerned)) return null
  return shifts.flatMap((shift) => {
    if (!isConcerned(shift)) return [shift]
    const coming = { ...shift, userId: byId, start: Math.max(shift.start, now) }
    return shift.start < now ? [{ ...shift, end: now }, coming] : [coming]
  })
}

/**
 * The override itself goes on with the other person, so that it beats and is beaten as before. What it was until now is
 * written anew, where no newer one beat it: as the newest, that beats nothing else.
 */
function inRunningOverrides(
  db: Database,
  rows: (typeof scheduleOverrides.$inferSelect)[],
  userId: number,
  byId: number,
  now: number,
): Statement[] {
  const newestRead = rows.at(-1)?.id ?? 0
  const running = rows.filter((row) => row.userId === userId && row.start.getTime() < now && row.end.getTime() > now)
  const ended = running.flatMap(({ id, scheduleId, start, createdBy, createdAt }) => {
    const newer = rows.filter((row) => row.scheduleId === scheduleId && row.id > id)
    return complement(stack(newer.flatMap(clipped(start.getTime(), now))), start.getTime(), now).map((part) => ({
      ...{ scheduleId, userId, createdBy, createdAt },
      ...{ start: new Date(part.start), end: new Date(part.end) },
    }))
  })
  return [
    ...running.map(({ id, scheduleId, start, end }) =>
      db
        .update(scheduleOverrides)
        .set({ userId: byId, start: new Date(now) })
        .where(
          and(
            ...[eq(scheduleOverrides.id, id), eq(scheduleOverrides.userId, userId)],
            ...[eq(scheduleOverrides.start, start), eq(scheduleOverrides.end, end)],
            sql`not exists (select 1 from schedule_overrides newer where newer.schedule_id = ${scheduleId} and newer.id > ${newestRead})`,
          ),
        ),
    ),
    ...ended.map((part) => db.insert(scheduleOverrides).values(part)),
  ]
}

function clipped(from: number, to: number) {
  return (row: typeof scheduleOverrides.$inferSelect): Shift[][] => {
    const start = Math.max(row.start.getTime(), from)
    const end = Math.min(row.end.getTime(), to)
    return start < end ? [[{ userId: row.userId, start, end }]] : []
  }
}

function amongFallbackContacts(db: Database, userId: number, byId: number) {
  const value = sql`(select json_group_array(distinct iif(each.value = ${userId}, cast(${byId} as integer), each.value))
    from json_each(${settings.value}) each)`
  const named = sql`${userId} in (select each.value from json_each(${settings.value}) each)`
  return db
    .update(settings)
    .set({ value })
    .where(and(eq(settings.key, 'fallbackContacts'), named))
}

function stillOn(now: number) {
  return gt(scheduleOverrides.end, new Date(now))
}

/** Who takes the place hears of all of it, the others in the schedules of who their new colleague is. */
function notices(
  { user, by, needs, now }: { user: Person; by: Person; needs: UserNeeds; now: number },
  colleagues: { id: number }[],
): [number, Notice][] {
  const places = needsInWords(needs)
  if (!places) return []
  const [schedule, another] = needs.schedules
  const path = schedule && !another ? `/schedules/${schedule.id}` : '/schedules'
  const common = { path, expiresAt: now + NOTICE_LASTS_MS }
  const toThem: Notice = {
    ...common,
    id: `user-${user.id}-replaced`,
    title: `You take the place of ${user.name}`,
    text: `${user.name} is no longer here. From now on you are in their place in ${places}.`,
  }
  const toOthers: Notice = {
    ...common,
    id: `user-${user.id}-replaced`,
    title: `${by.name} takes the place of ${user.name}`,
    text: `${user.name} is no longer here. From now on ${by.name} has their turns and shifts in ${needsInWords({ ...needs, escalationPolicies: [] })}.`,
  }
  return [[by.id, toThem], ...colleagues.map(({ id }): [number, Notice] => [id, toOthers])]
}
