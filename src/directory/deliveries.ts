import { type SQL, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import type { ChannelName } from '../notifications/model.ts'
import { database } from './database.ts'
import { deliveryLog, formerUsers, incidents, users } from './schema.ts'

export type Outcome = typeof deliveryLog.$inferSelect.outcome

/** Absent: all. */
export interface DeliveryFilter {
  userId?: number
  channel?: ChannelName
  provider?: string
  outcome?: Outcome
  incidentId?: number
  /** Epoch ms: from then on, and before. */
  from?: number
  until?: number
  /** In the reason, or in the masked address. */
  text?: string
}

export interface LoggedDelivery {
  id: number
  at: number
  userId: number
  userName: string | null
  incidentId: number | null
  reference: string | null
  summary: string | null
  channel: ChannelName
  target: string
  provider: string
  outcome: Outcome
  reason: string | null
  durationMs: number | null
}

/** The log has no index but its order, so that writing stays cheap: a look goes through this many entries at most. */
const LOOKED_AT = 50_000

/**
 * Newest first.
 *
 * @param before only entries older than the one with this id; null: from the newest on
 * @returns `next`: where to look further back; null: there is nothing older. A page may have few entries, or none, and
 *   still say where to go on: it has looked through as much as one look may.
 */
export async function deliveries(
  env: Env,
  filter: DeliveryFilter,
  before: number | null,
  limit: number,
): Promise<{ entries: LoggedDelivery[]; next: number | null }> {
  const db = database(env)
  const [ends] = await db.all<{ first: number | null; last: number | null }>(
    sql`select min(id) as first, max(id) as last from ${deliveryLog}`,
  )
  if (!ends || ends.first === null || ends.last === null) return { entries: [], next: null }
  const top = Math.min(before ?? ends.last + 1, ends.last + 1)
  const bottom = Math.max(ends.first, top - LOOKED_AT)
  const entries = await db.all<LoggedDelivery>(
    sql`select d.id, d.at, d.user_id as userId, coalesce(u.name, f.name) as userName, d.incident_id as incidentId,
        i.reference, i.summary, d.channel, d.target, d.provider, d.outcome, d.reason, d.duration_ms as durationMs
      from ${deliveryLog} d
      left join ${users} u on u.id = d.user_id
      left join ${formerUsers} f on f.id = d.user_id
      left join ${incidents} i on i.id = d.incident_id
      where d.id < ${top} and d.id >= ${bottom}${conditions(filter)}
      order by d.id desc limit ${limit}`,
  )
  const oldest = entries.at(-1)
  const lookedDownTo = entries.length === limit && oldest ? oldest.id : bottom
  return { entries, next: lookedDownTo > ends.first ? lookedDownTo : null }
}

function conditions(filter: DeliveryFilter): SQL {
  const { userId, channel, provider, outcome, incidentId, from, until, text } = filter
  return sql.join([
    ...(userId === undefined ? [] : [sql` and d.user_id = ${userId}`]),
    ...(channel === undefined ? [] : [sql` and d.channel = ${channel}`]),
    ...(provider === undefined ? [] : [sql` and d.provider = ${provider}`]),
    ...(outcome === undefined ? [] : [sql` and d.outcome = ${outcome}`]),
    ...(incidentId === undefined ? [] : [sql` and d.incident_id = ${incidentId}`]),
    ...(from === undefined ? [] : [sql` and d.at >= ${from}`]),
    ...(until === undefined ? [] : [sql` and d.at < ${until}`]),
    ...(text === undefined
      ? []
      : [sql` and instr(lower(coalesce(d.reason, '') || char(10) || d.target), lower(${text})) > 0`]),
  ])
}
