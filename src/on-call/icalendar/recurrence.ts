import type { IcsRecurrenceRule, IcsWeekDay } from 'ts-ics'
import { A_MONDAY, DAY, monthsBetween, type WallTime, WEEK } from '../wall-time.ts'
import { UnreadableCalendar } from './content-lines.ts'

/**
 * The wall-clock times of what repeats (RFC 5545, 3.3.10), by days, weeks, months or years. ts-ics can extend rules too, but
 * neither from a late beginning on nor within a bound, and not on a zone's wall clock.
 */
export class Recurrence {
  readonly #start: WallTime
  readonly #frequency: Frequency
  readonly #interval: number
  readonly #count: number
  readonly #weekStart: number
  readonly #months: Set<number> | null
  readonly #monthDays: Set<number> | null
  /** `1`: each Tuesday; `1:-1`: the last one. */
  readonly #weekdays: Set<string> | null
  readonly #positions: Set<number> | null

  /** Throws an UnreadableRule when the rule is none that is read. */
  constructor(rule: Partial<IcsRecurrenceRule>, start: WallTime) {
    const { frequency, interval = 1, count = Number.POSITIVE_INFINITY } = rule
    if (!isRead(frequency)) throw new UnreadableRule(frequency ? `FREQ=${frequency}` : 'a frequency that is missing')
    for (const part of UNREAD_PARTS) if (rule[part]) throw new UnreadableRule(part.toUpperCase())
    if (!(Number.isInteger(interval) && interval > 0)) throw new UnreadableRule('an INTERVAL that is no number')
    if (!(count > 0)) throw new UnreadableRule('a COUNT that is no number')
    this.#start = start
    this.#frequency = frequency
    this.#interval = interval
    this.#count = count
    this.#weekStart = weekday(rule.workweekStart ?? 'MO')
    const { byMonth, byMonthday, byDay, bySetPos } = rule
    const yearlyOnItsDay = frequency === 'YEARLY' && !byMonth && !byMonthday && !byDay
    this.#months = yearlyOnItsDay ? new Set([new Date(start).getUTCMonth()]) : set(byMonth)
    const onItsMonthDay = (frequency === 'MONTHLY' || frequency === 'YEARLY') && !byMonthday && !byDay
    this.#monthDays = onItsMonthDay ? new Set([new Date(start).getUTCDate()]) : set(byMonthday)
    this.#weekdays =
      frequency === 'WEEKLY' && !byDay
        ? new Set([String(weekdayOf(start))])
        : set(byDay?.map(({ day, occurrence }) => weekday(day) + (occurrence === undefined ? '' : `:${occurrence}`)))
    this.#positions = set(bySetPos)
  }

