import { asc } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { database } from './database.ts'
import { alertSources, users } from './schema.ts'

/** Whose turn it is in the watchdog's rounds: with every minute others, until all have been visited and it begins anew. */
export async function onRound(env: Env, minute: number, most: number): Promise<{ sources: number[]; users: number[] }> {
  const [sourceIds, userIds] = await Promise.all([
    turn(env, alertSources, minute, most),
    turn(env, users, minute, most),
  ])
  return { sources: sourceIds, users: userIds }
}

async function turn(env: Env, table: typeof alertSources | typeof users, minute: number, most: number) {
  const db = database(env)
  const rounds = Math.max(1, Math.ceil((await db.$count(table)) / most))
  const rows = await db
    .select({ id: table.id })
    .from(table)
    .orderBy(asc(table.id))
    .limit(most)
    .offset((minute % rounds) * most)
  return rows.map(({ id }) => id)
}
