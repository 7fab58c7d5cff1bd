import { eq, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { intervalText } from '../../notifications/interval-text.ts'
import type { Instant, Schedule } from '../../on-call/model.ts'
import { gaps } from '../../on-call/on-call.ts'
import { DAY } from '../../on-call/wall-time.ts'
import { change } from '../change.ts'
import { anyOf, database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { schedules, users } from '../schema.ts'
import { announcedChange, weeksToTell } from './announced-change.ts'
import { plannedAnew } from './as-read.ts'
import { compileSchedule } from './compiled-schedule.ts'
import { isSame, nextSchedule, type ScheduleContent, type ScheduleFields } from './next-schedule.ts'
import { shiftOf } from './rendered-schedule.ts'
import { findSchedule, type StoredSchedule } from './schedules.ts'

/** How far ahead gaps are looked for. */
const GAPS_AHEAD = 90 * DAY

/**
 * Nobody is told: no policy names a new schedule yet, so it can't page anybody.
 *
 * @param abortOnGaps refuse what would leave times without anybody
 */
export async function createSchedule(env: Env, fields: ScheduleFields, abortOnGaps: boolean): Promise<StoredSchedule> {
  const now = Date.now()
  const content = await planSchedule(env, null, fields, now)
  if (abortOnGaps) refuseGaps(compileSchedule(content, []), now)
  const named = namedFrom(content, now)
  try {
    const insert = database(env)
      .insert(schedules)
      .values({ ...content, name: ifAllExist(named, content.name) })
      .returning({ id: schedules.id })
    const [[created]] = await change(
      env,
      [insert],
      [{ object: 'pager', ids: sql`select value as id from ${anyOf(named)}` }],
    )
    return await findSchedule(env, created?.id ?? 0)
  } catch (error) {
    throw refusalOf(error)
  }
}

/**
 * Replaces what is to come of a schedule; the past stays.
 *
 * @param version the one that somebody has read and changed; undefined: whichever is found
 */
export function updateSchedule(
  env: Env,
  id: number,
  fields: ScheduleFields,
  { by, abortOnGaps, version }: { by: { id: number; name: string }; abortOnGaps: boolean; version: number | undefined },
): Promise<StoredSchedule> {
  return plannedAnew(async () => {
    const now = Date.now()
    const before = await findSchedule(env, id, now)
    if (version !== undefined && version !== before.row.version) throw stale()
    const content = await planSchedule(env, before.row, fields, now)
    const after = compileSchedule(content, before.overrides.map(shiftOf))
    if (abortOnGaps) refuseGaps(after, now)
    if (isSame(before.row, content)) return before
    const next = before.row.version + 1
    const update = database(env)
      .update(schedules)
      .set({ ...content, name: ifAllExist(namedFrom(content, now), content.name), version: next })
      .where(eq(schedules.id, id))
    const schedule = { ...before.row, name: content.name }
    const duty = { id: `schedule-${id}-version-${next}`, schedule, before: before.compiled, after, by }
    try {
      await announcedChange(env, { ...duty, told: weeksToTell(now) }, [update])
    } catch (error) {
      throw refusalOf(error)
    }
    return findSchedule(env, id)
  })
}

/** What saving these fields makes of a schedule (null: of none yet), checked. */
export async function planSchedule(
  env: Env,
  before: ScheduleContent | null,
  fields: ScheduleFields,
  now: Instant,
): Promise<ScheduleContent> {
  const content = nextSchedule(before, fields, now)
  const wanted = [
    ...(fields.layers ?? []).flatMap((layer, index) =>
      layer.users.map((id, place) => ({ id, path: `scheduleLayers[${index}].users[${place}].id` })),
    ),
    ...(fields.shifts ?? []).flatMap(({ userId, end }, index) =>
      end > now ? [{ id: userId, path: `shifts[${index}].user.id` }] : [],
    ),
  ]
  const rows = await database(env)
    .select({ id: users.id })
    .from(users)
    .where(sql`${users.id} in ${anyOf(wanted.map(({ id }) => id))}`)
  const known = new Set(rows.map(({ id }) => id))
  const unknown = wanted.find(({ id }) => !known.has(id))
  if (unknown) throw new Refusal('BAD_REQUEST', `There is no user ${unknown.id}`, unknown.path)
  return content
}

/** Whom a schedule names from now on. */
function namedFrom({ layers, shifts }: ScheduleContent, now: Instant): number[] {
  const coming = shifts.filter(({ end }) => end > now)
  return [...new Set([...layers.flatMap((layer) => layer.users), ...coming.map(({ userId }) => userId)])]
}

/** Null when somebody among these was deleted meanwhile: the column refuses it. */
function ifAllExist(userIds: number[], name: string) {
  return sql<string>`(select ${name} where not exists (
    select 1 from json_each(${JSON.stringify(userIds)}) named where named.value not in (select id from users)))`
}

function refuseGaps(schedule: Schedule, now: Instant): void {
  const [first] = gaps(schedule, now, now + GAPS_AHEAD)
  if (!first) return
  const when = intervalText(first, schedule.timeZone)
  const field = schedule.type === 'static' ? 'shifts' : 'scheduleLayers'
  throw new Refusal(
    'BAD_REQUEST',
    `Nobody would be on call: ${when}. Fill the gap, or save without abort-on-gaps`,
    field,
  )
}

function stale(): Refusal {
  return new Refusal('CONFLICT', 'The schedule was changed by somebody else meanwhile: read it again', 'version')
}

function refusalOf(error: unknown): unknown {
  if (violates(error, 'NOT NULL', 'schedules.name')) {
    return new Refusal('CONFLICT', 'Somebody whom the schedule names was deleted just now: read the users again')
  }
  return error
}
