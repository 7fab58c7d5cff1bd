import { overdueIncidents } from './directory/incidents.ts'
import { publishPending } from './directory/publish.ts'
import { onRound } from './directory/rounds.ts'
import type { Env } from './env.ts'
import { CONNECTIONS, inParallel } from './in-parallel.ts'
import { log } from './log.ts'
import { callOnce } from './objects.ts'

/** Alarms may be up to a minute late during a failover; what is later than this is poked. */
const OVERDUE_AFTER_MS = 90_000
const POKES_PER_RUN = 500
const PUBLICATIONS_PER_RUN = 100

/** Alert sources and Pagers visited each minute, in turn. */
const VISITS_PER_RUN = 50
const MINUTE_MS = 60_000

/**
 * Every minute: pokes incidents whose deadline passed without anything having happened, and repeats publications of
 * configuration that their objects have not confirmed. What the read model can't know (an incident promised and not open
 * yet, a notification that is due) is found by visiting alert sources and Pagers in turn.
 */
export async function watch(env: Env, now: number): Promise<void> {
  const overdue = await overdueIncidents(env, now - OVERDUE_AFTER_MS, POKES_PER_RUN)
  if (overdue.length > 0) log.warn('poking overdue incidents', { count: overdue.length })
  await inParallel(overdue, CONNECTIONS, (id) =>
    poke(id, (name) => callOnce(env.INCIDENT, name, (object) => object.poke())),
  )
  const { sources, users } = await onRound(env, Math.floor(now / MINUTE_MS), VISITS_PER_RUN)
  await inParallel(sources, CONNECTIONS, (id) =>
    poke(id, (name) => callOnce(env.ALERT_SOURCE, name, (object) => object.poke())),
  )
  await inParallel(users, CONNECTIONS, (id) => poke(id, (name) => callOnce(env.PAGER, name, (object) => object.poke())))
  await publishPending(env, PUBLICATIONS_PER_RUN)
}

async function poke(id: number, call: (name: string) => Promise<void>): Promise<void> {
  try {
    await call(String(id))
  } catch (error) {
    log.error('object not poked', { id, error })
  }
}
