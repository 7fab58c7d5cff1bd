import { eq, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { database } from './database.ts'
import { shortNames } from './schema.ts'

/** The source that this short name means or meant; null when it never meant one. */
export async function sourceOfShortName(env: Env, shortName: string): Promise<number | null> {
  const rows = database(env).select({ sourceId: shortNames.sourceId }).from(shortNames)
  const [found] = await rows.where(eq(shortNames.shortName, shortName))
  return found?.sourceId ?? null
}

/** Made from a source's name: PROM for "Prometheus production", PROM2 when that is taken. */
export async function freeShortName(env: Env, name: string): Promise<string> {
  const letters = name
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^\d+/, '')
  const stem = letters.length >= 2 ? letters.slice(0, 4) : 'SRC'
  const rows = await database(env)
    .select({ shortName: shortNames.shortName })
    .from(shortNames)
    .where(sql`substr(${shortNames.shortName}, 1, ${stem.length}) = ${stem}`)
  const taken = new Set(rows.map(({ shortName }) => shortName))
  if (!taken.has(stem)) return stem
  let number = 2
  while (taken.has(`${stem}${number}`)) number++
  return `${stem}${number}`
}
