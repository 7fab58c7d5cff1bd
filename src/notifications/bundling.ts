import type { Priority } from '../alert-sources/event.ts'
import type { ChannelName } from './model.ts'

/**
 * How many messages one contact gets in a storm: three at once, then one that says how many wait, for three minutes. A call
 * that is still under way holds back the next one, too, which then tells of all that came meanwhile. Pure.
 */
export interface BundleWindow {
  openedAt: number
  /** Messages of this window that went out each for itself; a bundle counts as one while there was room for it. */
  singles: number
  /** The one bundle beside the singles has gone out. */
  bundled: boolean
  /** Since when something waits for the next bundle; null: nothing does. */
  heldSince: number | null
  /** Until then a call is taken to be under way; 0: none was made. */
  busyUntil: number
}

export const WINDOW_MS = 180_000
const SINGLES = 3
/** Long enough to collect a storm's first wave. */
const COLLECT_MS = 20_000
/** Ringing, reading, and going through what else waits, where the carrier does not say when a call ended. */
export const CALL_MS = 120_000

/** What a window is of: nothing LOW uses up what HIGH needs, and no call interrupts another. */
export function contactKey(channel: ChannelName, target: string, priority: Priority): string {
  return channel === 'VOICE' ? `${channel} ${target}` : `${channel} ${priority} ${target}`
}

/** One more message is due: whether it goes out now or is held. */
export function admit(
  window: BundleWindow | null,
  channel: ChannelName,
  now: number,
): { window: BundleWindow; held: boolean } {
  // While something waits nothing overtakes it: the bundle comes first, also after the window's end.
  if (window && window.heldSince !== null) return { window, held: true }
  if (window && isBusy(window, now)) return { window: { ...window, heldSince: now }, held: true }
  if (!window || isOver(window, now)) return { window: called(open(now), channel, now), held: false }
  if (window.bundled || window.singles >= SINGLES) return { window: { ...window, heldSince: now }, held: true }
  return { window: called({ ...window, singles: window.singles + 1 }, channel, now), held: false }
}

/** When the bundle of what is held goes out; null: nothing is held. */
export function bundleDue({ openedAt, singles, bundled, heldSince, busyUntil }: BundleWindow): number | null {
  if (heldSince === null) return null
  const end = openedAt + WINDOW_MS
  const collected = singles < SINGLES ? heldSince : heldSince + COLLECT_MS
  return Math.max(bundled ? end : Math.min(collected, end), busyUntil)
}

/** The bundle goes out. After the window's end it opens the next one. */
export function bundle(window: BundleWindow, channel: ChannelName, now: number): BundleWindow {
  if (isOver(window, now)) return called(open(now), channel, now)
  const counted = window.singles < SINGLES ? { singles: window.singles + 1 } : { bundled: true }
  return called({ ...window, ...counted, heldSince: null }, channel, now)
}

/** All that was held was answered or withdrawn: no bundle is needed. */
export function release(window: BundleWindow): BundleWindow {
  return { ...window, heldSince: null }
}

/** The carrier says that the call is over. */
export function callEnded(window: BundleWindow, now: number): BundleWindow {
  return { ...window, busyUntil: Math.min(window.busyUntil, now) }
}

function open(now: number): BundleWindow {
  return { openedAt: now, singles: 1, bundled: false, heldSince: null, busyUntil: 0 }
}

function called(window: BundleWindow, channel: ChannelName, now: number): BundleWindow {
  return channel === 'VOICE' ? { ...window, busyUntil: now + CALL_MS } : window
}

function isBusy({ busyUntil }: BundleWindow, now: number): boolean {
  return now < busyUntil
}

function isOver({ openedAt }: BundleWindow, now: number): boolean {
  return now >= openedAt + WINDOW_MS
}
