import type { HeartbeatSettings, Ping } from './heartbeat.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

export function every(intervalMs: number, graceMs = MINUTE): HeartbeatSettings {
  return { schedule: { type: 'interval', intervalMs }, graceMs, summary: null }
}

export function cron(expression: string, timezone = 'UTC', graceMs = MINUTE): HeartbeatSettings {
  return { schedule: { type: 'cron', expression, timezone }, graceMs, summary: null }
}

export function aPing(at: number, fields: Partial<Ping> = {}): Ping {
  return {
    ...{ kind: 'success', runId: null, exitCode: null, body: null, method: 'GET', userAgent: 'curl/8.14.1' },
    ...{ at, ...fields },
  }
}
