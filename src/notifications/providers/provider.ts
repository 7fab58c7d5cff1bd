import type { Env } from '../../env.ts'
import type { Message } from '../channels/channel.ts'
import type { ChannelName } from '../model.ts'

/** What a provider did with a message. `permanent`: another try through it would fail the same way. */
export type SendResult = { sent: true } | { sent: false; permanent: boolean; reason: string }

/** A variable or secret of the deployment that a provider reads. */
export interface Variable {
  name: string
  /** What to put in, and where it is found. */
  what: string
  /** Set with `wrangler secret put`, not in wrangler.toml. */
  secret?: boolean
  /** It works without. */
  optional?: boolean
}

/**
 * A carrier, behind one small interface. `providers.test.ts` is the contract that each must pass.
 *
 * `message.notificationId` is the idempotency key: a provider that takes one must be given it. What it throws counts as
 * a passing fault.
 */
export interface Provider {
  /** As the timeline names it. */
  name: string
  channels: readonly ChannelName[]
  /** What it needs to be set up, for the page that says so. */
  variables?: readonly Variable[]
  /** Whether this deployment is set up to use it. */
  isConfigured(env: Env): boolean
  /** @param signal ends a request that takes too long */
  send(message: Message, env: Env, signal: AbortSignal): Promise<SendResult>
}
