import { Hono } from 'hono'
import { LIVE_FEED_NAME } from '../live.ts'
import type { ApiEnv } from './context.ts'
import { allow } from './permissions.ts'

/** The WebSocket on which open dashboards hear that something changed. */
export const live = new Hono<ApiEnv>()

live.get('/live', allow('signed-in'), (c) =>
  c.env.LIVE_FEED.getByName(LIVE_FEED_NAME).fetch(new Request('https://live-feed/ws', c.req.raw)),
)
