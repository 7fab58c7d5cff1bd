import type { Instant } from './model.ts'
import { Temporal } from './temporal.ts'
import { DAY, type WallTime } from './wall-time.ts'

/** The zone of this name; throws a RangeError when there is none. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name)
  if (!zone) {
    if (zones.size >= MAX_ZONES) zones.clear()
    zone = new Zone(name)
    zones.set(name, zone)
  }
  return zone
}

/** Wall clock to instant and back, by what the offset from UTC is at each instant. */
export abstract class LocalTime {
  /**
   * Temporal's "compatible": of a time that occurs twice the first, and one that does not exist moves forward by the size of
   * the gap, which is what the offset before the gap makes of it.
   */
  instantOf(wall: WallTime): Instant {
    const before = this.offsetAt(wall - DAY)
    const after = this.offsetAt(wall + DAY)
    const early = wall - before
    const late = wall - after
    return this.offsetAt(early) === before || this.offsetAt(late) !== after ? early : late
  }

  wallTimeAt(instant: Instant): WallTime {
    return instant + this.offsetAt(instant)
  }

  protected abstract offsetAt(instant: Instant): number
}

/**
 * A zone of the time zone database. A year of shifts converts thousands of times and Temporal takes microseconds for each, so a
 * zone's offset is asked at the ends of short spans and kept.
 */
export class Zone extends LocalTime {
  readonly #name: string
  readonly #spans = new Map<number, Span>()

  constructor(name: string) {
    super()
    this.#name = name
    this.#ask(0)
  }

  protected override offsetAt(instant: Instant): number {
    const span = this.#spanOf(Math.floor(instant / SPAN))
    return instant < span.change ? span.before : span.after
  }

  #spanOf(index: number): Span {
    let span = this.#spans.get(index)
    if (!span) {
      if (this.#spans.size >= MAX_SPANS) this.#spans.clear()
      span = this.#look(index)
      this.#spans.set(index, span)
    }
    return span
  }

  #look(index: number): Span {
    const [start, end] = [index * SPAN, (index + 1) * SPAN]
    const before = this.#spans.get(index - 1)?.after ?? this.#ask(start)
    const after = this.#spans.get(index + 1)?.before ?? this.#ask(end)
    return { before, after, change: before === after ? end : this.#changeBetween(start, end, before) }
  }

  /** Zones change on whole seconds. */
  #changeBetween(start: Instant, end: Instant, before: number): Instant {
    let [last, first] = [start, end]
    while (first - last > 1000) {
      const middle = last + Math.floor((first - last) / 2000) * 1000
      if (this.#ask(middle) === before) last = middle
      else first = middle
    }
    return first
  }

  #ask(instant: Instant): number {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.#name).offsetNanoseconds / 1e6
  }
}

/** One offset, or two with the instant at which the second begins. */
interface Span {
  before: number
  after: number
  change: Instant
}

/** Must be shorter than the time between two changes of any zone. Since 1970 that was a week at least (Gaza in 2040, Recife in 2000). */
const SPAN = 4 * DAY

/** A century of one zone. */
const MAX_SPANS = 10_000
const MAX_ZONES = 1000
const zones = new Map<string, Zone>()
