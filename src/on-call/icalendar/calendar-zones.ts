import { convertIcsRecurrenceRule } from 'ts-ics'
import type { Instant } from '../model.ts'
import type { WallTime } from '../wall-time.ts'
import { LocalTime, zoneOf } from '../zone.ts'
import { type Component, firstOf } from './content-lines.ts'
import { dateTime } from './date-time.ts'
import { type Budget, Recurrence } from './recurrence.ts'

/**
 * The time zones that a calendar names. ts-ics's own resolution asks a zone's offset for the wall clock as if it were UTC,
 * which is an hour wrong for hours around each change of clocks.
 */
export class CalendarZones {
  readonly #described: Map<string, Component>
  readonly #known = new Map<string, LocalTime | null>()
  readonly #until: Instant
  readonly #budget: Budget

  constructor(timezones: Component[], until: Instant, budget: Budget) {
    this.#described = new Map(
      timezones.map((timezone) => [firstOf(timezone.properties, 'TZID')?.value ?? '', timezone]),
    )
    this.#until = until
    this.#budget = budget
  }

  /** The zone of a TZID. Null: it is no known zone and the calendar does not describe it. */
  named(id: string): LocalTime | null {
    let zone = this.#known.get(id)
    if (zone === undefined) {
      const name = this.ianaName(id)
      const described = this.#described.get(id)
      zone = name ? zoneOf(name) : described ? describedZone(described, this.#until, this.#budget) : null
      this.#known.set(id, zone)
    }
    return zone
  }

  /** What the time zone database calls a TZID: itself, its end (/example.org/Europe/Berlin), or what its description says. */
  ianaName(id: string): string | null {
    const parts = id.split('/').slice(-3)
    const said = firstOf(this.#described.get(id)?.properties ?? [], 'X-LIC-LOCATION')?.value ?? ''
    return [id, ...parts.map((_, index) => parts.slice(index).join('/')), said].find(isZone) ?? null
  }

  /** The one that is described, if it is the only one. */
  get onlyDescribed(): string | null {
    const [id, second] = this.#described.keys()
    return second === undefined ? (id ?? null) : null
  }
}

/** A zone by the rules that a VTIMEZONE gives. */
class DescribedZone extends LocalTime {
  /** Sorted. */
  readonly #changes: Change[]

  constructor(changes: Change[]) {
    super()
    this.#changes = changes
  }

  protected override offsetAt(instant: Instant): number {
    const last = this.#changes.findLast(({ at }) => at <= instant)
    return last ? last.to : (this.#changes[0]?.from ?? 0)
  }
}

interface Change {
  at: Instant
  from: number
  to: number
}

/** Enough for two a year for ever; more is no time zone. */
const MAX_CHANGES = 1000

function describedZone(timezone: Component, until: Instant, budget: Budget): LocalTime | null {
  const changes: Change[] = []
  for (const { properties } of timezone.components) {
    const textOf = (name: string) => firstOf(properties, name)?.value ?? ''
    const start = dateTime(textOf('DTSTART'))
    const [from, to] = [offset(textOf('TZOFFSETFROM')), offset(textOf('TZOFFSETTO'))]
    if (start === null || from === null || to === null) continue
    const onsets = new Set([start.wall])
    for (const { name, value } of properties) {
      if (name === 'RDATE') for (const date of value.split(',')) onsets.add(dateTime(date)?.wall ?? start.wall)
      if (name === 'RRULE') for (const onset of repeated(value, start.wall, from, until, budget)) onsets.add(onset)
    }
    for (const onset of onsets) changes.push({ at: onset - from, from, to })
    if (changes.length > MAX_CHANGES) return null
  }
  return changes.length > 0 ? new DescribedZone(changes.sort((a, b) => a.at - b.at)) : null
}

function repeated(text: string, start: WallTime, from: number, until: Instant, budget: Budget): WallTime[] {
  const rule = convertIcsRecurrenceRule(undefined, { value: text })
  const last = (rule.until?.date.getTime() ?? Number.POSITIVE_INFINITY) + from
  // Nothing before 1970 is read.
  return new Recurrence(rule, start).occurrences(0, until, last, budget)
}

/** Reads +0530. */
function offset(text: string): number | null {
  const [, sign, hours, minutes, seconds] = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(text) ?? []
  if (!hours) return null
  const milliseconds = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1000
  return sign === '-' ? -milliseconds : milliseconds
}

function isZone(name: string): boolean {
  // Temporal takes offsets such as +01:00 as well; they are no names.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    zoneOf(name)
    return true
  } catch {
    return false
  }
}
