import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { headerKey } from '../doors/credential.ts'
import { RETRY_AFTER, SUCCESS, takePing } from './take-ping.ts'

/**
 * Opsgenie's heartbeat ping (https://docs.opsgenie.com/docs/heartbeat-api-part-2). There one key pings any heartbeat by
 * its name; here the key is the heartbeat's own, and the name is for people.
 */
export const opsgeniePings = new Hono<{ Bindings: Env }>()

opsgeniePings.on(['GET', 'POST', 'PUT', 'PATCH'], '/v2/heartbeats/:name/ping', async (c) => {
  const taken = await takePing(c, headerKey(c, ['GenieKey']) ?? c.req.query('apiKey'), SUCCESS)
  // A key that is good for other things pings nothing: Opsgenie answers the same to a name that does not exist.
  if (taken.taken || taken.refusal === 'no-heartbeat') {
    return c.json({ result: 'PONG - Heartbeat received', ...request() }, 202)
  }
  switch (taken.refusal) {
    case 'key':
      return c.json({ message: 'Could not authenticate', ...request() }, 401)
    case 'rate':
      c.header('Retry-After', RETRY_AFTER.rate)
      c.header('X-RateLimit-State', 'THROTTLED')
      c.header('X-RateLimit-Reason', 'HEARTBEAT')
      return c.json({ message: 'This heartbeat pings more than 60 times a minute', ...request() }, 429)
    case 'unavailable':
      c.header('Retry-After', RETRY_AFTER.unavailable)
      return c.json({ message: 'The ping could not be kept: send it again', ...request() }, 503)
  }
})

function request() {
  return { took: 0, requestId: crypto.randomUUID() }
}
