/** A run of the job that has begun and not ended. */
export interface Run {
  /** Null: its pings have no id, so any end without one ends it. */
  runId: string | null
  startedAt: number
  /** It did not end in time, and the alert is raised: it is not waited for any more. */
  late: boolean
}

/** With the run that a start begins. Oldest first, and never more than are kept. */
export function withStarted(runs: Run[], runId: string | null, startedAt: number): Run[] {
  // The same start told twice.
  if (runId !== null && runs.some((run) => run.runId === runId)) return runs
  // A job that starts again and again and never ends must be found late by its first start, and timed by its last.
  return [...runs.slice(0, MOST_RUNS - 1), { runId, startedAt, late: false }]
}

/** The run that an end ends: of its id; without one the last that began. */
export function endedRun(runs: Run[], runId: string | null): Run | null {
  return (runId === null ? runs.at(-1) : runs.find((run) => run.runId === runId)) ?? null
}

/** What still runs after an end. Without an id it ends all, and runs that were given up are not heard of again. */
export function withoutEnded(runs: Run[], runId: string | null): Run[] {
  return runId === null ? [] : runs.filter((run) => run.runId !== runId && !run.late)
}

/** The oldest that is waited for decides when the heartbeat is late. */
export function oldestAwaited(runs: Run[]): Run | null {
  return runs.find(({ late }) => !late) ?? null
}

/** Runs of one job at once; more are told apart no longer. */
const MOST_RUNS = 20
