import type { Env } from '../../env.ts'
import type { Message, Messages } from '../channels/channel.ts'
import type { ChannelName, PushDevice } from '../model.ts'

/**
 * What a provider did with a message. `permanent`: another try through it would fail the same way. `fault: 'contact'`: and
 * that is because of the address, the number or the device, which nothing reaches any more.
 */
export type SendResult =
  | { sent: true }
  | { sent: false; permanent: boolean; reason: string; fault?: 'contact' /** Its owner texted STOP. */; stopped?: true }

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
export interface Provider extends Carrier {
  /** @param signal ends a request that takes too long */
  send(message: Message, env: Env, signal: AbortSignal): Promise<SendResult>
}

/** The same for one kind of device that takes pushes: each of a user's devices gets each push by itself. */
export interface PushProvider extends Carrier {
  kind: PushDevice['kind']
  /** @param signal ends a request that takes too long */
  send(message: Messages['PUSH'], device: PushDevice, env: Env, signal: AbortSignal): Promise<SendResult>
}

/** Who carries messages, as the settings show it. */
export interface Carrier {
  /** As the timeline names it. */
  name: string
  channels: readonly ChannelName[]
  /** What it needs to be set up, for the page that says so. */
  variables?: readonly Variable[]
  /** Whether this deployment is set up to use it. */
  isConfigured(env: Env): boolean
}
