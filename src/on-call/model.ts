/**
 * A schedule as plain data. All intervals are half-open; whoever writes a schedule has validated it: a zone and times that
 * exist, at least one user in a layer, `every` a positive whole number.
 */
export type Schedule = RecurringSchedule | StaticSchedule

export interface RecurringSchedule {
  type: 'recurring'
  /** IANA name of the zone in which the layers' local times are meant. */
  timeZone: string
  /** Where several cover an instant, the later in the list wins. */
  layers: Layer[]
  overrides: Override[]
}

/** Placed by hand. Where shifts overlap, the later in the list wins. */
export interface StaticSchedule {
  type: 'static'
  timeZone: string
  shifts: Shift[]
  overrides: Override[]
}

export interface Layer {
  name: string
  /** The first hand-off, as wall clock: 2025-03-03T08:00. The wall-clock time of all later ones. */
  start: string
  end?: string | null
  /** In the order of their turns; one user may have several. */
  users: number[]
  /** Who has the first turn, as an index into `users`: by it a changed list goes on with today's person. None: 0. */
  turnOffset?: number
  rotation: Rotation
  /** When the layer covers at all, as a union; none or an empty list: always. They only mask, turns go on behind them. */
  restrictions?: Restriction[]
  /** Covers nothing outside: a schedule's past stays as it was, because each change makes other layers from then on. */
  window?: Interval
}

/** An hour is exactly that long; days, weeks and months follow the wall clock. */
export interface Rotation {
  unit: 'hour' | 'day' | 'week' | 'month'
  every: number
}

export type Restriction =
  /** Every day. A `to` that is not after `from` is on the next day; the same time: all day. */
  | { from: { time: string }; to: { time: string } }
  /** Every week, Monday = 1. A `to` that is not after `from` is in the next week; the same day and time: all week. */
  | { from: { day: number; time: string }; to: { day: number; time: string } }

/** Beats all layers; the later in the list beats the earlier. Needs no layer underneath. */
export type Override = Shift

/** Epoch milliseconds. */
export type Instant = number

export interface Interval {
  start: Instant
  end: Instant
}

export interface Shift extends Interval {
  userId: number
}

/** Null: nobody. */
export interface HandOff {
  at: Instant
  from: number | null
  to: number | null
}
