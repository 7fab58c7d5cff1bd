import { and, asc, between, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import type { IncidentStatus } from '../incidents/model.ts'
import { incidentId } from '../incidents/reference.ts'
import type { IncidentSnapshot } from '../incidents/snapshot.ts'
import { anyOf, type Database, database } from './database.ts'
import { incidents } from './schema.ts'

export type StoredIncident = typeof incidents.$inferSelect

interface IncidentQuery {
  states?: IncidentStatus[]
  sources?: number[]
  policies?: number[]
  responders?: number[]
  priority?: 'HIGH' | 'LOW'
  /** Part of the summary, the reference or the key. */
  query?: string
  from?: string
  until?: string
}

/** Keeps the newest version of each incident, in whatever order and however often they come. */
export async function saveSnapshots(env: Env, snapshots: IncidentSnapshot[]): Promise<void> {
  const newest = new Map<number, IncidentSnapshot>()
  for (const snapshot of snapshots) {
    if (snapshot.version > (newest.get(snapshot.id)?.version ?? -1)) newest.set(snapshot.id, snapshot)
  }
  const db = database(env)
  const [first, ...others] = [...newest.values()].map((snapshot) => upsert(db, snapshot))
  if (first) await db.batch([first, ...others])
}

/** Newest report first; by state: what nobody has answered, then what is being worked on, then what is over. */
export async function listIncidents(
  env: Env,
  query: IncidentQuery,
  { startIndex, maxResults, byState }: { startIndex: number; maxResults: number; byState: boolean },
): Promise<StoredIncident[]> {
  const db = database(env)
  const read = (condition: SQL | undefined, order: SQL[], skip: number, most: number) =>
    db
      .select()
      .from(incidents)
      .where(and(condition, matches(query)))
      .orderBy(...order)
      .limit(most)
      .offset(skip)
  if (!byState && !asksOnlyForOpen(query)) return read(undefined, newestFirst, startIndex, maxResults)

  const open = await read(
    isOpen,
    byState ? [pendingFirst, ...openNewestFirst] : openNewestFirst,
    startIndex,
    maxResults,
  )
  if (asksOnlyForOpen(query) || open.length === maxResults) return open
  // Sorting what is over by its state would read all of it; its own order needs only this page.
  const before = await db.$count(incidents, and(isOpen, matches(query)))
  const over = await read(
    eq(incidents.status, 'RESOLVED'),
    newestFirst,
    Math.max(0, startIndex - before),
    maxResults - open.length,
  )
  return [...open, ...over]
}

export async function countIncidents(env: Env, query: IncidentQuery): Promise<number> {
  return database(env).$count(incidents, and(asksOnlyForOpen(query) ? isOpen : undefined, matches(query)))
}

/** Open incidents of each source that has any. */
export async function countOpenBySource(env: Env): Promise<Map<number, { pending: number; accepted: number }>> {
  const rows = await database(env)
    .select({
      sourceId: incidents.sourceId,
      pending: sql<number>`sum(${incidents.status} = 'PENDING')`,
      accepted: sql<number>`sum(${incidents.status} = 'ACCEPTED')`,
    })
    .from(incidents)
    .where(isOpen)
    .groupBy(incidents.sourceId)
  return new Map(rows.map(({ sourceId, pending, accepted }) => [sourceId, { pending, accepted }]))
}

/** Open incidents whose object should have acted before `olderThan`, the most overdue first. */
export async function overdueIncidents(env: Env, olderThan: number, limit: number): Promise<number[]> {
  const rows = await database(env)
    .select({ id: incidents.id })
    .from(incidents)
    .where(isOverdue(olderThan))
    .orderBy(asc(incidents.nextDeadlineAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Which of these incidents the read model has, and at which version. */
export async function knownVersions(env: Env, ids: number[]): Promise<Map<number, number>> {
  const rows = await database(env)
    .select({ id: incidents.id, version: incidents.version })
    .from(incidents)
    .where(sql`${incidents.id} in ${anyOf(ids)}`)
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Open incidents of the read model, `most` with every minute, in turn. */
export async function openOnRound(env: Env, minute: number, most: number): Promise<number[]> {
  const db = database(env)
  const isOpen = sql`${incidents.status} <> 'RESOLVED'`
  const rounds = Math.max(1, Math.ceil((await db.$count(incidents, isOpen)) / most))
  const rows = await db
    .select({ id: incidents.id })
    .from(incidents)
    .where(isOpen)
    .orderBy(asc(incidents.id))
    .limit(most)
    .offset((minute % rounds) * most)
  return rows.map(({ id }) => id)
}

export async function countOverdueIncidents(env: Env, olderThan: number): Promise<number> {
  return database(env).$count(incidents, isOverdue(olderThan))
}

const newestFirst = [desc(incidents.reportedAt), desc(incidents.id)]
/** The plus keeps SQLite from walking the index of all incidents in search of the few open ones. */
export const openNewestFirst = [sql`+${incidents.reportedAt} desc`, desc(incidents.id)]
const pendingFirst = sql`${incidents.status} = 'PENDING' desc`

/** Written as in the partial index `incidents_open`, which is used only then. */
export const isOpen = sql`${incidents.status} <> 'RESOLVED'`

function asksOnlyForOpen({ states }: IncidentQuery): boolean {
  return states !== undefined && states.length > 0 && !states.includes('RESOLVED')
}

function isOverdue(olderThan: number) {
  return and(isOpen, lt(incidents.nextDeadlineAt, new Date(olderThan)))
}

function matches({
  states,
  sources,
  policies,
  responders,
  priority,
  query,
  from,
  until,
}: IncidentQuery): SQL | undefined {
  const conditions: (SQL | undefined)[] = []
  if (states?.length) conditions.push(inArray(incidents.status, states))
  // A source's incidents are a range of the primary key.
  if (sources?.length)
    conditions.push(or(...sources.map((id) => between(incidents.id, incidentId(id, 0), incidentId(id + 1, 0) - 1))))
  if (policies?.length) conditions.push(sql`${incidents.policyId} in ${anyOf(policies)}`)
  if (responders?.length) {
    conditions.push(
      sql`exists (select 1 from json_each(${incidents.responderIds}) each where each.value in ${anyOf(responders)})`,
    )
  }
  if (priority) conditions.push(eq(incidents.priority, priority))
  if (query) {
    // D1 refuses LIKE patterns over 50 bytes.
    const contains = (column: SQL) => sql`instr(lower(${column}), lower(${query})) > 0`
    conditions.push(
      or(
        contains(sql`${incidents.summary}`),
        contains(sql`${incidents.reference}`),
        contains(sql`coalesce(${incidents.incidentKey}, '')`),
      ),
    )
  }
  if (from) conditions.push(gte(incidents.reportedAt, new Date(from)))
  if (until) conditions.push(lt(incidents.reportedAt, new Date(until)))
  return and(...conditions)
}

function upsert(db: Database, snapshot: IncidentSnapshot) {
  const { id, ...values } = {
    ...snapshot,
    reportedAt: new Date(snapshot.reportedAt),
    acceptedAt: instant(snapshot.acceptedAt),
    resolvedAt: instant(snapshot.resolvedAt),
    nextEscalationAt: instant(snapshot.nextEscalationAt),
    nextDeadlineAt: instant(snapshot.nextDeadlineAt),
  }
  // SQLite writes the entry of every index anew whose columns an update names, changed or not, and this never changes.
  const { reportedAt: _, ...changing } = values
  return db
    .insert(incidents)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: incidents.id, set: changing, setWhere: sql`excluded.version > ${incidents.version}` })
}

function instant(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
