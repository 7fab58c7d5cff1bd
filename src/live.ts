import type { Env } from './env.ts'

/** What open dashboards hear. They refetch; nothing secret travels here. */
export type LiveChange =
  | { type: 'incident'; id: number; version: number }
  | { type: 'incidents' }
  | { type: 'alert-source'; id: number }
  | { type: 'sandbox' }

/** The name of the one object that fans changes out. */
export const LIVE_FEED_NAME = 'live'

/** Tells every open dashboard. Never throws: what nobody hears is seen at the next refetch. */
export async function publishLive(env: Env, change: LiveChange): Promise<void> {
  try {
    await env.LIVE_FEED.getByName(LIVE_FEED_NAME).publish(change)
  } catch {
    // Nothing depends on it, and a busy feed must not slow the event path with retries.
  }
}
