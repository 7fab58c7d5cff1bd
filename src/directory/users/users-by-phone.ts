import { and, asc, eq } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { database } from '../database.ts'
import { contacts } from '../schema.ts'

/** The users whose phone number this is, lowest id first. Nobody else may write for them, so locked numbers don't count. */
export async function findUsersByPhone(env: Env, number: string): Promise<number[]> {
  const found = await database(env)
    .selectDistinct({ userId: contacts.userId })
    .from(contacts)
    .where(and(eq(contacts.target, number), eq(contacts.kind, 'PHONE'), eq(contacts.status, 'OK')))
    .orderBy(asc(contacts.userId))
    .limit(USERS)
  return found.map(({ userId }) => userId)
}

const USERS = 20
