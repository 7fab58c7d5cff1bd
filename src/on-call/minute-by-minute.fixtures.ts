import type { Instant, Layer, RecurringSchedule, Restriction } from './model.ts'
import { Temporal } from './temporal.ts'

/**
 * Who is on call, found without cleverness to compare with: a table of what the wall clock shows at each minute around an
 * instant, local times looked up in it, and all turns walked through from the layer's start.
 */
export class MinuteByMinute {
  readonly #begin: Instant
  readonly #wall: number[] = []
  readonly #firstAt = new Map<number, number>()

  constructor(timeZone: string, around: Instant) {
    this.#begin = around - 45 * DAY
    let offset = 0
    for (let minute = 0; minute < 65 * DAY_MINUTES; minute++) {
      const instant = this.#begin + minute * MINUTE
      // No change in these tests is at another minute of the hour.
      if (minute % 30 === 0) {
        offset = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6
      }
      const wall = instant + offset
      this.#wall.push(wall)
      if (!this.#firstAt.has(wall)) this.#firstAt.set(wall, minute)
    }
  }

  /** The user on call at each minute; null: nobody. */
  onCall(schedule: RecurringSchedule, from: Instant, to: Instant): (number | null)[] {
    const onCall = new Array<number | null>(this.#wall.length).fill(null)
    for (const layer of schedule.layers) this.#paint(layer, onCall)
    for (const { userId, start, end } of schedule.overrides) {
      onCall.fill(userId, Math.ceil((start - this.#begin) / MINUTE), Math.ceil((end - this.#begin) / MINUTE))
    }
    return onCall.slice((from - this.#begin) / MINUTE, (to - this.#begin) / MINUTE)
  }

  #paint(layer: Layer, onCall: (number | null)[]): void {
    const open = layer.restrictions?.length ? this.#openMinutes(layer.restrictions) : null
    const end = layer.end ? this.#minuteOf(wallClock(layer.end)) : onCall.length
    let turn = 0
    let next = this.#handOff(layer, 1)
    for (let minute = this.#handOff(layer, 0); minute < end; minute++) {
      for (; next <= minute; next = this.#handOff(layer, turn + 1)) turn++
      if ((open && !open[minute]) || !this.#inWindow(layer, minute)) continue
      onCall[minute] = layer.users[(turn + (layer.turnOffset ?? 0)) % layer.users.length] as number
    }
  }

  #inWindow({ window }: Layer, minute: number): boolean {
    const instant = this.#begin + minute * MINUTE
    return !window || (window.start <= instant && instant < window.end)
  }

  #handOff({ start, rotation: { unit, every } }: Layer, turn: number): number {
    const first = Temporal.PlainDateTime.from(start)
    if (unit === 'hour') return this.#minuteOf(wallClock(start)) + turn * every * 60
    return this.#minuteOf(wallClock(first.add({ [`${unit}s`]: turn * every }).toString()))
  }

  #openMinutes(restrictions: Restriction[]): boolean[] {
    const open = new Array<boolean>(this.#wall.length).fill(false)
    const midnight = Math.ceil((this.#wall[0] as number) / DAY) * DAY
    for (const restriction of restrictions) {
      for (let day = midnight; day < midnight + 60 * DAY; day += DAY) {
        const { from, to } = restriction
        if ('day' in from && new Date(day).getUTCDay() !== from.day % 7) continue
        const start = day + sinceMidnight(from.time)
        let end = day + sinceMidnight(to.time)
        if ('day' in to) while (new Date(end).getUTCDay() !== to.day % 7) end += DAY
        if (end <= start) end += 'day' in to ? 7 * DAY : DAY
        for (let minute = this.#minuteOf(start); minute < this.#minuteOf(end); minute++) open[minute] = true
      }
    }
    return open
  }

  /** A time that the table lacks lies beyond its end, or in a gap. */
  #minuteOf(wall: number): number {
    const found = this.#firstAt.get(wall)
    if (found !== undefined) return found
    if (wall > (this.#wall.at(-1) as number)) return this.#wall.length
    const after = this.#wall.findIndex((shown) => shown > wall)
    return after - 1 + (wall - (this.#wall[after - 1] as number)) / MINUTE
  }
}

function wallClock(text: string): number {
  return Date.parse(`${text}Z`)
}

function sinceMidnight(time: string): number {
  return Date.parse(`1970-01-01T${time}Z`)
}

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60
const DAY = DAY_MINUTES * MINUTE
