import { useSyncExternalStore } from 'react'

/**
 * One clock for every countdown and "3 min ago" on the page. A component that reads it renders only when its own text changes.
 */
export function useClock<Value extends string | number | boolean>(read: (now: number) => Value): Value {
  return useSyncExternalStore(subscribe, () => read(serverNow()))
}

/** A phone whose clock is wrong would count down to the wrong moment, so the server's is followed. */
export function serverNow(): number {
  return Math.floor((Date.now() + offset) / 1000) * 1000
}

export function learnServerTime(dateHeader: string | null) {
  const difference = dateHeader ? Date.parse(dateHeader) - Date.now() : Number.NaN
  // The header counts whole seconds and is as old as the answer's way here: a small difference says nothing.
  if (!Number.isNaN(difference)) offset = Math.abs(difference) > 3000 ? difference : 0
}

let offset = 0
let interval: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  interval ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(interval)
    interval = undefined
  }
}
