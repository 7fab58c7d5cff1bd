import type { ChannelName } from './model.ts'

/**
 * How many messages one contact gets in a storm: a few at once, then one that says how many wait. Pure, and so far only the
 * rule: a contact is a channel with its target and a priority, so that nothing LOW uses up what HIGH needs.
 */
export interface BundleWindow {
  openedAt: number
  /** Messages of this window that went out each for itself; a bundle that opened it counts as one. */
  singles: number
  /** One bundle a window, beside the singles. */
  bundled: boolean
  /** Since when something waits for the next bundle; null: nothing does. */
  heldSince: number | null
}

export const WINDOW_MS = 180_000
/** Long enough to collect a storm's first wave. */
const COLLECT_MS = 20_000
/** A call takes the person's attention whole. */
const singlesOf = (channel: ChannelName): number => (channel === 'VOICE' ? 1 : 3)

/** One more message is due: whether it goes out now or is held. */
export function admit(
  window: BundleWindow | null,
  channel: ChannelName,
  now: number,
): { window: BundleWindow; held: boolean } {
  // While something waits nothing overtakes it: the bundle comes first, also after the window's end.
  if (window && window.heldSince !== null) return { window, held: true }
  if (!window || isOver(window, now)) return { window: open(now), held: false }
  if (window.bundled || window.singles >= singlesOf(channel))
    return { window: { ...window, heldSince: now }, held: true }
  return { window: { ...window, singles: window.singles + 1 }, held: false }
}

/** When the bundle of what is held goes out; null: nothing is held. */
export function bundleDue({ openedAt, bundled, heldSince }: BundleWindow): number | null {
  if (heldSince === null) return null
  const end = openedAt + WINDOW_MS
  return bundled ? end : Math.min(heldSince + COLLECT_MS, end)
}

/** The bundle goes out. After the window's end it opens the next one. */
export function bundle(window: BundleWindow, now: number): BundleWindow {
  return isOver(window, now) ? open(now) : { ...window, bundled: true, heldSince: null }
}

/** All that was held was answered or withdrawn: no bundle is needed. */
export function release(window: BundleWindow): BundleWindow {
  return { ...window, heldSince: null }
}

function open(now: number): BundleWindow {
  return { openedAt: now, singles: 1, bundled: false, heldSince: null }
}

function isOver({ openedAt }: BundleWindow, now: number): boolean {
  return now >= openedAt + WINDOW_MS
}
