import { nextTime } from './cron.ts'
import type { HeartbeatSettings } from './heartbeat.ts'

/** Until when the next ping must come after one that ended a run, grace included. Null: none is ever expected. */
export function dueAfterEnd({ schedule, graceMs }: HeartbeatSettings, endedAt: number): number | null {
  if (schedule.type === 'interval') return endedAt + schedule.intervalMs + graceMs
  const next = nextTime(schedule.expression, schedule.timezone, endedAt)
  return next === null ? null : next + graceMs
}

/**
 * Until when a run must end. By a cron expression the grace is how long a job may take, as in Healthchecks; by an
 * interval a start is a sign of life like any other ping, so the run has as long as any two pings may be apart.
 */
export function dueAfterStart({ schedule, graceMs }: HeartbeatSettings, startedAt: number): number {
  return startedAt + graceMs + (schedule.type === 'interval' ? schedule.intervalMs : 0)
}
