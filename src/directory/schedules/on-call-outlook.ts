import { and, eq, ne, or, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { Person } from '../../incidents/model.ts'
import { LIMITS } from '../../limits.ts'
import { intervalText } from '../../notifications/interval-text.ts'
import type { Instant, Interval } from '../../on-call/model.ts'
import { gaps, shifts } from '../../on-call/on-call.ts'
import { DAY } from '../../on-call/wall-time.ts'
import { database } from '../database.ts'
import { policyUse } from '../policy-use.ts'
import { contacts, notificationPreferences, schedules, users } from '../schema.ts'
import { plannedSchedules, selectPlannedSchedules } from './planned-schedules.ts'

/** What threatens on-call in the next 14 days: nobody is there, or somebody whom nothing wakes. */
export interface OnCallOutlook {
  /** Those that have gaps, of all that policies name and that are to show them. */
  schedules: ScheduleGaps[]
  /** May be paged, and has neither a phone number that works nor push among the steps for high priority. */
  unreachable: Person[]
}

export interface ScheduleGaps {
  name: string
  timeZone: string
  gaps: Interval[]
  /** A gap that ends here goes on, perhaps. */
  until: Instant
}

const LOOK_AHEAD = 14 * DAY

/** Schedules looked at, so that asking stays cheap whatever a deployment has. */
const SCHEDULES = 200

export async function onCallOutlook(env: Env, now: Instant): Promise<OnCallOutlook> {
  const db = database(env)
  const ids = sql`
    select s.id from schedules s where s.id in (
      select target.value ->> 'id'
      from escalation_policies p, json_each(p.levels) level, json_each(level.value, '$.targets') target
      where target.value ->> 'type' = 'schedule')
    order by s.id limit ${SCHEDULES}`
  const namedByPolicies = sql`
    select target.value ->> 'id'
    from escalation_policies p, json_each(p.levels) level, json_each(level.value, '$.targets') target
    where target.value ->> 'type' = 'user' and p.id in (select policy_id from ${policyUse})`
  const [showingGaps, named, reachable, ...rows] = await db.batch([
    db
      .select({ id: schedules.id })
      .from(schedules)
      .where(and(schedules.showGaps, sql`${schedules.id} in (${ids})`)),
    db.select({ userId: users.id, name: users.name }).from(users).where(sql`${users.id} in (${namedByPolicies})`),
    db
      .selectDistinct({ userId: notificationPreferences.userId })
      .from(notificationPreferences)
      .leftJoin(contacts, eq(contacts.id, notificationPreferences.contactId))
      .where(
        and(
          eq(notificationPreferences.type, 'HIGH_PRIORITY'),
          ne(notificationPreferences.method, 'EMAIL'),
          or(eq(notificationPreferences.method, 'PUSH'), eq(contacts.status, 'OK')),
        ),
      ),
    ...selectPlannedSchedules(db, ids, now),
  ])
  const until = now + LOOK_AHEAD
  const planned = plannedSchedules(rows, now, LIMITS.shiftsPerSchedule)
  const shown = new Set(showingGaps.map(({ id }) => id))
  const woken = new Set(reachable.map(({ userId }) => userId))
  const mayBePaged = new Map(named.map((person) => [person.userId, person]))
  for (const { schedule, people } of planned) {
    const onCall = new Set(shifts(schedule, now, until).map(({ userId }) => userId))
    for (const person of people) if (onCall.has(person.userId)) mayBePaged.set(person.userId, person)
  }
  return {
    schedules: planned
      .filter(({ id }) => shown.has(id))
      .map(({ name, schedule }) => ({
        ...{ name, timeZone: schedule.timeZone, until },
        gaps: gaps(schedule, now, until),
      }))
      .filter((each) => each.gaps.length > 0),
    unreachable: [...mayBePaged.values()].filter(({ userId }) => !woken.has(userId)),
  }
}

/** Each gap with its schedule's name, in the schedule's own zone. */
export function gapTexts({ name, timeZone, gaps: each, until }: ScheduleGaps): string[] {
  return each.map((gap) => `${name}, ${intervalText(gap, timeZone)}${gap.end === until ? ' or longer' : ''}`)
}
