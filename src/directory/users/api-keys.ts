import { and, asc, eq } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { database } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { apiKeys, users } from '../schema.ts'

const LAST_USED_EVERY_MS = 3_600_000

export async function listApiKeys(env: Env, userId: number) {
  return database(env).select().from(apiKeys).where(eq(apiKeys.userId, userId)).orderBy(asc(apiKeys.id))
}

export type StoredApiKey = Awaited<ReturnType<typeof listApiKeys>>[number]

export async function createApiKey(env: Env, userId: number, name: string, keyHash: string): Promise<StoredApiKey> {
  const [created] = await database(env).insert(apiKeys).values({ userId, name, keyHash }).returning()
  if (!created) throw new Error('the insert returned nothing')
  return created
}

export async function deleteApiKey(env: Env, userId: number, id: number): Promise<void> {
  const deleted = await database(env)
    .delete(apiKeys)
    .where(and(eq(apiKeys.id, id), eq(apiKeys.userId, userId)))
    .returning({ id: apiKeys.id })
  if (deleted.length === 0) throw new Refusal('NOT_FOUND', `You have no API key ${id}`)
}

/** Whom a key acts as; null when there is no such key. When it was last used is written at most once an hour. */
export async function userOfApiKey(env: Env, keyHash: string) {
  const db = database(env)
  const [found] = await db
    .select({ key: { id: apiKeys.id, lastUsedAt: apiKeys.lastUsedAt }, user: users })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(eq(apiKeys.keyHash, keyHash))
  if (!found) return null
  const now = Date.now()
  if (now - (found.key.lastUsedAt?.getTime() ?? 0) >= LAST_USED_EVERY_MS) {
    await db
      .update(apiKeys)
      .set({ lastUsedAt: new Date(now) })
      .where(eq(apiKeys.id, found.key.id))
  }
  return found.user
}
