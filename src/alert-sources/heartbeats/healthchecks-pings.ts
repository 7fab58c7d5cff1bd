import { type Context, Hono } from 'hono'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import { type PingContent, RETRY_AFTER, SUCCESS, type TakenPing, takePing } from './take-ping.ts'

/**
 * The pinging API of Healthchecks, so that a job changes only the host in its command (https://healthchecks.io/docs/http_api/).
 * Its clients look at the status and some at the text, so both are as there.
 */
export const healthchecksPings = new Hono<{ Bindings: Env }>()

// HEAD is answered as GET, without the body.
healthchecksPings.on(['GET', 'POST'], ['/ping/:key', '/ping/:key/'], (c) => handle(c, SUCCESS))
healthchecksPings.on(['GET', 'POST'], ['/ping/:key/:signal', '/ping/:key/:signal/'], (c) => {
  const signal = c.req.param('signal') ?? ''
  if (signal === 'start' || signal === 'fail' || signal === 'log') return handle(c, { ...SUCCESS, kind: signal })
  if (!/^\d+$/.test(signal)) return say(c, 404, NO_SLUGS)
  const exitCode = Number(signal)
  if (exitCode > 255) return say(c, 400, 'invalid url format')
  return handle(c, { ...SUCCESS, kind: exitCode === 0 ? 'success' : 'fail', exitCode })
})
healthchecksPings.on(['GET', 'POST'], '/ping/:key/:slug/*', (c) => say(c, 404, NO_SLUGS))
// Not the dashboard's page, whose 200 would look like a ping that counted.
healthchecksPings.on(['GET', 'POST'], ['/ping', '/ping/'], (c) => say(c, 404, 'not found'))
healthchecksPings.all('/ping/*', (c) => {
  c.header('Allow', 'GET, HEAD, POST')
  return say(c, 405, 'method not allowed')
})

const NO_SLUGS =
  'not found: a heartbeat is pinged by its own key, as /ping/<key>; addresses with a slug are not known here'
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

async function handle(c: Context<{ Bindings: Env }>, content: PingContent): Promise<Response> {
  const runId = c.req.query('rid')
  if (runId !== undefined && !UUID.test(runId)) return say(c, 400, 'invalid uuid format')
  return answer(c, await takePing(c, c.req.param('key'), { ...content, runId: runId?.toLowerCase() ?? null }))
}

function answer(c: Context, taken: TakenPing): Response {
  c.header('Ping-Body-Limit', String(LIMITS.pingBodyBytes))
  if (taken.taken) return say(c, 200, 'OK')
  switch (taken.refusal) {
    case 'key':
      return say(c, 404, 'not found')
    case 'no-heartbeat':
      return say(c, 400, 'the key is that of an alert source that is no heartbeat')
    case 'rate':
      c.header('Retry-After', RETRY_AFTER.rate)
      return say(c, 429, 'more than 60 pings a minute')
    case 'unavailable':
      c.header('Retry-After', RETRY_AFTER.unavailable)
      return say(c, 503, 'the ping could not be kept: send it again')
  }
}

function say(c: Context, status: 200 | 400 | 404 | 405 | 429 | 503, text: string): Response {
  // Pages of any origin may ping: the key is all that it takes.
  c.header('Access-Control-Allow-Origin', '*')
  c.header('Cache-Control', 'no-store')
  return c.text(text, status)
}
