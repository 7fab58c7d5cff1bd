import { asc, desc, lt } from 'drizzle-orm'
import type { Health } from '../api/schemas/health.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { CHANNEL_NAMES } from '../notifications/channels/index.ts'
import { providersFor } from '../notifications/providers/index.ts'
import { database } from './database.ts'
import { recentDeadLetters } from './dead-letters.ts'
import { countOverdueIncidents } from './incidents.ts'
import { gapTexts, type OnCallOutlook, onCallOutlook } from './schedules/on-call-outlook.ts'
import { pendingPublications } from './schema.ts'

type Check = Health['checks'][number]

/** The watchdog comes every minute: what is still overdue after two of its rounds, it could not mend. */
const OVERDUE_AFTER_MS = 150_000
const PENDING_AFTER_MS = 120_000
const DEAD_LETTERS_SHOWN_MS = 86_400_000

/** What is overdue or failing at `now`, in words that say what to do. Never throws. */
export async function health(env: Env, now: number): Promise<Health> {
  const checks = await checkEverything(env, now).catch((error: unknown): Check[] => {
    log.error('health could not ask the database', { error })
    return [
      {
        name: 'database',
        ok: false,
        message:
          'The database (D1) does not answer. Events are still accepted and people are still paged with the last known configuration; changes and lists wait. Look at the status of Cloudflare and at the deployment’s logs',
      },
    ]
  })
  return { status: checks.every(({ ok }) => ok) ? 'OK' : 'DEGRADED', checks }
}

/**
 * What threatens on-call in the days to come, in words that say what to do. It is for people to plan and no fault of the
 * deployment, so its state does not depend on it. Never throws.
 */
export async function onCallHealth(env: Env, now: number): Promise<Check[]> {
  try {
    const outlook = await onCallOutlook(env, now)
    return [gaps(outlook), reachability(outlook)]
  } catch (error) {
    log.error('health could not look at who is on call', { error })
    return []
  }
}

function gaps({ schedules }: OnCallOutlook): Check {
  const [first, ...more] = schedules.flatMap(gapTexts)
  return {
    name: 'on-call gaps',
    ok: first === undefined,
    count: first === undefined ? 0 : 1 + more.length,
    message:
      first === undefined
        ? 'In every schedule that a policy names, somebody is on call for the next 14 days'
        : `Nobody is on call: ${first}${more.length > 0 ? ` and ${more.length} more times in the next 14 days` : ''}. Make an override or change the layers; where it is meant to be so, let the schedule not show its gaps`,
  }
}

function reachability({ unreachable }: OnCallOutlook): Check {
  const names = unreachable.map(({ name }) => name)
  const listed = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`
  return {
    name: 'reachability',
    ok: names.length === 0,
    count: names.length,
    message:
      names.length === 0
        ? 'Whoever is on call in the next 14 days has a phone number or push'
        : `No phone and no push reaches ${listed}, who may be paged in the next 14 days. Add one to their notification preferences: a mail wakes nobody`,
  }
}

async function checkEverything(env: Env, now: number): Promise<Check[]> {
  const [overdue, publications, letters] = await Promise.all([
    countOverdueIncidents(env, now - OVERDUE_AFTER_MS),
    latePublications(env, now - PENDING_AFTER_MS),
    recentDeadLetters(env, new Date(now - DEAD_LETTERS_SHOWN_MS)),
  ])
  return [
    { name: 'database', ok: true, message: 'The database answers' },
    carriers(env),
    address(env),
    {
      name: 'overdue incidents',
      ok: overdue === 0,
      count: overdue,
      message:
        overdue === 0
          ? 'No incident waits past its time'
          : `${overdue} open incidents should have escalated or changed by now. Check that the cron trigger runs (it wakes them every minute) and look in the logs for errors of their objects`,
    },
    {
      name: 'configuration',
      ok: publications.count === 0,
      count: publications.count,
      since: publications.since?.toISOString() ?? null,
      message:
        publications.count === 0
          ? 'Every alert source and every pager has its newest configuration'
          : `${publications.count} objects still work with an older configuration. It is tried again every minute; last error: ${publications.lastError ?? 'not tried yet, check that the cron trigger runs'}`,
    },
    {
      name: 'dead letters',
      ok: letters.count === 0,
      count: letters.count,
      since: letters.last?.toISOString() ?? null,
      message:
        letters.count === 0
          ? 'No queue message was given up in the last 24 hours'
          : `${letters.count} queue messages were given up in the last 24 hours. The table dead_letters has them; the logs around the given time say why`,
    },
  ]
}

/** A channel that nothing carries fails every page that counts on it, and that is better known before the first night. */
function carriers(env: Env): Check {
  const missing = CHANNEL_NAMES.filter((channel) => providersFor(channel, env).length === 0)
  return {
    name: 'carriers',
    ok: missing.length === 0,
    count: missing.length,
    message:
      missing.length === 0
        ? 'Every channel has a provider'
        : `Nothing carries ${missing.join(', ')}: set up a provider, or nobody is reached there`,
  }
}

/** Without it, what leaves the deployment has no link that works outside. */
function address(env: Env): Check {
  const ok = env.PUBLIC_URL !== ''
  const message = ok
    ? 'Links in messages lead to PUBLIC_URL'
    : 'PUBLIC_URL is not set: links in mails lead nowhere. Set it in wrangler.toml'
  return { name: 'address', ok, message }
}

async function latePublications(env: Env, before: number) {
  const late = lt(pendingPublications.since, new Date(before))
  const db = database(env)
  const [total, [oldest]] = await Promise.all([
    db.$count(pendingPublications, late),
    db
      .select()
      .from(pendingPublications)
      .where(late)
      .orderBy(desc(pendingPublications.attempts), asc(pendingPublications.since))
      .limit(1),
  ])
  return { count: total, since: oldest?.since ?? null, lastError: oldest?.lastError ?? null }
}
