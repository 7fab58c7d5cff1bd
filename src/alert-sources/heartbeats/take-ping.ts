import type { Context } from 'hono'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { call } from '../../objects.ts'
import { verifyIntegrationKey } from '../integration-key.ts'
import type { Ping } from './heartbeat.ts'
import type { PingResult } from './ping.ts'
import { readPingBody } from './ping-body.ts'

export type PingContent = Pick<Ping, 'kind' | 'runId' | 'exitCode'>

export type TakenPing = PingResult | { taken: false; refusal: 'unavailable' }

/** A success that tells no more than that. */
export const SUCCESS: PingContent = { kind: 'success', runId: null, exitCode: null }

/**
 * Hands a ping to the source of `key`. Unlike an event, one that can't be handed over is not queued: taken later it would
 * say that the job is well when it may not be, so the sender is asked to say it again.
 *
 * Repeated after a passing fault: a ping that counts twice changes nothing.
 */
export async function takePing(
  c: Context<{ Bindings: Env }>,
  key: string | null | undefined,
  content: PingContent,
): Promise<TakenPing> {
  const claims = key ? await verifyIntegrationKey(c.env.SECRET, key) : null
  if (!claims) return { taken: false, refusal: 'key' }
  const ping: Ping = {
    ...content,
    at: Date.now(),
    body: await readPingBody(c.req.raw),
    method: c.req.raw.method,
    userAgent: c.req.header('User-Agent') ?? null,
  }
  const context = { keyGeneration: claims.generation, receivedAt: ping.at }
  try {
    return await call(c.env.ALERT_SOURCE, String(claims.sourceId), (source) => source.ping(ping, context))
  } catch (error) {
    log.error('ping not taken', { sourceId: claims.sourceId, error })
    return { taken: false, refusal: 'unavailable' }
  }
}

/** Seconds after which a refused sender may try again. */
export const RETRY_AFTER = { rate: '60', unavailable: '10' } as const
