import { asc, desc, lt } from 'drizzle-orm'
import type { Health } from '../api/schemas/health.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { CHANNEL_NAMES } from '../notifications/channels/index.ts'
import { phoneCountries } from '../notifications/phone-countries.ts'
import { providersFor } from '../notifications/providers/index.ts'
import { minuteOf, troubleOf } from '../notifications/self-test.ts'
import { recentCap } from './caps.ts'
import { carriersInTrouble } from './carrier-health.ts'
import { database } from './database.ts'
import { recentDeadLetters } from './dead-letters.ts'
import { countOverdueIncidents } from './incidents.ts'
import { gapTexts, type OnCallOutlook, onCallOutlook } from './schedules/on-call-outlook.ts'
import { pendingPublications } from './schema.ts'
import { loadSelfTest } from './self-test.ts'
import { brokenContacts } from './users/contact-faults.ts'

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
    const [outlook, broken] = await Promise.all([onCallOutlook(env, now), brokenContacts(env)])
    return [gaps(outlook), reachability(outlook), whoseContactsAreBroken(broken)]
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

function whoseContactsAreBroken(broken: Awaited<ReturnType<typeof brokenContacts>>): Check {
  const names = [...new Map(broken.map(({ user }) => [user.id, user.name])).values()]
  const listed = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`
  return {
    name: 'broken contacts',
    ok: names.length === 0,
    count: names.length,
    message:
      names.length === 0
        ? 'Carriers know of no contact that nothing arrives at'
        : `Carriers say that nothing arrives at a contact of ${listed}. It is still tried; their profile says why: correct the contact`,
  }
}

async function checkEverything(env: Env, now: number): Promise<Check[]> {
  const [overdue, publications, letters, carrying, spending, testing] = await Promise.all([
    countOverdueIncidents(env, now - OVERDUE_AFTER_MS),
    latePublications(env, now - PENDING_AFTER_MS),
    recentDeadLetters(env, new Date(now - DEAD_LETTERS_SHOWN_MS)),
    carriers(env, now),
    caps(env, now),
    selfTest(env, now),
  ])
  return [
    { name: 'database', ok: true, message: 'The database answers' },
    carrying,
    spending,
    testing,
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
async function carriers(env: Env, now: number): Promise<Check> {
  // Telegram is for who wants it: nobody can choose it where it is not set up.
  const missing = CHANNEL_NAMES.filter((channel) => channel !== 'TELEGRAM' && providersFor(channel, env).length === 0)
  const failing = await carriersInTrouble(env, now)
  const [first] = failing
  const wrong = [
    ...failing.map(({ message }) => message),
    ...(missing.length > 0
      ? [`Nothing carries ${missing.join(', ')}: set up a provider, or nobody is reached there`]
      : []),
  ]
  return {
    name: 'carriers',
    ok: wrong.length === 0,
    count: wrong.length,
    ...(first && { since: new Date(Math.min(...failing.map(({ since }) => since))).toISOString() }),
    message: wrong.length > 0 ? wrong.join('. ') : 'Every channel has a provider, and none refuses everything',
  }
}

async function caps(env: Env, now: number): Promise<Check> {
  const reached = await recentCap(env, now)
  const unknown = phoneCountries(env)?.filter((code) => !/^[A-Z]{2}$/.test(code)) ?? []
  const wrong = [
    ...(reached ? [`${reached.message}. Find out in the delivery log what sends so much, or raise the cap`] : []),
    ...(unknown.length > 0
      ? [`PHONE_COUNTRIES names ${unknown.join(', ')}: write countries as two letters, such as DE`]
      : []),
  ]
  return {
    name: 'caps',
    ok: wrong.length === 0,
    ...(reached && { since: new Date(reached.at).toISOString() }),
    message: wrong.length > 0 ? wrong.join('. ') : 'No cap on texts and calls was reached in the last 24 hours',
  }
}

const RUN_WORDS = { pending: 'is under way', sent: 'was sent', delivered: 'was delivered', failed: 'failed' }

async function selfTest(env: Env, now: number): Promise<Check> {
  const { test, run } = await loadSelfTest(env)
  const trouble = test && troubleOf(test, run, now)
  const last = run ? `the last one, of ${minuteOf(run.startedAt)}, ${RUN_WORDS[run.outcome]}` : 'none ran yet'
  return {
    name: 'self-test',
    ok: !trouble,
    message:
      trouble ||
      (test
        ? `A test message goes out each day: ${last}`
        : 'There is no daily test message. Choose in the settings whom it is sent to, and a broken carrier is known before it is needed'),
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
