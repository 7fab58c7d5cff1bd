import { sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import type { MaintenanceWindow } from '../maintenance/model.ts'
import { DAY } from '../on-call/wall-time.ts'
import { database } from './database.ts'
import { FreshReads } from './fresh-reads.ts'
import { maintenanceOf, selectMaintenanceOf } from './maintenance-windows.ts'

/** An alarm that rings late has to know what was due in a window that is over by then. */
const KEPT_MS = DAY

const reads = new FreshReads('maintenance windows', async (env, sourceId: number) =>
  maintenanceOf(await selectMaintenanceOf(database(env), sql`${sourceId}`, Date.now() - KEPT_MS)),
)

/** A source's maintenance windows as D1 has them now. Never throws: null with D1 failing or slow. */
export function freshMaintenance(env: Env, sourceId: number): Promise<MaintenanceWindow[] | null> {
  return reads.join(env, sourceId)
}
