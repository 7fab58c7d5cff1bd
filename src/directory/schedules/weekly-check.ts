import { and, eq, lt, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import type { Notice } from '../../notifications/notice.ts'
import { DAY, HOUR, WEEK } from '../../on-call/wall-time.ts'
import { type Database, database } from '../database.ts'
import { pendingNotice } from '../notices.ts'
import { settings, users } from '../schema.ts'
import { gapTexts, type OnCallOutlook, onCallOutlook } from './on-call-outlook.ts'

const KEY = 'weeklyCheck'

/** 5 January 1970 was a Monday. */
const FIRST = 4 * DAY + 8 * HOUR

const LISTED = 10

/**
 * Mondays at 08:00 UTC, or as soon after as the watchdog runs: tells the administrators of gaps and of people whom nothing
 * wakes, in the 14 days to come. Nothing when all is well. Never throws, and what failed is tried again with the next run.
 */
export async function weeklyCheck(env: Env, now: number): Promise<void> {
  try {
    const dueAt = now - ((now - FIRST) % WEEK)
    const db = database(env)
    if (!(await isDue(db, dueAt))) return
    const outlook = await onCallOutlook(env, now)
    const isWell = outlook.schedules.length === 0 && outlook.unreachable.length === 0
    const administrators = isWell ? [] : await db.select().from(users).where(eq(users.role, 'ADMIN'))
    // Two runs at once may both come here: the notice has the same name then, and is told once.
    await db.batch([
      db
        .update(settings)
        .set({ value: dueAt })
        .where(and(eq(settings.key, KEY), lt(checkedFor, dueAt))),
      ...administrators.map(({ id }) => pendingNotice(db, id, noticeOf(outlook, dueAt))),
    ])
  } catch (error) {
    log.error('weekly check failed, will try again', { error })
  }
}

const checkedFor = sql<number>`cast(${settings.value} as integer)`

/** A new deployment is looked at when the next Monday comes: its first day is for setting it up. */
async function isDue(db: Database, dueAt: number): Promise<boolean> {
  const [known] = await db.select({ checkedFor }).from(settings).where(eq(settings.key, KEY))
  if (known) return known.checkedFor < dueAt
  await db.insert(settings).values({ key: KEY, value: dueAt }).onConflictDoNothing()
  return false
}

function noticeOf({ schedules, unreachable }: OnCallOutlook, dueAt: number): Notice {
  const gaps = schedules.flatMap(gapTexts)
  const found = [
    ...(gaps.length > 0 ? [`${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}`] : []),
    ...(unreachable.length > 0
      ? [`${unreachable.length} ${unreachable.length === 1 ? 'person' : 'people'} without phone or push`]
      : []),
  ]
  return {
    id: `weekly-check-${new Date(dueAt).toISOString().slice(0, 10)}`,
    title: `On call in the next 14 days: ${found.join(', ')}`,
    text: [
      ...list('Nobody is on call:', gaps),
      ...list(
        'Neither a phone nor push reaches:',
        unreachable.map(({ name }) => name),
      ),
    ].join('\n'),
    path: '/schedules',
    expiresAt: dueAt + WEEK,
  }
}

function list(heading: string, lines: string[]): string[] {
  if (lines.length === 0) return []
  const more = lines.length - LISTED
  return [heading, ...lines.slice(0, LISTED).map((line) => `- ${line}`), ...(more > 0 ? [`- and ${more} more`] : [])]
}
