/**
 * How many events a source took this minute. In memory: a source that comes back after a rest starts anew, which only
 * ever takes more.
 */
export class EventRate {
  #minute = 0
  #taken = 0

  /** Takes `events` and returns null, or the seconds until there is room again. A request is taken whole or not at all. */
  take(events: number, perMinute: number, now: number): number | null {
    const minute = Math.floor(now / MINUTE_MS)
    // Events come through different edges, whose clocks may differ a little: one of the minute before counts in this one.
    if (minute > this.#minute) {
      this.#minute = minute
      this.#taken = 0
    }
    // A single request with more events than a minute may bring would otherwise never be taken.
    if (this.#taken > 0 && this.#taken + events > perMinute)
      return Math.max(1, Math.ceil(((this.#minute + 1) * MINUTE_MS - now) / 1000))
    this.#taken += events
    return null
  }
}

const MINUTE_MS = 60_000
