import { asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { type Affected, change } from './change.ts'
import { anyOf, type Database, database, violates } from './database.ts'
import { Refusal } from './refusal.ts'
import { alertSources, supportHours } from './schema.ts'

type SupportHoursRow = typeof supportHours.$inferSelect
export type SupportHoursFields = Pick<SupportHoursRow, 'name' | 'timezone' | 'supportDays' | 'exceptions'>

/** With the sources that use them. */
export interface StoredSupportHours extends SupportHoursRow {
  alertSources: { id: number; name: string }[]
}

export async function listSupportHours(
  env: Env,
  page: { startIndex: number; maxResults: number },
): Promise<StoredSupportHours[]> {
  const rows = database(env).select().from(supportHours).orderBy(asc(supportHours.id))
  return withSources(env, await rows.limit(page.maxResults).offset(page.startIndex))
}

export async function findSupportHours(env: Env, id: number): Promise<StoredSupportHours> {
  const rows = await database(env).select().from(supportHours).where(eq(supportHours.id, id))
  const [found] = await withSources(env, rows)
  if (!found) throw unknownHours(id)
  return found
}

export async function createSupportHours(env: Env, fields: SupportHoursFields): Promise<StoredSupportHours> {
  const [[created]] = await change(env, [database(env).insert(supportHours).values(fields).returning()], [])
  return findSupportHours(env, created?.id ?? 0)
}

export async function updateSupportHours(
  env: Env,
  id: number,
  fields: SupportHoursFields,
): Promise<StoredSupportHours> {
  const update = database(env).update(supportHours).set(fields).where(eq(supportHours.id, id)).returning()
  const [[updated]] = await change(env, [update], [sourcesUsing(id)])
  if (!updated) throw unknownHours(id)
  return findSupportHours(env, id)
}

/** Refused while sources use them. */
export async function deleteSupportHours(env: Env, id: number): Promise<void> {
  const { name, alertSources: inUse } = await findSupportHours(env, id)
  if (inUse.length > 0) {
    const names = inUse.map((source) => source.name).join(', ')
    const message = `The support hours ${name} are used by alert sources: ${names}. Give them others first`
    throw new Refusal('CONFLICT', message)
  }
  try {
    await change(env, [database(env).delete(supportHours).where(eq(supportHours.id, id))], [])
  } catch (error) {
    if (!violates(error, 'FOREIGN KEY')) throw error
    throw new Refusal('CONFLICT', `An alert source began to use the support hours ${name} just now`)
  }
}

/** Those that these sources use (a select of ids). */
export function selectSupportHoursOf(db: Database, sourceIds: SQL) {
  const used = sql`select support_hours_id from alert_sources where id in (${sourceIds})`
  return db.select().from(supportHours).where(sql`${supportHours.id} in (${used})`)
}

function sourcesUsing(id: number): Affected {
  return { object: 'alert-source', ids: sql`select id from alert_sources where support_hours_id = ${id}` }
}

async function withSources(env: Env, rows: SupportHoursRow[]): Promise<StoredSupportHours[]> {
  const ids = rows.map(({ id }) => id)
  const sources = await database(env)
    .select({ id: alertSources.id, name: alertSources.name, hoursId: alertSources.supportHoursId })
    .from(alertSources)
    .where(sql`${alertSources.supportHoursId} in ${anyOf(ids)}`)
    .orderBy(asc(alertSources.id))
  return rows.map((row) => ({
    ...row,
    alertSources: sources.filter(({ hoursId }) => hoursId === row.id).map(({ id, name }) => ({ id, name })),
  }))
}

function unknownHours(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There are no support hours ${id}`)
}
