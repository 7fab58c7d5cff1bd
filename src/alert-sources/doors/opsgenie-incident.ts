import { and, between, desc, eq, sql } from 'drizzle-orm'
import { database } from '../../directory/database.ts'
import type { StoredIncident } from '../../directory/incidents.ts'
import { alertSources, incidents } from '../../directory/schema.ts'
import type { Env } from '../../env.ts'
import { incidentId, incidentNumber } from '../../incidents/reference.ts'
import type { KeyClaims } from '../key-format.ts'

/** Opsgenie's ways to name an alert. Here the id is the alias, and the tiny id the incident's number. */
export type IdentifierType = 'id' | 'alias' | 'tiny'

/**
 * The incident that an alert's identifier names, from the read model, which is a moment behind. Of those with the same
 * alias the open one, else the newest. Null: there is none, or the key is not taken any more.
 */
export async function findIncident(
  env: Env,
  { sourceId, generation }: KeyClaims,
  identifier: string,
  type: IdentifierType,
): Promise<StoredIncident | null> {
  const number = type === 'tiny' ? Number(identifier) : 0
  if (!Number.isSafeInteger(number) || number < 0 || number >= 2 ** 32) return null
  const [found] = await database(env)
    .select({ incident: incidents, source: alertSources })
    .from(incidents)
    .innerJoin(alertSources, eq(alertSources.id, sourceId))
    .where(
      type === 'tiny'
        ? eq(incidents.id, incidentId(sourceId, number))
        : and(
            between(incidents.id, incidentId(sourceId, 0), incidentId(sourceId + 1, 0) - 1),
            eq(sql`lower(${incidents.incidentKey})`, sql`lower(${identifier.trim()})`),
          ),
    )
    .orderBy(sql`${incidents.status} = 'RESOLVED'`, desc(incidents.id))
    .limit(1)
  if (!found) return null
  const { keyGeneration, previousKeyValidUntil } = found.source
  const isPrevious = generation === keyGeneration - 1 && (previousKeyValidUntil?.getTime() ?? 0) > Date.now()
  return generation === keyGeneration || isPrevious ? found.incident : null
}

/** As Opsgenie shows an alert, as far as there is the like here. */
export function alertOf(incident: StoredIncident) {
  const alias = incident.incidentKey ?? incident.reference
  const { reportedAt, acceptedAt, resolvedAt } = incident
  return {
    id: alias,
    tinyId: String(incidentNumber(incident.id).number),
    alias,
    message: incident.summary,
    status: incident.status === 'RESOLVED' ? 'closed' : 'open',
    acknowledged: incident.status === 'ACCEPTED',
    isSeen: incident.status !== 'PENDING',
    snoozed: false,
    tags: [],
    count: incident.eventCount,
    createdAt: reportedAt.toISOString(),
    updatedAt: (resolvedAt ?? acceptedAt ?? reportedAt).toISOString(),
    source: incident.sourceName,
    owner: incident.assignedToName ?? '',
    priority: `P${incident.severity ?? 3}`,
  }
}
