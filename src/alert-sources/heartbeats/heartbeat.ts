/** When a heartbeat's next ping is expected: after so long, or at the times of a cron expression. */
export type HeartbeatSchedule =
  | { type: 'interval'; intervalMs: number }
  /** Five fields, in the wall-clock time of an IANA zone. */
  | { type: 'cron'; expression: string; timezone: string }

/** How a heartbeat source watches. */
export interface HeartbeatSettings {
  schedule: HeartbeatSchedule
  /** How much later than expected is still in time. */
  graceMs: number
  /** Of the incident that a missing ping opens; null: "<name> did not report". */
  summary: string | null
}

/** UNKNOWN until the first ping. */
export type HeartbeatState = 'UNKNOWN' | 'HEALTHY' | 'OVERDUE' | 'FAILED'

export interface Ping {
  kind: 'start' | 'success' | 'fail' | 'log'
  at: number
  /** Pairs a start with its end (Healthchecks' `rid`); null: the last start. */
  runId: string | null
  /** Of the job, 0 to 255; null: not told. */
  exitCode: number | null
  /** The beginning of what the job printed; null: nothing. */
  body: string | null
  method: string
  /** Who pinged, as they call themselves. */
  userAgent: string | null
}

/** A ping of the past, as it is kept and shown. */
export interface PastPing extends Omit<Ping, 'runId'> {
  /** From the start that it ended; null: it ended none. */
  durationMs: number | null
}

/** What a heartbeat knows at one moment. */
export interface HeartbeatView {
  state: HeartbeatState
  /** Logs do not count: they say nothing of whether the job is well. */
  lastPingAt: number | null
  /** With the grace; past while it is overdue. Null: nothing is expected before the first ping. */
  dueAt: number | null
  /** Of the run that began first among those that have not ended. */
  runningSince: number | null
  /** Newest first. */
  pings: PastPing[]
}
