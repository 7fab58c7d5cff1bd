import { LIMITS } from '../../limits.ts'
import { cutText } from '../bounded-event.ts'
import type { PastPing, Ping } from './heartbeat.ts'

/**
 * The last pings with this one first. So bounded that all of it is one small value: a ping costs one row, whose size
 * storage has no trouble with.
 */
export function withPing(pings: PastPing[], { runId: _, ...ping }: Ping, durationMs: number | null): PastPing[] {
  const first: PastPing = {
    ...ping,
    durationMs,
    body: ping.body && beginning(ping.body, LIMITS.pingBodyBytes),
    userAgent: ping.userAgent && cutText(ping.userAgent, USER_AGENT_CHARACTERS),
  }
  const older = pings.slice(0, MOST_PINGS - 1)
  return [first, ...older.map((each, index) => (index < MOST_BODIES - 1 ? each : { ...each, body: null }))]
}

/** What the job printed when it failed last. */
export function lastFailureBody(pings: PastPing[]): string | null {
  return pings.find(({ kind }) => kind === 'fail')?.body ?? null
}

const MOST_PINGS = 100
/** Bodies are nearly all of the value's size, and only those of the last runs are looked at. */
const MOST_BODIES = 20
const USER_AGENT_CHARACTERS = 100

/** At most so many bytes of UTF-8, never a part of a character. */
function beginning(text: string, bytes: number): string {
  const encoded = new TextEncoder().encode(text)
  if (encoded.byteLength <= bytes) return text
  return new TextDecoder().decode(encoded.subarray(0, bytes), { stream: true })
}
