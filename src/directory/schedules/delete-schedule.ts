import { eq, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { Schedule } from '../../on-call/model.ts'
import { database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { schedules } from '../schema.ts'
import { announcedChange, weeksToTell } from './announced-change.ts'
import { plannedAnew } from './as-read.ts'
import { policiesNaming } from './schedule-dependents.ts'
import { findSchedule } from './schedules.ts'

/** Refused while policies name it. Who has shifts in it still to come is told. */
export function deleteSchedule(env: Env, id: number, by: { id: number; name: string }): Promise<void> {
  return plannedAnew(() => deleteAsRead(env, id, by))
}

async function deleteAsRead(env: Env, id: number, by: { id: number; name: string }): Promise<void> {
  const now = Date.now()
  const { row, compiled, escalationPolicies } = await findSchedule(env, id, now)
  if (escalationPolicies.length > 0) {
    const names = escalationPolicies.map(({ name }) => name).join(', ')
    const message = `The schedule ${row.name} is named by escalation policies: ${names}. Take it out there first`
    throw new Refusal('CONFLICT', message)
  }
  const db = database(env)
  const nobody: Schedule = { type: 'static', timeZone: row.timezone, shifts: [], overrides: [] }
  const told = weeksToTell(now)
  const isFree = sql`not exists (${policiesNaming(sql`${id}`)})`
  try {
    await announcedChange(
      env,
      { id: `schedule-${id}-deleted`, schedule: row, before: compiled, after: nobody, told, by },
      [
        // A policy that began to name it fails all of this here, because the column refuses the null.
        db
          .update(schedules)
          .set({ version: sql`case when ${isFree} then version end` })
          .where(eq(schedules.id, id)),
        db.delete(schedules).where(eq(schedules.id, id)),
      ],
    )
  } catch (error) {
    if (!violates(error, 'NOT NULL', 'schedules.version')) throw error
    throw new Refusal('CONFLICT', `An escalation policy began to name the schedule ${row.name} just now`)
  }
}
