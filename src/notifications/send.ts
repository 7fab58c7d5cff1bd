import type { Env } from '../env.ts'
import { reasonOf } from '../log.ts'
import { allowed, giveBack } from './allowed.ts'
import type { Message, Messages } from './channels/channel.ts'
import type { PushDevice } from './model.ts'
import { Breaker } from './providers/breaker.ts'
import { providersFor } from './providers/index.ts'
import type { Provider, SendResult } from './providers/provider.ts'
import { sandbox } from './providers/sandbox.ts'
import { pushProviderFor } from './push/index.ts'
import type { Delivery } from './sending.ts'

/** One try of one provider, for the delivery log. */
export interface Attempt {
  provider: string
  result: SendResult
  durationMs: number
  /** The one that was tried; null: the message has one address. */
  device: PushDevice | null
}

/** All providers together have less than a claim's lease, so that nothing is claimed twice while it is under way. */
const SENDING_MS = 24_000
/** A carrier that is down or slow costs less than 30 s until the next provider, or the user's next step, has its turn. */
const PROVIDER_MS = 10_000
const breaker = new Breaker()

/** Sends one message, and says what came of it and of each try. Never throws. */
export async function send(message: Message, env: Env): Promise<{ delivery: Delivery; attempts: Attempt[] }> {
  return message.channel === 'PUSH' && message.devices.length > 0
    ? sendToDevices(message, env)
    : sendWithinBounds(message, env)
}

/** What caps and countries forbid is not offered to anybody, and the user's next step goes out at once. */
async function sendWithinBounds(message: Message, env: Env) {
  const providers = providersFor(message.channel, env)
  const paid = providers.some((provider) => provider !== sandbox)
  const { refused, counted } = await allowed(message, env, paid)
  if (refused) {
    const { by, reason } = refused
    const result: SendResult = { sent: false, permanent: true, reason }
    const delivery: Delivery = { outcome: 'failed', permanent: true, provider: null, reason }
    return { delivery, attempts: [{ provider: by, result, durationMs: 0, device: null }] }
  }
  const sent = await sendThrough(providers, message, env)
  if (sent.delivery.outcome === 'failed') await giveBack(message, env, counted)
  return sent
}

/** Tries the channel's providers in their order. A passing fault of one is no reason to wait while another may work. */
async function sendThrough(providers: Provider[], message: Message, env: Env) {
  const attempts: Attempt[] = []
  const deadline = Date.now() + SENDING_MS
  for (const provider of breaker.order(providers, Date.now())) {
    const startedAt = Date.now()
    const timeoutMs = Math.min(PROVIDER_MS, deadline - startedAt)
    const result = await attempt((signal) => provider.send(message, env, signal), timeoutMs)
    breaker.note(provider.name, result, Date.now())
    attempts.push({ provider: provider.name, result, durationMs: Date.now() - startedAt, device: null })
    if (result.sent) break
  }
  const nobody = `no provider for ${message.channel} is set up in this deployment`
  return { delivery: outcomeOf(attempts, providers.length > 1, nobody), attempts }
}

/** All of them at once: nobody knows which the user has at hand. It arrived when one of them has it. */
async function sendToDevices(message: Messages['PUSH'], env: Env) {
  const attempts = await Promise.all(
    message.devices.map(async (device): Promise<Attempt> => {
      const provider = pushProviderFor(device, env)
      const startedAt = Date.now()
      const result: SendResult = provider
        ? await attempt((signal) => provider.send(message, device, env, signal), PROVIDER_MS)
        : { sent: false, permanent: true, reason: `this deployment is not set up for ${device.kind}` }
      return { provider: provider?.name ?? device.kind, result, durationMs: Date.now() - startedAt, device }
    }),
  )
  return { delivery: outcomeOf(attempts, attempts.length > 1, 'the user has no device for pushes'), attempts }
}

/** @param named whether reasons say whose they are */
function outcomeOf(attempts: Attempt[], named: boolean, nobody: string): Delivery {
  const reasons: string[] = []
  let permanent = true
  for (const { provider, result } of attempts) {
    if (result.sent) continue
    reasons.push(named ? `${provider}: ${result.reason}` : result.reason)
    permanent &&= result.permanent
  }
  const through = attempts.find(({ result }) => result.sent)
  if (through) return { outcome: 'sent', provider: through.provider, after: reasons.join('; ') || null }
  const last = attempts.at(-1)?.provider ?? null
  return { outcome: 'failed', permanent, provider: last, reason: reasons.join('; ') || nobody }
}

/** One try, which ends in time. */
export async function attempt(
  sending: (signal: AbortSignal) => Promise<SendResult>,
  timeoutMs: number,
): Promise<SendResult> {
  if (timeoutMs <= 0) return { sent: false, permanent: false, reason: 'no time was left to try it' }
  const signal = AbortSignal.timeout(timeoutMs)
  // Raced, because a provider's own library may not know of signals.
  const tooLate = new Promise<SendResult>((resolve) => {
    signal.addEventListener('abort', () =>
      resolve({ sent: false, permanent: false, reason: `no answer within ${Math.round(timeoutMs / 1000)} s` }),
    )
  })
  // Called in a function, so that what it throws at once is caught as well.
  const sent = (async () => sending(signal))().catch(
    (error: unknown): SendResult => ({ sent: false, permanent: false, reason: reasonOf(error) }),
  )
  return Promise.race([sent, tooLate])
}