  /** Those from one time and before another, the start of all among them, none after `until`. */
  occurrences(from: WallTime, to: WallTime, until: WallTime, budget: Budget): WallTime[] {
    const found: WallTime[] = []
    const timeOfDay = this.#start - midnight(this.#start)
    let taken = 0
    const take = (wall: WallTime) => {
      taken++
      if (wall >= from && wall < to) found.push(wall)
    }
    take(this.#start)
    for (let period = this.#firstPeriod(from); taken < this.#count; period++) {
      const spans = this.#spans(period)
      const first = spans[0]?.first
      // Also where the calendar ends: no number is less than NaN.
      if (first === undefined || !(first < to && first <= until)) break
      for (const day of this.#daysOf(spans, budget)) {
        const wall = day + timeOfDay
        if (wall <= this.#start) continue
        if (wall >= to || wall > until || taken >= this.#count) return found
        take(wall)
      }
    }
    return found
  }

  /** The period before the one asked for, as far as nothing has to be counted from the beginning. */
  #firstPeriod(from: WallTime): number {
    if (Number.isFinite(this.#count)) return 0
    const units = {
      DAILY: (from - this.#start) / DAY,
      WEEKLY: (from - this.#start) / WEEK,
      MONTHLY: monthsBetween(this.#start, from),
      YEARLY: monthsBetween(this.#start, from) / 12,
    }
    return Math.max(0, Math.floor(units[this.#frequency] / this.#interval) - 1)
  }

  /** The stretches of days in which a period's are counted: of several months, each for itself. */
  #spans(period: number): Span[] {
    const steps = period * this.#interval
    const [year, month] = [new Date(this.#start).getUTCFullYear(), new Date(this.#start).getUTCMonth()]
    switch (this.#frequency) {
      case 'DAILY':
        return [{ first: midnight(this.#start) + steps * DAY, days: 1 }]
      case 'WEEKLY': {
        const sinceWeekStart = (weekdayOf(this.#start) - this.#weekStart + 7) % 7
        return [{ first: midnight(this.#start) + (steps * 7 - sinceWeekStart) * DAY, days: 7 }]
      }
      case 'MONTHLY':
        return [span(Date.UTC(year, month + steps), Date.UTC(year, month + steps + 1))]
      case 'YEARLY':
        if (!this.#months) return [span(Date.UTC(year + steps, 0), Date.UTC(year + steps + 1, 0))]
        return MONTHS.filter((listed) => this.#months?.has(listed)).map((listed) =>
          span(Date.UTC(year + steps, listed), Date.UTC(year + steps, listed + 1)),
        )
    }
  }

  #daysOf(spans: Span[], budget: Budget): WallTime[] {
    const matching: WallTime[] = []
    for (const span of spans) {
      budget.spend(span.days)
      for (let index = 0; index < span.days; index++)
        if (this.#matches(span, index)) matching.push(span.first + index * DAY)
    }
    const positions = this.#positions
    if (!positions) return matching
    return matching.filter((_, index) => positions.has(index + 1) || positions.has(index - matching.length))
  }

  #matches({ first, days }: Span, index: number): boolean {
    const day = first + index * DAY
    const date = new Date(day)
    if (this.#months && !this.#months.has(date.getUTCMonth())) return false
    if (this.#monthDays) {
      const monthDay = date.getUTCDate()
      const fromTheEnd = monthDay - lastMonthDay(date) - 1
      if (!this.#monthDays.has(monthDay) && !this.#monthDays.has(fromTheEnd)) return false
    }
    if (!this.#weekdays) return true
    const which = weekdayOf(day)
    return [
      `${which}`,
      `${which}:${Math.floor(index / 7) + 1}`,
      `${which}:${-Math.floor((days - 1 - index) / 7) - 1}`,
    ].some((listed) => this.#weekdays?.has(listed))
  }
}

/** A rule that is not read, with what it has that is not. */
export class UnreadableRule extends Error {
  constructor(what: string) {
    super(`it repeats by ${what}, which is not read`)
  }
}

/** How many days a whole file may make us look at: a hostile rule is cheap to write. */
export class Budget {
  #days: number

  constructor(days: number) {
    this.#days = days
  }

  spend(days: number): void {
    this.#days -= days
    if (this.#days < 0) throw new UnreadableCalendar('The calendar repeats too often to be read')
  }
}

type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

interface Span {
  first: WallTime
  days: number
}

const UNREAD_PARTS = ['byYearday', 'byWeekNo', 'byHour', 'byMinute', 'bySecond'] as const
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const MONTHS = Array.from({ length: 12 }, (_, month) => month)

function isRead(frequency: string | undefined): frequency is Frequency {
  return frequency === 'DAILY' || frequency === 'WEEKLY' || frequency === 'MONTHLY' || frequency === 'YEARLY'
}

function set<Item>(items: Item[] | undefined): Set<Item> | null {
  return items ? new Set(items) : null
}

function span(first: WallTime, end: WallTime): Span {
  return { first, days: (end - first) / DAY }
}

function midnight(wall: WallTime): WallTime {
  return Math.floor(wall / DAY) * DAY
}

/** Monday = 0. */
function weekday(name: IcsWeekDay): number {
  const found = WEEKDAYS.indexOf(name)
  if (found === -1) throw new UnreadableRule('a day that no week has')
  return found
}

function weekdayOf(wall: WallTime): number {
  return ((((midnight(wall) - A_MONDAY) / DAY) % 7) + 7) % 7
}

function lastMonthDay(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}
