import type { Instant, Layer, Rotation, Shift } from './model.ts'
import { append } from './timeline.ts'
import { addMonths, DAY, HOUR, monthsBetween, type WallTime, WEEK, wallTime } from './wall-time.ts'
import type { Zone } from './zone.ts'

/**
 * Whose turn it is in a layer, before restrictions. Turns are counted from the layer's start and every hand-off is computed
 * from there, so nothing drifts, and any turn is as near as the first.
 */
export class Turns {
  readonly #zone: Zone
  readonly #start: WallTime
  readonly #begin: Instant
  readonly #rotation: Rotation
  readonly #users: number[]
  readonly #offset: number

  constructor(layer: Layer, zone: Zone) {
    this.#zone = zone
    this.#start = wallTime(layer.start)
    this.#begin = zone.instantOf(this.#start)
    this.#rotation = layer.rotation
    this.#users = layer.users
    this.#offset = layer.turnOffset ?? 0
  }

  /** When a turn begins. */
  handOff(turn: number): Instant {
    const { unit, every } = this.#rotation
    const steps = turn * every
    if (unit === 'hour') return this.#begin + steps * HOUR
    return this.#zone.instantOf(
      unit === 'month' ? addMonths(this.#start, steps) : this.#start + steps * (unit === 'week' ? WEEK : DAY),
    )
  }

  /** The turn at an instant, from the layer's start on. Of turns without length (a skipped day), the one after them. */
  at(instant: Instant): number {
    let turn = this.#estimate(instant)
    while (this.handOff(turn) > instant) turn--
    while (this.handOff(turn + 1) <= instant) turn++
    return turn
  }

  userOf(turn: number): number {
    return this.#users[(turn + this.#offset) % this.#users.length] as number
  }

  /** Maximal stretches of one user. */
  shifts(from: Instant, to: Instant): Shift[] {
    const shifts: Shift[] = []
    let start = Math.max(from, this.#begin)
    if (start >= to || this.#users.length === 0) return shifts
    for (let turn = this.at(start); start < to; turn++) {
      const end = Math.min(this.handOff(turn + 1), to)
      append(shifts, this.userOf(turn), start, end)
      start = end
    }
    return shifts
  }

  /** Counted on the wall clock, it is beside the truth by as much as the clock has changed: a turn at most. */
  #estimate(instant: Instant): number {
    const { unit, every } = this.#rotation
    if (unit === 'hour') return Math.floor((instant - this.#begin) / (every * HOUR))
    const wall = this.#zone.wallTimeAt(instant)
    if (unit === 'month') return Math.floor(monthsBetween(this.#start, wall) / every)
    return Math.floor((wall - this.#start) / (every * (unit === 'week' ? WEEK : DAY)))
  }
}
