import { and, asc, eq, isNull, ne, or, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Env } from '../../env.ts'
import type { PlannedSchedule } from '../../incidents/model.ts'
import { log } from '../../log.ts'
import type { PagerProfile, PreferenceStep } from '../../notifications/model.ts'
import { database } from '../database.ts'
import { currentRevision } from '../revision.ts'
import { plannedSchedules, selectPlannedSchedules } from '../schedules/planned-schedules.ts'
import { schedulesOfUser } from '../schedules/schedule-users.ts'
import {
  contacts,
  notificationPreferences,
  onCallPreferences,
  pushDevices,
  updatePreferences,
  users,
} from '../schema.ts'

const MINUTE_MS = 60_000

/** A shift that ended a moment ago is still told as over. */
const DUTIES_SINCE_MS = 24 * 60 * MINUTE_MS

/** What a user's Pager must know, from one transaction; null when there is no such user. */
export async function loadPagerProfile(env: Env, userId: number): Promise<PagerProfile | null> {
  const db = database(env)
  const loadedAt = Date.now()
  const since = loadedAt - DUTIES_SINCE_MS
  // Who wants no reminder needs no schedules.
  const reminded = sql`select id from (${schedulesOfUser(userId, since)})
    where exists (select 1 from on_call_preferences where user_id = ${userId})`
  const works = or(eq(contacts.status, 'OK'), isNull(contacts.id))
  const takesTexts = (method: SQLiteColumn) => or(ne(method, 'SMS'), eq(contacts.smsStopped, false))
  const [[user], preferences, reminders, updates, devices, ...schedules] = await db.batch([
    db
      .select({
        ...{ name: users.name, email: users.email, language: users.language, timeZone: users.timezone },
        ...{ mutedUntil: users.mutedUntil, quietHours: users.quietHours },
        revision: currentRevision,
      })
      .from(users)
      .where(eq(users.id, userId)),
    db
      .select({
        type: notificationPreferences.type,
        channel: notificationPreferences.method,
        delayMin: notificationPreferences.delayMin,
        target: contacts.target,
      })
      .from(notificationPreferences)
      .leftJoin(contacts, eq(contacts.id, notificationPreferences.contactId))
      // A contact that must not be written to is no step; without any step left, the fallback below speaks.
      .where(and(eq(notificationPreferences.userId, userId), works, takesTexts(notificationPreferences.method)))
      .orderBy(asc(notificationPreferences.delayMin), asc(notificationPreferences.id)),
    db
      .select({ channel: onCallPreferences.method, beforeMin: onCallPreferences.beforeMin, target: contacts.target })
      .from(onCallPreferences)
      .leftJoin(contacts, eq(contacts.id, onCallPreferences.contactId))
      .where(and(eq(onCallPreferences.userId, userId), works, takesTexts(onCallPreferences.method)))
      .orderBy(asc(onCallPreferences.id)),
    db
      .select({ channel: updatePreferences.method, type: updatePreferences.type, target: contacts.target })
      .from(updatePreferences)
      .leftJoin(contacts, eq(contacts.id, updatePreferences.contactId))
      .where(and(eq(updatePreferences.userId, userId), works, takesTexts(updatePreferences.method)))
      .orderBy(asc(updatePreferences.id)),
    db
      .select({ id: pushDevices.id, kind: pushDevices.kind, target: pushDevices.target, keys: pushDevices.keys })
      .from(pushDevices)
      .where(eq(pushDevices.userId, userId))
      .orderBy(asc(pushDevices.id)),
    ...selectPlannedSchedules(db, reminded, since),
  ])
  if (!user) return null
  const { name, email, language, timeZone, mutedUntil, quietHours, revision } = user
  const stepsOf = (type: 'HIGH_PRIORITY' | 'LOW_PRIORITY'): PreferenceStep[] => {
    const steps = preferences
      .filter((preference) => preference.type === type)
      .map(({ channel, target, delayMin }) => ({ channel, target: target ?? '', delayMs: delayMin * MINUTE_MS }))
    // Nobody is silently unreachable: without a rule it is their own address, at once.
    return steps.length > 0 ? steps : [{ channel: 'EMAIL', target: email, delayMs: 0 }]
  }
  return {
    ...{ userId, name, language, revision },
    steps: { HIGH: stepsOf('HIGH_PRIORITY'), LOW: stepsOf('LOW_PRIORITY') },
    devices,
    updates: updates.map(({ channel, type, target }) => ({ channel, type, target: target ?? '' })),
    quiet: { mutedUntil: mutedUntil?.getTime() ?? null, hours: quietHours, timeZone },
    duties: {
      ...{ email, timeZone, loadedAt },
      reminders: reminders.map(({ channel, target, beforeMin }) => ({
        ...{ channel, target: target ?? '', beforeMs: beforeMin * MINUTE_MS },
      })),
      schedules: thatFit(plannedSchedules(schedules, since), userId),
    },
  }
}

/** An object's value may have 2 MB, and a profile that can't be kept would stop its user from being paged by a newer one. */
function thatFit(schedules: PlannedSchedule[], userId: number): PlannedSchedule[] {
  let left = SCHEDULE_CHARACTERS
  const fitting = schedules.filter((schedule) => {
    left -= JSON.stringify(schedule).length
    return left >= 0
  })
  const scheduleIds = schedules.filter((schedule) => !fitting.includes(schedule)).map(({ id }) => id)
  if (scheduleIds.length > 0)
    log.warn('schedules too large for a pager, not reminding of them', { userId, scheduleIds })
  return fitting
}

const SCHEDULE_CHARACTERS = 800_000
