import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { change } from '../change.ts'
import { database } from '../database.ts'
import { contacts } from '../schema.ts'
import { pagerOf } from './contacts.ts'

/**
 * Has a contact verified without its code: that would count against caps and show in logs that a test is about. The way with
 * the code is in `tests/system/contacts.test.ts`.
 */
export async function verified(userId: number, contactId: number): Promise<void> {
  const unlock = database(env).update(contacts).set({ status: 'OK' }).where(eq(contacts.id, contactId))
  await change(env, [unlock], [pagerOf(userId)])
}
