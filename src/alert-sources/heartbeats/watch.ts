import { dueAfterEnd, dueAfterStart } from './due.ts'
import type { HeartbeatSettings, HeartbeatState, Ping } from './heartbeat.ts'
import { endedRun, oldestAwaited, type Run, withoutEnded, withStarted } from './runs.ts'

/** All that is remembered of a heartbeat but the history: what each ping, and the passing of time, make of it. */
export interface Watch {
  /** Of the last ping that counts, which a log does not. Null: there was none, and nothing is expected. */
  lastPingAt: number | null
  lastEnd: { at: number; failed: boolean; exitCode: number | null } | null
  runs: Run[]
  /** When it is late unless a ping comes; when it was due, while it is late. Worked out once, so that waiting costs nothing. */
  dueAt: number | null
  /** By which settings. */
  dueBy: Pick<HeartbeatSettings, 'schedule' | 'graceMs'> | null
  /** It is late, because nothing came or because a run did not end; until the next end. */
  late: 'missing' | 'unfinished' | null
  /** The event that the alert source must take; kept until it has. */
  owed: 'ALERT' | 'RESOLVE' | null
  /** The source took an ALERT and no RESOLVE since. */
  alerted: boolean
  /** Nobody watches: its source is switched off, or no heartbeat at the time. */
  paused: boolean
}

export const UNWATCHED: Watch = {
  ...{ lastPingAt: null, lastEnd: null, runs: [], dueAt: null, dueBy: null, late: null },
  ...{ owed: null, alerted: false, paused: false },
}

export function stateOf({ lastPingAt, lastEnd, late, dueAt }: Watch, now: number): HeartbeatState {
  // Also where nobody was told yet, because the source is in maintenance.
  if (late || (dueAt !== null && now >= dueAt)) return 'OVERDUE'
  if (lastEnd?.failed) return 'FAILED'
  return lastPingAt === null ? 'UNKNOWN' : 'HEALTHY'
}

/** What a ping makes of it, and how long the run took that it ended. */
export function pinged(
  before: Watch,
  ping: Ping,
  settings: HeartbeatSettings,
): { watch: Watch; durationMs: number | null } {
  if (ping.kind === 'log') return { watch: before, durationMs: null }
  // Pings come through different edges, whose clocks may differ a little: time never runs backwards here.
  const at = Math.max(ping.at, before.lastPingAt ?? 0)
  if (ping.kind === 'start') {
    const watch = { ...before, lastPingAt: at, runs: withStarted(before.runs, ping.runId, at) }
    // A job that begins again is still late until it ends.
    return { watch: before.late ? watch : withDue(watch, settings), durationMs: null }
  }
  const run = endedRun(before.runs, ping.runId)
  const failed = ping.kind === 'fail'
  const watch: Watch = {
    ...before,
    lastPingAt: at,
    lastEnd: { at, failed, exitCode: ping.exitCode },
    runs: withoutEnded(before.runs, ping.runId),
    late: null,
    // Each failure is told, for somebody may have resolved the incident of the last one; one that is open takes it in.
    // A success after an alert that nobody heard needs no word.
    owed: failed ? 'ALERT' : before.alerted ? 'RESOLVE' : null,
  }
  return { watch: withDue(watch, settings), durationMs: run && at - run.startedAt }
}

/** What time makes of it: exactly at its due time it is late, once. */
export function timePassed(before: Watch, settings: HeartbeatSettings, now: number): Watch {
  if (before.late || before.dueAt === null || now < before.dueAt) return before
  const late = oldestAwaited(before.runs) ? 'unfinished' : 'missing'
  const runs = before.runs.map((run) => ({ ...run, late: run.late || dueAfterStart(settings, run.startedAt) <= now }))
  return { ...before, runs, late, owed: 'ALERT' }
}

/**
 * What other settings make of it. They never make it late at once: what would be is expected anew from the change on.
 * One that is late stays so unless by the new settings it was never late.
 */
export function settingsChanged(before: Watch, settings: HeartbeatSettings, now: number): Watch {
  if (before.dueBy === null || isSame(before.dueBy, settings)) return before
  const awaited = before.runs.map((run) => ({ ...run, late: false }))
  const anew = withDue({ ...before, runs: awaited }, settings)
  const isAhead = anew.dueAt === null || anew.dueAt > now
  if (before.late) {
    // A failure before it was late is one still.
    if (isAhead && anew.lastEnd?.failed) return { ...anew, late: null }
    if (isAhead) return { ...anew, late: null, owed: before.alerted ? 'RESOLVE' : null }
    return { ...before, dueBy: anew.dueBy }
  }
  return isAhead ? anew : { ...anew, dueAt: dueOf(asOf(now, anew), settings) }
}

/** Nobody watches from here on; what it says is remembered all the same. */
export function paused(before: Watch): Watch {
  return before.paused ? before : { ...before, paused: true }
}

/**
 * It is watched again, as if a run had just ended: what was late or failed meanwhile is not told. The next ping is
 * expected after one interval, or at the next time of the expression, and its grace.
 */
export function resumed(before: Watch, settings: HeartbeatSettings, now: number): Watch {
  if (!before.paused) return before
  const { schedule, graceMs } = settings
  const expectsNone = before.lastPingAt === null
  return {
    ...before,
    ...{ paused: false, late: null, owed: before.owed === 'ALERT' ? null : before.owed },
    // Whether one that had begun still goes on, nobody knows.
    runs: before.runs.map((run) => ({ ...run, late: true })),
    dueAt: expectsNone ? null : dueAfterEnd(settings, now),
    dueBy: expectsNone ? null : { schedule, graceMs },
  }
}

/**
 * The alert source has taken the event. While that was on its way, a ping may have made the opposite true: that is owed
 * now, for the source has been told what is so no longer.
 */
export function reported(before: Watch, type: 'ALERT' | 'RESOLVE'): Watch {
  const alerted = type === 'ALERT'
  const isSo = alerted === isUnwell(before)
  return { ...before, alerted, owed: isSo ? null : alerted ? 'RESOLVE' : 'ALERT' }
}

function isUnwell({ late, lastEnd }: Watch): boolean {
  return late !== null || lastEnd?.failed === true
}

function withDue(watch: Watch, settings: HeartbeatSettings): Watch {
  const { schedule, graceMs } = settings
  return { ...watch, dueAt: dueOf(watch, settings), dueBy: { schedule, graceMs } }
}

function dueOf({ runs, lastEnd }: Pick<Watch, 'runs' | 'lastEnd'>, settings: HeartbeatSettings): number | null {
  const run = oldestAwaited(runs)
  if (run) return dueAfterStart(settings, run.startedAt)
  return lastEnd && dueAfterEnd(settings, lastEnd.at)
}

/** As if all that was heard had been heard now. */
function asOf(now: number, { runs, lastEnd }: Watch): Pick<Watch, 'runs' | 'lastEnd'> {
  return { runs: runs.map((run) => ({ ...run, startedAt: now })), lastEnd: lastEnd && { ...lastEnd, at: now } }
}

function isSame(a: NonNullable<Watch['dueBy']>, { schedule, graceMs }: HeartbeatSettings): boolean {
  return a.graceMs === graceMs && JSON.stringify(a.schedule) === JSON.stringify(schedule)
}
