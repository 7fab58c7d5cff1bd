import type { Env } from '../../env.ts'
import type { ChannelName } from '../model.ts'
import { PUSH_PROVIDERS } from '../push/index.ts'
import { cloudflareEmail } from './cloudflare-email.ts'
import type { Carrier, Provider } from './provider.ts'
import { resend } from './resend.ts'
import { sandbox } from './sandbox.ts'
import { smtp } from './smtp.ts'
import { telegram } from './telegram.ts'
import { telnyx } from './telnyx.ts'
import { twilio } from './twilio.ts'

/** Every provider there is, in the order in which they are tried. A new one is its file and a line here. */
const PROVIDERS: readonly Provider[] = [cloudflareEmail, smtp, resend, twilio, telnyx, telegram, sandbox]

/** Who can carry a channel's messages in this deployment. */
export function providersFor(channel: ChannelName, env: Env): Provider[] {
  const set = PROVIDERS.filter((provider) => provider.channels.includes(channel) && provider.isConfigured(env))
  const carriers = set.filter((provider) => provider !== sandbox)
  // On a laptop with one real carrier, that one is real and all other channels go on to be simulated.
  return carriers.length > 0 ? carriers : set
}

/** A carrier of this channel by its name; null: there is none. */
export function findCarrier(name: string, channel: ChannelName): Provider | null {
  const found = PROVIDERS.find((provider) => provider.name === name && provider.channels.includes(channel))
  return found && found !== sandbox ? found : null
}

/** All that could be set up: the sandbox is no carrier. */
export function carriers(): readonly Carrier[] {
  return [...PROVIDERS.filter((provider) => provider !== sandbox), ...PUSH_PROVIDERS]
}
