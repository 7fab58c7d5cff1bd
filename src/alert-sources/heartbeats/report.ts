import { instantText } from '../../notifications/interval-text.ts'
import type { LooseEvent } from '../bounded-event.ts'
import type { HeartbeatSchedule, HeartbeatSettings } from './heartbeat.ts'
import type { Watch } from './watch.ts'

/** All that a heartbeat reports has this incident key, so that one incident is open however often it fails. */
export const HEARTBEAT_KEY = 'heartbeat'

/**
 * The event that is owed, in words; null: none is.
 *
 * @param name of the alert source
 * @param output what the job printed when it failed last
 */
export function owedEvent(
  watch: Watch,
  settings: HeartbeatSettings,
  name: string,
  output: string | null,
): LooseEvent | null {
  switch (watch.owed) {
    case null:
      return null
    case 'RESOLVE':
      return { type: 'RESOLVE', key: HEARTBEAT_KEY, summary: `${name} reported again` }
    case 'ALERT':
      return watch.late ? lateEvent(watch, settings, name) : failedEvent(watch, name, output)
  }
}

function lateEvent({ late, dueAt, lastPingAt }: Watch, settings: HeartbeatSettings, name: string): LooseEvent {
  const { schedule, graceMs } = settings
  const zone = schedule.type === 'cron' ? schedule.timezone : 'UTC'
  const at = (instant: number | null) => (instant === null ? 'never' : `${instantText(instant, zone)} (${zone})`)
  const missed = late === 'missing' ? 'No ping came by' : 'A run began and did not end by'
  return {
    type: 'ALERT',
    key: HEARTBEAT_KEY,
    summary: settings.summary || `${name} ${late === 'missing' ? 'did not report' : 'started and did not finish'}`,
    details: [
      `${missed} ${at(dueAt)}.`,
      `Last ping: ${at(lastPingAt)}.`,
      `Expected ${scheduleText(schedule)}, with ${durationText(graceMs)} of grace.`,
    ].join('\n'),
  }
}

function failedEvent({ lastEnd }: Watch, name: string, output: string | null): LooseEvent {
  const code = lastEnd?.exitCode
  const how = typeof code === 'number' && code > 0 ? `failed with exit code ${code}` : 'reported a failure'
  return { type: 'ALERT', key: HEARTBEAT_KEY, summary: `${name} ${how}`, details: output }
}

function scheduleText(schedule: HeartbeatSchedule): string {
  if (schedule.type === 'interval') return `every ${durationText(schedule.intervalMs)}`
  return `at ${schedule.expression} (cron, ${schedule.timezone})`
}

/** "1 h 30 min" */
function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const text = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`)
  return text.join(' ') || '0 s'
}
