import { type Context, Hono } from 'hono'
import type { Env } from '../../env.ts'
import { healthchecksPings } from './healthchecks-pings.ts'
import { opsgeniePings } from './opsgenie-pings.ts'
import { RETRY_AFTER, SUCCESS, type TakenPing, takePing } from './take-ping.ts'

/** All addresses at which heartbeats are told that their job is well, each as its clients know it. */
export const pingDoor = new Hono<{ Bindings: Env }>()

pingDoor.route('/', healthchecksPings)
pingDoor.route('/', opsgeniePings)

/**
 * iLert's: any of the three methods counts (HEAD is answered as GET, without the body), and the answer is always 202.
 * `/pings/` is where its newer clients report.
 */
pingDoor.on(
  ['GET', 'POST'],
  ['/api/v1/heartbeats/:key', '/api/heartbeats/:key', '/api/pings/:key', '/api/v1/pings/:key'],
  async (c) => answer(c, await takePing(c, c.req.param('key'), SUCCESS)),
)

type Refused = Exclude<TakenPing, { taken: true }>['refusal']

function answer(c: Context, taken: TakenPing): Response {
  c.header('Cache-Control', 'no-store')
  if (taken.taken) return c.json({ responseCode: 'PING_TAKEN', state: taken.state }, 202)
  const { refusal } = taken
  if (refusal === 'rate' || refusal === 'unavailable') c.header('Retry-After', RETRY_AFTER[refusal])
  return c.json(REFUSED[refusal], REFUSED[refusal].status)
}

const REFUSED = {
  key: {
    status: 403,
    code: 'KEY_ERROR',
    message: 'The integration key is not valid. Copy it from the alert source; it may have been rotated or revoked.',
  },
  'no-heartbeat': {
    status: 400,
    code: 'NO_HEARTBEAT',
    message:
      'The key is that of an alert source that is no heartbeat. Create a source of the type HEARTBEAT and use its key.',
  },
  rate: {
    status: 429,
    code: 'TOO_MANY_REQUESTS',
    message: 'This heartbeat pings more than 60 times a minute. Its shortest interval is 25 seconds.',
  },
  unavailable: { status: 503, code: 'UNAVAILABLE', message: 'The ping could not be kept. Send it again.' },
} as const satisfies Record<Refused, { status: 400 | 403 | 429 | 503; code: string; message: string }>
