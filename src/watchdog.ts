import { pruneDeliveryLog } from './directory/delivery-log.ts'
import { knownVersions, openOnRound, overdueIncidents } from './directory/incidents.ts'
import { deliverPendingNotices } from './directory/notices.ts'
import { publishPending } from './directory/publish.ts'
import { onRound } from './directory/rounds.ts'
import { weeklyCheck } from './directory/schedules/weekly-check.ts'
import { selfTestRound } from './directory/self-test.ts'
import type { Env } from './env.ts'
import { CONNECTIONS, inParallel } from './in-parallel.ts'
import { log } from './log.ts'
import { callOnce } from './objects.ts'

/** Alarms may be up to a minute late during a failover; what is later than this is poked. */
const OVERDUE_AFTER_MS = 90_000
const POKES_PER_RUN = 500
const PUBLICATIONS_PER_RUN = 100
const NOTICES_PER_RUN = 100

/** Alert sources and Pagers visited each minute, in turn. */
const VISITS_PER_RUN = 50
const MINUTE_MS = 60_000

/** Open incidents compared with the read model each minute, in turn. */
const COMPARED_PER_RUN = 500

/**
 * Every minute: pokes incidents whose deadline passed without anything having happened, and repeats publications of
 * configuration and notices that their objects have not confirmed. Once a week it looks at what on-call is coming, once a day
 * it tries out whether messages get through.
 *
 * Then it makes its rounds, to find what the read model can't know: a promise that no alarm watches over, and a change that
 * a queue lost on its way into the read model.
 */
export async function watch(env: Env, now: number): Promise<void> {
  const overdue = await overdueIncidents(env, now - OVERDUE_AFTER_MS, POKES_PER_RUN)
  if (overdue.length > 0) log.warn('poking overdue incidents', { count: overdue.length })
  await inParallel(overdue, CONNECTIONS, (id) =>
    reach(id, (name) => callOnce(env.INCIDENT, name, (incident) => incident.poke())),
  )
  await publishPending(env, PUBLICATIONS_PER_RUN)
  await makeRounds(env, Math.floor(now / MINUTE_MS))
  await weeklyCheck(env, now)
  await deliverPendingNotices(env, NOTICES_PER_RUN)
  await selfTestRound(env, now)
  await pruneDeliveryLog(env, now)
}

async function makeRounds(env: Env, minute: number): Promise<void> {
  const { sources, users } = await onRound(env, minute, VISITS_PER_RUN)
  await inParallel(users, CONNECTIONS, (id) => reach(id, (name) => callOnce(env.PAGER, name, (pager) => pager.poke())))
  const ofSources = await inParallel(sources, CONNECTIONS, (id) =>
    reach(id, async (name) => {
      await callOnce(env.ALERT_SOURCE, name, (source) => source.poke())
      return callOnce(env.ALERT_SOURCE, name, (source) => source.openIncidents(COMPARED_PER_RUN))
    }),
  )
  const open = new Set([
    ...ofSources.flatMap((ids) => ids ?? []),
    ...(await openOnRound(env, minute, COMPARED_PER_RUN)),
  ])
  const compared = [...open].slice(0, 2 * COMPARED_PER_RUN)
  const versions = await knownVersions(env, compared)
  await inParallel(compared, CONNECTIONS, (id) =>
    reach(id, (name) => callOnce(env.INCIDENT, name, (incident) => incident.visit(versions.get(id) ?? 0))),
  )
}

/** One that can't be reached must not keep the watchdog from the others. */
async function reach<Result>(id: number, ask: (name: string) => Promise<Result>): Promise<Result | null> {
  try {
    return await ask(String(id))
  } catch (error) {
    log.error('object not reached by the watchdog', { id, error })
    return null
  }
}
