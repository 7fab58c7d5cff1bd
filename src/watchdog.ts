import { overdueIncidents } from './directory/incidents.ts'
import { publishPending } from './directory/publish.ts'
import type { Env } from './env.ts'
import { log } from './log.ts'
import { call } from './objects.ts'

/** Alarms may be up to a minute late during a failover; what is later than this is poked. */
const OVERDUE_AFTER_MS = 90_000
const POKES_PER_RUN = 500
/** A Worker may have six calls under way at once. */
const AT_ONCE = 6
const PUBLICATIONS_PER_RUN = 100

/**
 * Every minute: pokes incidents whose deadline passed without anything having happened, and repeats publications of
 * configuration that their objects have not confirmed.
 */
export async function watch(env: Env, now: number): Promise<void> {
  const overdue = await overdueIncidents(env, now - OVERDUE_AFTER_MS, POKES_PER_RUN)
  if (overdue.length > 0) log.warn('poking overdue incidents', { count: overdue.length })
  for (let from = 0; from < overdue.length; from += AT_ONCE) {
    await Promise.all(overdue.slice(from, from + AT_ONCE).map((id) => poke(env, id)))
  }
  await publishPending(env, PUBLICATIONS_PER_RUN)
}

async function poke(env: Env, incidentId: number): Promise<void> {
  try {
    await call(env.INCIDENT, String(incidentId), (incident) => incident.poke())
  } catch (error) {
    log.error('overdue incident not poked', { incidentId, error })
  }
}
