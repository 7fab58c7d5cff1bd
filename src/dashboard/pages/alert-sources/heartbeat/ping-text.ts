import type { Heartbeat } from '../../../../api/schemas/heartbeat.ts'
import { spanText } from '../../../parts/time.tsx'

/** "Failed with exit code 3" */
export function pingText({ kind, exitCode }: Pick<Heartbeat['pings'][number], 'kind' | 'exitCode'>): string {
  switch (kind) {
    case 'start':
      return 'Started'
    case 'success':
      return 'Succeeded'
    case 'fail':
      return exitCode === null ? 'Failed' : `Failed with exit code ${exitCode}`
    case 'log':
      return 'Logged'
  }
}

/** How long a run took: "0.4 s", "2 min 5 s", "1 h 12 min". */
export function durationText(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60 || seconds >= 3600 || seconds % 60 === 0) return spanText(seconds * 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
