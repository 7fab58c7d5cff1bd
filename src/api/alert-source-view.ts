import { ANY_MAIL } from '../alert-sources/config.ts'
import type { HeartbeatSettings } from '../alert-sources/heartbeats/heartbeat.ts'
import { integrationKey } from '../alert-sources/integration-key.ts'
import { findIntegrationType, sourcePlace } from '../alert-sources/integration-types.ts'
import type { StoredSource } from '../directory/alert-sources.ts'
import { countOpenBySource } from '../directory/incidents.ts'
import { sourcesInMaintenance } from '../directory/sources-in-maintenance.ts'
import { publicUrl } from '../public-url.ts'
import type { Context } from './context.ts'
import { presentProcessing } from './processing-fields.ts'
import type { AlertSource } from './schemas/alert-source.ts'

export async function presentSource(c: Context, source: StoredSource): Promise<AlertSource> {
  const [presented] = await presentSources(c, [source])
  if (!presented) throw new Error('presentSources answers for every source')
  return presented
}

export async function presentSources(c: Context, sources: StoredSource[]): Promise<AlertSource[]> {
  const [open, inMaintenance] = await Promise.all([countOpenBySource(c.env), sourcesInMaintenance(c.env, Date.now())])
  return Promise.all(
    sources.map(async (source) => {
      const { origin, key } = await placeOf(c, source)
      return {
        id: source.id,
        name: source.name,
        shortName: source.shortName,
        integrationType: source.integrationType,
        escalationPolicy: source.policy,
        active: source.active,
        incidentCreation: source.incidentCreation,
        incidentGroupingWindow: source.groupingWindow,
        autoResolutionTimeout: source.autoResolutionTimeout,
        incidentPriorityRule: source.priorityRule,
        supportHours: source.hours,
        autoRaiseIncidents: source.autoRaise,
        resolveDelay: source.resolveDelay,
        eventsPerMinute: source.eventsPerMinute,
        maxOpenIncidents: source.maxOpenIncidents,
        ...presentProcessing(source),
        ...presentMail(source),
        sms: source.smsNumber
          ? { number: source.smsNumber, keyword: source.smsKeyword || null, allowedNumbers: source.smsAllowed }
          : null,
        heartbeat: source.heartbeat && presentHeartbeat(source.heartbeat),
        hasSigningSecret: source.signingSecret !== null,
        integrationKey: key,
        integrationUrl: (await integrationUrl(c, source)) ?? `${origin}/api/v1/events`,
        previousKeyValidUntil: stillAhead(source.previousKeyValidUntil)?.toISOString() ?? null,
        status:
          inMaintenance.has(source.id) && source.active ? 'IN_MAINTENANCE' : statusOf(source, open.get(source.id)),
        createdAt: source.createdAt.toISOString(),
        updatedAt: source.updatedAt.toISOString(),
      }
    }),
  )
}

/** Where the source's events go, for its set-up. */
export async function placeOf(c: Context, source: StoredSource) {
  const key = await integrationKey(c.env.SECRET, source.id, source.keyGeneration)
  const sms = source.smsNumber ? { number: source.smsNumber, keyword: source.smsKeyword || null } : null
  return sourcePlace(c.env, publicUrl(c.env, c.req.raw), key, sms)
}

/** Null: a setting is missing. */
async function integrationUrl(c: Context, source: StoredSource): Promise<string | null> {
  return findIntegrationType(source.integrationType)?.address(await placeOf(c, source)) ?? null
}

function presentMail({ mail }: StoredSource) {
  const { predicates, operator, resolvePredicates, resolveOperator, keyExtractor } = mail ?? ANY_MAIL
  return {
    emailPredicates: predicates,
    filterOperator: operator,
    emailResolvePredicates: resolvePredicates,
    resolveFilterOperator: resolveOperator,
    resolveKeyExtractor: keyExtractor,
  }
}

function presentHeartbeat({ schedule, graceMs, summary }: HeartbeatSettings): NonNullable<AlertSource['heartbeat']> {
  const byCron = schedule.type === 'cron'
  return {
    intervalSec: byCron ? null : schedule.intervalMs / 1000,
    cron: byCron ? schedule.expression : null,
    timezone: byCron ? schedule.timezone : null,
    graceSec: graceMs / 1000,
    summary,
  }
}

function stillAhead(at: Date | null): Date | null {
  return at && at.getTime() > Date.now() ? at : null
}

function statusOf(
  { active }: StoredSource,
  open: { pending: number; accepted: number } | undefined,
): AlertSource['status'] {
  if (!active) return 'DISABLED'
  if (open?.pending) return 'PENDING'
  return open?.accepted ? 'ALL_ACCEPTED' : 'ALL_RESOLVED'
}
