import { eq } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { QuietHours } from '../../notifications/model.ts'
import { change } from '../change.ts'
import { database } from '../database.ts'
import { users } from '../schema.ts'
import { pagerOf } from './contacts.ts'

/** When the user is not told of incidents; their Pager hears of it. */
export async function saveQuietTimes(
  env: Env,
  userId: number,
  times: { mutedUntil: Date | null; quietHours: QuietHours | null },
): Promise<void> {
  await change(env, [database(env).update(users).set(times).where(eq(users.id, userId))], [pagerOf(userId)])
}
