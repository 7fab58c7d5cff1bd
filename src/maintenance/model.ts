import type { Weekday } from '../support-hours/model.ts'

/** A time in which a source's problems are expected: nothing is opened, and what is open does not escalate. */
export interface MaintenanceWindow {
  id: number
  name: string
  /** IANA; of the wall clock by which it repeats. */
  timezone: string
  /** The first time, in epoch ms, half-open. */
  start: number
  end: number
  /** Null: once. */
  recurrence: Recurrence | null
}

export interface Recurrence {
  frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY'
  /** Every so many days, weeks or months. */
  interval: number
  /** WEEKLY: on these days; empty: on that of the first time. */
  weekdays: Weekday[]
  /** No time begins at or after this, epoch ms; null: for ever. */
  until: number | null
  /** The time that ran then was ended by hand: none that began before goes on. */
  endedAt?: number
}
