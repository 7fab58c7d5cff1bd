import type { HeartbeatState } from './heartbeat.ts'

/** What the edge knows of a ping beside its content. */
export interface PingContext {
  /** The generation of the integration key that it came with. */
  keyGeneration: number
  receivedAt: number
}

/** What the alert source makes of a ping. */
export type PingResult =
  | { taken: true; state: HeartbeatState }
  /** `key`: rotated out or revoked, or the source is deleted. `no-heartbeat`: it is a source of another kind. */
  | { taken: false; refusal: 'key' | 'no-heartbeat' | 'rate' }
