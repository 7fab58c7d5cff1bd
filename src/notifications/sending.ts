import type { ChannelName } from './model.ts'

/**
 * One message on its way to one contact: queued, claimed by a consumer, then sent or failed. The rules that pages and
 * notices share; pure.
 */
export interface Sending {
  id: string
  channel: ChannelName
  /** An address, a number in E.164, or for push the user's devices as a whole. */
  target: string
  dueAt: number
  /**
   * scheduled → queued → claimed → sent or failed; 'held': a bundle tells it together with others; 'merged': another one said
   * the same to the same contact.
   */
  status: 'scheduled' | 'held' | 'queued' | 'claimed' | 'sent' | 'failed' | 'merged' | 'withdrawn'
  /**
   * Queued or claimed longer than this is taken for lost and queued again. A claim without one belongs to what is over:
   * it is not tried again, only its outcome is still told.
   */
  leaseUntil: number | null
  /** Who holds the claim, so that a consumer whose answer was lost gets it again. */
  claimedBy: string | null
  attempts: number
}

/** What the provider said. */
export type Delivery =
  /** `after`: what providers before this one said */
  | { outcome: 'sent'; provider: string; after: string | null }
  | { outcome: 'failed'; permanent: boolean; provider: string | null; reason: string }

/** What a carrier says later of a message that it took. */
export interface Receipt {
  outcome: 'delivered' | 'undelivered'
  provider: string
  reason: string | null
  /** It did not arrive because of the address or the number: nothing reaches it any more. */
  fault?: 'contact'
  /** That is because its owner texted STOP. */
  stopped?: true
}

export const QUEUED_LEASE_MS = 30_000
const CLAIMED_LEASE_MS = 60_000
const RETRY_MS = 15_000
const MAX_ATTEMPTS = 5

/** When it must be queued, for the first time or again; null: never. */
export function due({ status, dueAt, leaseUntil }: Sending): number | null {
  return status === 'scheduled' ? dueAt : leaseUntil
}

export function queue<S extends Sending>(sending: S, now: number): S {
  return { ...sending, status: 'queued', leaseUntil: now + QUEUED_LEASE_MS }
}

/** Why it may not be sent by this consumer; null: it may. A claim still running belongs to another consumer. */
export function refusal({ status, claimedBy, leaseUntil }: Sending, consumer: string, now: number) {
  if (status === 'queued') return null
  if (status === 'claimed' && claimedBy === consumer) return null
  if (status === 'claimed' && leaseUntil !== null && leaseUntil <= now) return null
  return `it is ${status} already`
}

export function claim<S extends Sending>(sending: S, consumer: string, now: number): S {
  return {
    ...sending,
    status: 'claimed',
    leaseUntil: now + CLAIMED_LEASE_MS,
    attempts: sending.claimedBy === consumer ? sending.attempts : sending.attempts + 1,
    claimedBy: consumer,
  }
}

/** What becomes of it by what the provider said; null: nothing, it was settled before. */
export function settle<S extends Sending>(
  sending: S,
  delivery: Delivery,
  now: number,
): { settled: S; outcome: 'sent' | 'retrying' | 'failed' } | null {
  const { status, leaseUntil, attempts } = sending
  // What a slow carrier did take counts also when its claim ran out meanwhile and it was queued again.
  const late = status === 'queued' && delivery.outcome === 'sent'
  if (status !== 'claimed' && !late) return null
  const released = { ...sending, leaseUntil: null }
  if (delivery.outcome === 'sent') return { settled: { ...released, status: 'sent' }, outcome: 'sent' }
  if (delivery.permanent || leaseUntil === null || attempts >= MAX_ATTEMPTS)
    return { settled: { ...released, status: 'failed' }, outcome: 'failed' }
  const retryAt = now + RETRY_MS * 2 ** (attempts - 1)
  return { settled: { ...released, status: 'scheduled', dueAt: retryAt }, outcome: 'retrying' }
}

/** A consumer that dies with each attempt would be given the same message for ever. */
export function isLost({ status, attempts, leaseUntil }: Sending, now: number): boolean {
  return status === 'claimed' && attempts >= MAX_ATTEMPTS && leaseUntil !== null && leaseUntil <= now
}
