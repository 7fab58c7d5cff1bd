import { and, eq, gt, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { accounts, invitations, sessions, users } from '../schema.ts'

export interface NewInvitation {
  tokenHash: string
  expiresAt: Date
  invitedBy: number
}

/** Replaces an earlier invitation of the same user, whose link ends with it. */
export async function saveInvitation(env: Env, userId: number, invitation: NewInvitation): Promise<void> {
  await database(env)
    .insert(invitations)
    .values({ userId, ...invitation })
    .onConflictDoUpdate({ target: invitations.userId, set: { ...invitation, createdAt: new Date() } })
}

/** Whom a link is for. */
export async function findInvited(env: Env, tokenHash: string) {
  const [invited] = await database(env)
    .select({ userId: users.id, email: users.email, firstName: users.firstName })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.userId))
    .where(and(eq(invitations.tokenHash, tokenHash), gt(invitations.expiresAt, new Date())))
  if (!invited) throw usedUp()
  return invited
}

/** Sets the password, uses the link up, and ends the user's sessions: whoever had the old password is out. */
export async function acceptInvitation(env: Env, tokenHash: string, passwordHash: string): Promise<void> {
  const { userId } = await findInvited(env, tokenHash)
  const db = database(env)
  const stillInvited = sql<number>`(select user_id from invitations where token_hash = ${tokenHash})`
  try {
    await db.batch([
      db.delete(accounts).where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential'))),
      // Of two at the same time the second finds no invitation, and the column refuses the null.
      db.insert(accounts).values(credential(stillInvited, userId, passwordHash)),
      db.delete(sessions).where(eq(sessions.userId, userId)),
      db.delete(invitations).where(eq(invitations.tokenHash, tokenHash)),
    ])
  } catch (error) {
    throw violates(error, 'NOT NULL', 'accounts.user_id') ? usedUp() : error
  }
}

/** A password as better-auth keeps it. */
export function credential<Id>(userId: Id, accountId: number, password: string) {
  return { userId, accountId: String(accountId), providerId: 'credential', password }
}

function usedUp(): Refusal {
  return new Refusal(
    'NOT_FOUND',
    'This link was used already, has been replaced, or is older than 7 days: ask an administrator for a new one',
  )
}
