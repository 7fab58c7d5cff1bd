import type { Priority } from '../alert-sources/event.ts'
import type { BundleWindow } from './bundling.ts'
import * as bundling from './bundling.ts'
import type { ChannelName } from './model.ts'
import type { Delivery, Receipt, Sending } from './sending.ts'
import * as sending from './sending.ts'

/** One message that tells of many pages. Which those are is found out when it is claimed: some are answered by then. */
export interface Bundle extends Sending {
  priority: Priority
  /** The storm at its contact as this bundle leaves it, so that it is still known after a restart. */
  window: BundleWindow
  /** The incidents that it tells of; none before it was claimed. */
  incidentIds: number[]
  /** What the carrier said of it later. */
  receipt?: Receipt['outcome']
}

const PREFIX = 'bundle-'

export function isBundleId(id: string): boolean {
  return id.startsWith(PREFIX)
}

/** The first message is held: from here on the bundle collects. */
export function startBundle(channel: ChannelName, target: string, priority: Priority, window: BundleWindow): Bundle {
  return {
    id: `${PREFIX}${crypto.randomUUID()}`,
    ...{ channel, target, priority, window, incidentIds: [] },
    dueAt: bundling.bundleDue(window) ?? 0,
    ...{ status: 'scheduled', leaseUntil: null, claimedBy: null, attempts: 0 },
  }
}

/** Whether what is held now can still be told by it: until it is claimed for the first time. */
export function collects({ status, attempts }: Bundle): boolean {
  return attempts === 0 && (status === 'scheduled' || status === 'queued')
}

/** Marks it as queued where it is due; null: it is not. One that no consumer brings back has failed. */
export function takeDue(bundle: Bundle, now: number): { bundle: Bundle; lost: boolean } | null {
  const due = sending.due(bundle)
  if (due === null || due > now) return null
  if (sending.isLost(bundle, now)) return { bundle: { ...bundle, status: 'failed', leaseUntil: null }, lost: true }
  return { bundle: sending.queue(bundle, now), lost: false }
}

export function claim(bundle: Bundle, incidentIds: number[], consumer: string, now: number): Bundle {
  const isFirst = bundle.attempts === 0
  const window = isFirst ? bundling.bundle(bundle.window, bundle.channel, now) : bundle.window
  return { ...sending.claim(bundle, consumer, now), window, incidentIds }
}

/** All of it was answered meanwhile. */
export function cancel(bundle: Bundle): Bundle {
  return { ...bundle, status: 'withdrawn', leaseUntil: null, window: bundling.release(bundle.window) }
}

/** What becomes of it by what the provider said; null: nothing, it was settled before. */
export function settle(bundle: Bundle, delivery: Delivery, now: number) {
  return sending.settle(bundle, delivery, now)
}

/** The words for each incident's timeline. */
export function togetherText({ incidentIds }: Bundle): string | null {
  const others = incidentIds.length - 1
  return others > 0 ? `as one message with ${others} other${others === 1 ? '' : 's'}` : null
}
