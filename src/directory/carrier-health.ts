import { sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import type { ChannelName } from '../notifications/model.ts'
import { carriers } from '../notifications/providers/index.ts'
import { database } from './database.ts'
import { deliveryLog } from './schema.ts'

/** How one provider does on one channel, as its last messages say. */
export interface CarrierHealth {
  provider: string
  channel: ChannelName
  /** Epoch ms; null: not among what was looked at. */
  lastSuccessAt: number | null
  lastFailure: { at: number; reason: string | null } | null
  /** In the last 24 hours. */
  sent: number
  failed: number
  /** Taken, and reported as not arrived later. */
  undelivered: number
  /** Since the last success; null: the last one was taken. */
  failingSince: number | null
  failuresInARow: number
}

/** The log has no index but its order, so a look goes through the newest of it. */
const LOOKED_AT = 50_000
/** For the health check, which anybody may ask for. */
const LOOKED_AT_BRIEFLY = 5_000

const DAY_MS = 86_400_000
/** One number that does not exist is no trouble of its carrier. */
const FAILURES = 3
const FAILING_MS = 10 * 60_000

/** Every provider and channel that was used lately. What a carrier says later counts for itself: it did take the message. */
export function carrierHealth(env: Env, now: number): Promise<CarrierHealth[]> {
  return look(env, now, LOOKED_AT)
}

/** Carriers that are set up and take nothing any more, each in words. */
export async function carriersInTrouble(env: Env, now: number): Promise<{ message: string; since: number }[]> {
  const used = await look(env, now, LOOKED_AT_BRIEFLY)
  const known = new Set(
    carriers()
      .filter((carrier) => carrier.isConfigured(env))
      .map(({ name }) => name),
  )
  return used.flatMap((health) => {
    const { provider, channel, failingSince, failuresInARow, lastFailure } = health
    if (failingSince === null || !lastFailure || !known.has(provider)) return []
    const isLasting = failuresInARow >= FAILURES && now - failingSince >= FAILING_MS
    if (!isLasting || now - lastFailure.at > DAY_MS) return []
    const since = `${new Date(failingSince).toISOString().slice(11, 16)} UTC`
    const message = `${provider} has taken no ${channel} since ${since}: ${lastFailure.reason ?? 'it said no more'}`
    return [{ message, since: failingSince }]
  })
}

async function look(env: Env, now: number, most: number): Promise<CarrierHealth[]> {
  const since = now - DAY_MS
  const rows = await database(env).all<Row>(
    sql`with recent as (
        select * from ${deliveryLog} where id > (select max(id) from ${deliveryLog}) - ${most}
      ), good as (
        select provider, channel, max(id) as id from recent where outcome = 'sent' group by provider, channel
      ), used as (
        select r.provider, r.channel, g.id as goodId,
          max(case when r.outcome in ('failed', 'refused', 'undelivered') then r.id end) as badId,
          sum(r.at >= ${since} and r.outcome = 'sent') as sent,
          sum(r.at >= ${since} and r.outcome in ('failed', 'refused')) as failed,
          sum(r.at >= ${since} and r.outcome = 'undelivered') as undelivered,
          min(case when r.outcome in ('failed', 'refused') and r.id > coalesce(g.id, 0) then r.at end) as failingSince,
          sum(r.outcome in ('failed', 'refused') and r.id > coalesce(g.id, 0)) as failuresInARow
        from recent r left join good g on g.provider = r.provider and g.channel = r.channel
        group by r.provider, r.channel
      )
      select u.*, s.at as goodAt, f.at as badAt, f.reason as badReason from used u
        left join ${deliveryLog} s on s.id = u.goodId left join ${deliveryLog} f on f.id = u.badId
      order by u.provider, u.channel`,
  )
  return rows.map(({ goodAt, badAt, badReason, ...row }) => ({
    ...{ provider: row.provider, channel: row.channel, lastSuccessAt: goodAt },
    lastFailure: badAt === null ? null : { at: badAt, reason: badReason },
    ...{ sent: row.sent, failed: row.failed, undelivered: row.undelivered },
    ...{ failingSince: row.failingSince, failuresInARow: row.failuresInARow },
  }))
}

interface Row extends Omit<CarrierHealth, 'lastSuccessAt' | 'lastFailure'> {
  goodAt: number | null
  badAt: number | null
  badReason: string | null
}
