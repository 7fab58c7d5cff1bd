import type { NoticeFate } from '../../durable-objects/pager-notices.ts'
import type { ChannelName } from './model.ts'
import type { Notice } from './notice.ts'

/**
 * A message that the deployment sends each day, so that a broken carrier is known before the night in which it is needed.
 * Pure: when one is due, and what became of it.
 */
export interface SelfTest {
  userId: number
  /** Null: PUSH, to all of the user's devices. */
  contactId: number | null
  method: ChannelName
  /** Of the day in UTC, 0 to 23. */
  hour: number
  /** When this was set, epoch ms: the first one is due at the first such hour after it. */
  since: number
}

export interface SelfTestRun {
  /** The day that it is the test of, such as 2026-11-24: there is one of each. */
  day: string
  /** Of its notice. */
  id: string
  /** Whom it asks, as it was set up then. */
  userId: number
  startedAt: number
  outcome: 'pending' | 'sent' | 'delivered' | 'failed'
  reason: string | null
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A day, and time to be late. */
export const RUN_AT_LEAST_EVERY_MS = 26 * HOUR_MS
export const PENDING_AT_MOST_MS = 10 * 60_000
/** Carriers say later whether it arrived. */
const FOLLOWED_MS = HOUR_MS

/** The day whose test should have begun by `now`; null: none yet. */
export function dayDue({ hour, since }: SelfTest, now: number): string | null {
  const today = now - (now % DAY_MS)
  const dueAt = today + hour * HOUR_MS <= now ? today + hour * HOUR_MS : today - DAY_MS + hour * HOUR_MS
  return dueAt > since ? dayOf(dueAt) : null
}

export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

export function noticeOf({ id, day, startedAt }: SelfTestRun): Notice & { followed: true } {
  return {
    id,
    title: "Tocsin's daily test: nothing to do",
    text: `Messages of ${day} get through this way. Should this one stop coming, see Settings.`,
    path: '/settings',
    followed: true,
    expiresAt: startedAt + 2 * PENDING_AT_MOST_MS,
  }
}

/** Whether there may still be something to hear of it. */
export function isFollowed({ outcome, startedAt }: SelfTestRun, now: number): boolean {
  return (outcome === 'pending' || outcome === 'sent') && now - startedAt < FOLLOWED_MS
}

/** The run, as its message has fared. */
export function read(run: SelfTestRun, { status, said }: NoticeFate): SelfTestRun {
  if (said?.outcome === 'delivered') return { ...run, outcome: 'delivered', reason: null }
  if (said?.outcome === 'undelivered') return { ...run, outcome: 'failed', reason: said.reason ?? 'it did not arrive' }
  if (said?.outcome === 'sent') return { ...run, outcome: 'sent', reason: null }
  if (status === 'failed') return { ...run, outcome: 'failed', reason: said?.reason ?? 'it was lost on its way' }
  if (status === 'withdrawn')
    return { ...run, outcome: 'failed', reason: `it did not go out in time${said?.reason ? `: ${said.reason}` : ''}` }
  return { ...run, reason: said?.reason ?? null }
}

/** What is wrong, in words that say what to do; null: all is well. */
export function troubleOf(test: SelfTest, run: SelfTestRun | null, now: number): string | null {
  // What ran before it was set up like this says nothing of it.
  const last = run && run.startedAt >= test.since ? run : null
  const latest = Math.max(last?.startedAt ?? 0, test.since)
  if (now - latest > RUN_AT_LEAST_EVERY_MS)
    return `No daily test has run since ${minuteOf(latest)}. Check that the cron trigger runs`
  if (last?.outcome === 'failed')
    return `The test of ${minuteOf(last.startedAt)} by ${test.method} failed: ${last.reason}. See to its carrier or contact, then run it again in the settings`
  if (last?.outcome === 'pending' && now - last.startedAt > PENDING_AT_MOST_MS)
    return `The test of ${minuteOf(last.startedAt)} by ${test.method} is not out yet${last.reason ? `: ${last.reason}` : ': look at the queue tocsin-notifications and in the logs'}`
  return null
}

/** 2026-11-24 12:04 UTC */
export function minuteOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
