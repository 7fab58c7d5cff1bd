import type { HeartbeatView } from '../alert-sources/heartbeats/heartbeat.ts'
import { findSource } from '../directory/alert-sources.ts'
import { Refusal } from '../directory/refusal.ts'
import { call } from '../objects.ts'
import { json, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { type Heartbeat, heartbeat } from './schemas/heartbeat.ts'

const tags = ['Alert sources']

/** What a heartbeat source knows of its job. */
export const heartbeats = router()

heartbeats.openapi(
  route('signed-in', {
    ...{
      method: 'get',
      path: '/alert-sources/{id}/heartbeat',
      tags,
      summary: 'The state of a heartbeat, and its pings',
    },
    request: { params: idParam },
    responses: { 200: json(heartbeat, 'Its state now, and the last 100 pings') },
  }),
  async (c) => {
    const { id, name } = await findSource(c.env, c.req.valid('param').id)
    const view = await call(c.env.ALERT_SOURCE, String(id), (source) => source.heartbeat())
    if (!view) throw new Refusal('NOT_FOUND', `${name} is no heartbeat: its type is another`)
    return c.json(present(view), 200)
  },
)

function present({ state, lastPingAt, dueAt, runningSince, pings }: HeartbeatView): Heartbeat {
  return {
    state,
    lastPingAt: iso(lastPingAt),
    dueAt: iso(dueAt),
    runningSince: iso(runningSince),
    pings: pings.map(({ at, ...ping }) => ({ ...ping, timestamp: new Date(at).toISOString() })),
  }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
