import { sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { maintenanceAt } from '../maintenance/maintenance.ts'
import { anyOf, database } from './database.ts'
import { maintenanceOf, selectMaintenanceOf } from './maintenance-windows.ts'
import { maintenanceWindowSources } from './schema.ts'

/** Ids of the alert sources that are in maintenance now. */
export async function sourcesInMaintenance(env: Env, now: number): Promise<Set<number>> {
  const db = database(env)
  const windows = maintenanceOf(await selectMaintenanceOf(db, sql`select id from alert_sources`, now))
  const running = windows.filter((window) => maintenanceAt([window], now) !== null).map(({ id }) => id)
  if (running.length === 0) return new Set()
  const named = await db
    .select({ id: maintenanceWindowSources.sourceId })
    .from(maintenanceWindowSources)
    .where(sql`${maintenanceWindowSources.windowId} in ${anyOf(running)}`)
  return new Set(named.map(({ id }) => id))
}
