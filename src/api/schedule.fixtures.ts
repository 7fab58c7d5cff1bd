import { env } from 'cloudflare:workers'
import { database } from '../directory/database.ts'
import { scheduleOverrides, schedules } from '../directory/schema.ts'
import type { Layer } from '../on-call/model.ts'

/** A schedule in which these users take turns by the day, at midnight UTC; its id. For tests of what reads schedules. */
export async function storedSchedule(name: string, ...users: number[]): Promise<number> {
  const layer: Layer = { name: 'Days', start: '2025-01-01T00:00', users, rotation: { unit: 'day', every: 1 } }
  const layers = users.length > 0 ? [{ id: 1, ...layer }] : []
  const [stored] = await database(env)
    .insert(schedules)
    .values({ name, timezone: 'UTC', type: 'RECURRING', layers })
    .returning({ id: schedules.id })
  return stored?.id ?? 0
}

/** Somebody takes over, behind the API's back. */
export async function storedOverride(scheduleId: number, userId: number, start: number, end: number): Promise<void> {
  await database(env)
    .insert(scheduleOverrides)
    .values({ scheduleId, userId, start: new Date(start), end: new Date(end) })
}
