import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { log, reasonOf } from '../log.ts'
import type { NoticeTarget } from '../notifications/model.ts'
import {
  dayDue,
  dayOf,
  isFollowed,
  noticeOf,
  read,
  type SelfTest,
  type SelfTestRun,
} from '../notifications/self-test.ts'
import { call } from '../objects.ts'
import { database } from './database.ts'
import { Refusal } from './refusal.ts'
import { contacts, settings, users } from './schema.ts'
import { checkContact } from './users/contact-of-method.ts'

const TEST = 'selfTest'
const RESULT = 'selfTestResult'

export interface StoredSelfTest {
  test: SelfTest | null
  /** The last one; null: none ran. */
  run: SelfTestRun | null
}

export async function loadSelfTest(env: Env): Promise<StoredSelfTest> {
  const rows = await database(env)
    .select()
    .from(settings)
    .where(inArray(settings.key, [TEST, RESULT]))
  const stored = (key: string) => rows.find((row) => row.key === key)?.value ?? null
  return { test: stored(TEST) as SelfTest | null, run: stored(RESULT) as SelfTestRun | null }
}

/** @param test null: none any more */
export async function saveSelfTest(env: Env, test: Omit<SelfTest, 'since'> | null): Promise<void> {
  const db = database(env)
  if (!test) {
    await db.delete(settings).where(inArray(settings.key, [TEST, RESULT]))
    return
  }
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.id, test.userId))
  if (!user) throw new Refusal('BAD_REQUEST', `There is no user ${test.userId}`, 'user.id')
  await checkContact(env, test.userId, test)
  const value = { ...test, since: Date.now() } satisfies SelfTest
  await db
    .insert(settings)
    .values({ key: TEST, value })
    .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value`, updatedAt: new Date() } })
}

/** Each minute: begins the day's test once its hour has come, and asks what became of it. Never throws. */
export async function selfTestRound(env: Env, now: number): Promise<void> {
  try {
    const { test, run } = await loadSelfTest(env)
    if (!test) return
    const day = dayDue(test, now)
    if (day !== null && (run === null || run.day < day)) await begin(env, test, day, `self-test-${day}`, now)
    else if (run && isFollowed(run, now)) await follow(env, test, run)
  } catch (error) {
    log.error('self-test not looked at, will try again', { error })
  }
}

/** One at once, besides those of each day. */
export async function runSelfTest(env: Env): Promise<void> {
  const { test, run } = await loadSelfTest(env)
  if (!test) throw new Refusal('NOT_POSSIBLE', 'Choose first whom the daily test is sent to')
  const now = Date.now()
  const begun = runOf(test, run?.day ?? '', `self-test-${dayOf(now)}-${now}`, now)
  await save(env, begun, sql`true`)
  await send(env, test, begun)
}

/** Of rounds that overlap, one writes the day, and only that one sends. */
async function begin(env: Env, test: SelfTest, day: string, id: string, now: number): Promise<void> {
  const run = runOf(test, day, id, now)
  if (await save(env, run, sql`json_extract(${settings.value}, '$.day') < ${day}`)) await send(env, test, run)
}

function runOf({ userId }: SelfTest, day: string, id: string, now: number): SelfTestRun {
  return { ...{ day, id, userId, startedAt: now }, outcome: 'pending', reason: null }
}

/** Told again where its Pager does not know of it: what was claimed and not handed over, because the round was cut short. */
async function follow(env: Env, test: SelfTest, run: SelfTestRun): Promise<void> {
  const fate = await call(env.PAGER, String(run.userId), (pager) => pager.fateOf(run.id))
  if (!fate) {
    if (run.outcome === 'pending' && run.userId === test.userId) await send(env, test, run)
    return
  }
  await settle(env, run, read(run, fate))
}

async function send(env: Env, test: SelfTest, run: SelfTestRun): Promise<void> {
  const target = await targetOf(env, test)
  if (typeof target === 'string') return settle(env, run, { ...run, outcome: 'failed', reason: target })
  try {
    await call(env.PAGER, String(test.userId), (pager) => pager.tryContact(noticeOf(run), target))
  } catch (error) {
    log.warn('self-test not handed over, will try again', { error })
    await settle(env, run, { ...run, reason: `the user’s pager did not answer (${reasonOf(error)})` })
  }
}

/** Where to, or in words why nowhere: contacts change after the test was set up. */
async function targetOf(env: Env, { userId, contactId, method }: SelfTest): Promise<NoticeTarget | string> {
  if (contactId === null) return { channel: method, target: '' }
  const [contact] = await database(env)
    .select({ target: contacts.target, status: contacts.status })
    .from(contacts)
    .where(and(eq(contacts.id, contactId), eq(contacts.userId, userId)))
  if (!contact) return 'its contact was deleted: choose another one'
  if (contact.status !== 'OK' || contact.target === '') return 'its contact is not verified yet'
  return { channel: method, target: contact.target }
}

/** Written only where something has changed, and while this is still the last run. */
async function settle(env: Env, before: SelfTestRun, after: SelfTestRun): Promise<void> {
  if (before.outcome === after.outcome && before.reason === after.reason) return
  await save(env, after, sql`json_extract(${settings.value}, '$.id') = ${after.id}`)
}

/** @returns whether it was written: where there is one already, only if the condition holds of that */
async function save(env: Env, run: SelfTestRun, condition: ReturnType<typeof sql>): Promise<boolean> {
  const written = await database(env)
    .insert(settings)
    .values({ key: RESULT, value: run })
    .onConflictDoUpdate({
      target: settings.key,
      set: { value: sql`excluded.value`, updatedAt: new Date() },
      setWhere: condition,
    })
    .returning({ key: settings.key })
  return written.length > 0
}
