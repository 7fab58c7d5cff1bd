import { and, eq, exists, or, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { database } from '../database.ts'
import { contacts, users } from '../schema.ts'

/**
 * The name of the user whose address this is: of their account or among their contacts. Null: it is not theirs. Nobody else
 * may write for them, so contacts that are locked don't count.
 *
 * @param address in lower case, as all are kept
 */
export async function nameByMail(env: Env, userId: number, address: string): Promise<string | null> {
  const db = database(env)
  const contact = db
    .select({ one: sql`1` })
    .from(contacts)
    .where(
      and(
        eq(contacts.userId, users.id),
        eq(contacts.kind, 'EMAIL'),
        eq(contacts.target, address),
        eq(contacts.status, 'OK'),
      ),
    )
  const [user] = await db
    .select({ name: users.name })
    .from(users)
    .where(and(eq(users.id, userId), or(eq(users.email, address), exists(contact))))
    .limit(1)
  return user?.name ?? null
}
