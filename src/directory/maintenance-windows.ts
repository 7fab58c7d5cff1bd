import { asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { LIMITS } from '../limits.ts'
import { maintenanceAt, nextOccurrence } from '../maintenance/maintenance.ts'
import type { MaintenanceWindow } from '../maintenance/model.ts'
import { type Affected, change } from './change.ts'
import { anyOf, type Database, database, violates } from './database.ts'
import { Refusal } from './refusal.ts'
import { alertSources, maintenanceWindowSources, maintenanceWindows, users } from './schema.ts'

type WindowRow = typeof maintenanceWindows.$inferSelect
export type WindowFields = Pick<WindowRow, 'name' | 'description' | 'timezone' | 'start' | 'end' | 'recurrence'>

/** With the names of what it names. */
export interface StoredWindow extends WindowRow {
  alertSources: { id: number; name: string }[]
  creator: { id: number; name: string } | null
}

/** What runs first, then what comes next, then what is over, the newest first. */
export async function listWindows(
  env: Env,
  { startIndex, maxResults }: { startIndex: number; maxResults: number },
): Promise<StoredWindow[]> {
  const db = database(env)
  const now = Date.now()
  // Few enough to be sorted here, by a next time that SQL can't work out.
  const [current, past] = await db.batch([
    db.select().from(maintenanceWindows).where(isNotOver(now)).orderBy(asc(maintenanceWindows.id)),
    db
      .select({ count: sql<number>`count(*)` })
      .from(maintenanceWindows)
      .where(sql`not ${isNotOver(now)}`),
  ])
  const page = byNextTime(current, now).slice(startIndex, startIndex + maxResults)
  const missing = maxResults - page.length
  if (missing > 0 && (past[0]?.count ?? 0) > 0) {
    const over = db
      .select()
      .from(maintenanceWindows)
      .where(sql`not ${isNotOver(now)}`)
      .orderBy(desc(maintenanceWindows.start), desc(maintenanceWindows.id))
    page.push(...(await over.limit(missing).offset(Math.max(0, startIndex - current.length))))
  }
  return withNames(env, page)
}

export async function findWindow(env: Env, id: number): Promise<StoredWindow> {
  const rows = await database(env).select().from(maintenanceWindows).where(eq(maintenanceWindows.id, id))
  const [found] = await withNames(env, rows)
  if (!found) throw unknownWindow(id)
  return found
}

export async function createWindow(
  env: Env,
  fields: WindowFields,
  sourceIds: number[],
  createdBy: number,
): Promise<StoredWindow> {
  const db = database(env)
  await checkSources(env, sourceIds)
  const open = await db.$count(maintenanceWindows, isNotOver(Date.now()))
  if (open >= LIMITS.maintenanceWindows) {
    const message = `There are ${open} maintenance windows that are not over: delete some first (maintenanceWindows)`
    throw new Refusal('LIMIT_EXCEEDED', message)
  }
  const insert = db
    .insert(maintenanceWindows)
    .values({ ...fields, createdBy })
    .returning({ id: maintenanceWindows.id })
  // Ids only grow, and the transaction is alone.
  const theNew = sql`(select max(id) from maintenance_windows)`
  const [[created]] = await change(env, [insert, insertSources(db, theNew, sourceIds)], [theSources(sourceIds)]).catch(
    refuseGone,
  )
  return findWindow(env, created?.id ?? 0)
}

export async function updateWindow(
  env: Env,
  id: number,
  fields: WindowFields,
  sourceIds: number[],
): Promise<StoredWindow> {
  const db = database(env)
  const before = await findWindow(env, id)
  await checkSources(env, sourceIds)
  const update = db
    .update(maintenanceWindows)
    .set({ ...fields, recurrence: keepEnded(before, fields) })
    .where(eq(maintenanceWindows.id, id))
  const removal = db.delete(maintenanceWindowSources).where(eq(maintenanceWindowSources.windowId, id))
  const affected = theSources([...before.alertSources.map((source) => source.id), ...sourceIds])
  await change(env, [update, removal, insertSources(db, sql`${id}`, sourceIds)], [affected]).catch(refuseGone)
  return findWindow(env, id)
}

/** The time that runs now is over; one that repeats comes again. */
export async function endWindowNow(env: Env, id: number): Promise<StoredWindow> {
  const window = await findWindow(env, id)
  const now = new Date()
  if (!maintenanceAt([maintenanceOf([window])[0] as MaintenanceWindow], now.getTime())) {
    throw new Refusal('CONFLICT', `${window.name} does not run now: nothing is to be ended`)
  }
  const end = window.recurrence ? { recurrence: { ...window.recurrence, endedAt: now.getTime() } } : { end: now }
  const update = database(env).update(maintenanceWindows).set(end).where(eq(maintenanceWindows.id, id))
  await change(env, [update], [theSources(window.alertSources.map((source) => source.id))])
  return findWindow(env, id)
}

export async function deleteWindow(env: Env, id: number): Promise<void> {
  const { alertSources: sources } = await findWindow(env, id)
  const deletion = database(env).delete(maintenanceWindows).where(eq(maintenanceWindows.id, id))
  await change(env, [deletion], [theSources(sources.map((source) => source.id))])
}

/** Windows of these sources (a select of ids) that are not over by an instant. */
export function selectMaintenanceOf(db: Database, sourceIds: SQL, from: number) {
  const theirs = sql`select window_id from maintenance_window_sources where source_id in (${sourceIds})`
  return db
    .select()
    .from(maintenanceWindows)
    .where(sql`${maintenanceWindows.id} in (${theirs}) and ${isNotOver(from)}`)
    .orderBy(asc(maintenanceWindows.id))
}

/** As objects take them along. */
export function maintenanceOf(rows: WindowRow[]): MaintenanceWindow[] {
  return rows.map(({ id, name, timezone, start, end, recurrence }) => ({
    ...{ id, name, timezone, recurrence },
    start: start.getTime(),
    end: end.getTime(),
  }))
}

/** One that repeats is over when its last time might be; a time ended by hand changes nothing about that. */
function isNotOver(from: number): SQL {
  return sql`(case
    when ${maintenanceWindows.recurrence} is null then ${maintenanceWindows.end} > ${from}
    else coalesce(${maintenanceWindows.recurrence} ->> 'until' + ${maintenanceWindows.end} - ${maintenanceWindows.start} > ${from}, 1)
  end)`
}

function byNextTime(rows: WindowRow[], now: number): WindowRow[] {
  const next = new Map(maintenanceOf(rows).map((window) => [window.id, nextOccurrence(window, now)?.start ?? Infinity]))
  const startOf = ({ id }: WindowRow) => next.get(id) ?? Infinity
  return rows.toSorted((a, b) => Math.max(startOf(a), now) - Math.max(startOf(b), now) || b.id - a.id)
}

/** Another name must not begin the time again that somebody has ended; another time may. */
function keepEnded({ start, end, timezone, recurrence: before }: WindowRow, fields: WindowFields) {
  const { recurrence } = fields
  if (!recurrence || before?.endedAt === undefined) return recurrence
  const { endedAt, ...same } = before
  const timesOf = (window: Pick<WindowFields, 'start' | 'end' | 'timezone' | 'recurrence'>) =>
    JSON.stringify([window.start, window.end, window.timezone, window.recurrence])
  const isSame = timesOf({ start, end, timezone, recurrence: same }) === timesOf(fields)
  return isSame ? { ...recurrence, endedAt } : recurrence
}

function insertSources(db: Database, windowId: SQL, sourceIds: number[]) {
  return db
    .insert(maintenanceWindowSources)
    .select(
      sql`select window.id, source.value from maintenance_windows window, ${anyOf([...new Set(sourceIds)])} source where window.id = ${windowId}`,
    )
}

function theSources(ids: number[]): Affected {
  return { object: 'alert-source', ids: sql`select id from alert_sources where id in ${anyOf(ids)}` }
}

async function checkSources(env: Env, ids: number[]): Promise<void> {
  const rows = await database(env)
    .select({ id: alertSources.id })
    .from(alertSources)
    .where(sql`${alertSources.id} in ${anyOf(ids)}`)
  const known = new Set(rows.map(({ id }) => id))
  const unknown = ids.findIndex((id) => !known.has(id))
  if (unknown < 0) return
  throw new Refusal('BAD_REQUEST', `There is no alert source ${ids[unknown]}`, `alertSources[${unknown}].id`)
}

function refuseGone(error: unknown): never {
  if (!violates(error, 'FOREIGN KEY')) throw error
  throw new Refusal('CONFLICT', 'An alert source was deleted just now: choose again', 'alertSources')
}

async function withNames(env: Env, rows: WindowRow[]): Promise<StoredWindow[]> {
  const db = database(env)
  const [sources, creators] = await db.batch([
    db
      .select({ id: alertSources.id, name: alertSources.name, windowId: maintenanceWindowSources.windowId })
      .from(maintenanceWindowSources)
      .innerJoin(alertSources, eq(alertSources.id, maintenanceWindowSources.sourceId))
      .where(sql`${maintenanceWindowSources.windowId} in ${anyOf(rows.map(({ id }) => id))}`)
      .orderBy(asc(alertSources.id)),
    db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(sql`${users.id} in ${anyOf(rows.flatMap(({ createdBy }) => createdBy ?? []))}`),
  ])
  return rows.map((row) => ({
    ...row,
    alertSources: sources.filter(({ windowId }) => windowId === row.id).map(({ id, name }) => ({ id, name })),
    creator: creators.find(({ id }) => id === row.createdBy) ?? null,
  }))
}

function unknownWindow(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no maintenance window ${id}`)
}
