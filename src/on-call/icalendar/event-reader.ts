import { convertIcsDuration, convertIcsRecurrenceRule, convertIcsText } from 'ts-ics'
import { LIMITS } from '../../limits.ts'
import type { Instant, Interval } from '../model.ts'
import { DAY, HOUR, type WallTime, WEEK } from '../wall-time.ts'
import { type LocalTime, zoneOf } from '../zone.ts'
import type { CalendarZones } from './calendar-zones.ts'
import { type Component, firstOf, type Property } from './content-lines.ts'
import { dateTime } from './date-time.ts'
import { type Budget, Recurrence } from './recurrence.ts'

export interface CalendarEvent extends Interval {
  summary: string
  /** E-mail addresses in lower case. */
  attendees: string[]
  organizer: string | null
}

/** Reads the events of one calendar: each becomes as many as it has occurrences that touch the interval. */
export class EventReader {
  readonly #zones: CalendarZones
  /** Of times that name none. */
  readonly #zone: LocalTime
  readonly #interval: Interval
  readonly #budget: Budget
  /** By UID, the occurrences that an event of its own replaces. */
  readonly #replaced = new Map<string, Property[]>()
  readonly #exclusions = new Map<string, Exclusions>()

  constructor(events: Component[], zones: CalendarZones, zone: LocalTime, interval: Interval, budget: Budget) {
    this.#zones = zones
    this.#zone = zone
    this.#interval = interval
    this.#budget = budget
    for (const { properties } of events) {
      const replaced = firstOf(properties, 'RECURRENCE-ID')
      if (!replaced) continue
      const uid = uidOf(properties)
      const others = this.#replaced.get(uid)
      if (others) others.push(replaced)
      else this.#replaced.set(uid, [replaced])
    }
  }

  /** Throws an Error that says in words why an event can't be read. */
  read({ properties }: Component): CalendarEvent[] {
    const dtstart = firstOf(properties, 'DTSTART')
    if (!dtstart) throw new Error('it has no start')
    const start = this.#timeOf(dtstart)
    const endOf = this.#endOf(properties, start)
    const begin = start.zone.instantOf(start.wall)
    const length = endOf(start.wall) - begin
    if (length <= 0) throw new Error('it has no length')
    const { start: from, end: to } = this.#interval
    const isExcluded = this.#exclusionsOf(properties)
    const about = { summary: summaryOf(properties), ...peopleOf(properties) }
    return this.#occurrences(properties, start, length)
      .map((wall) => ({ start: start.zone.instantOf(wall), end: endOf(wall), wall }))
      .filter((found) => found.start < found.end && found.start < to && found.end > from && !isExcluded(found))
      .map(({ start, end }) => ({ start, end, ...about }))
  }

  /** When it is on, by the wall clock. */
  #occurrences(properties: Property[], start: Time, length: number): WallTime[] {
    const from = start.zone.wallTimeAt(this.#interval.start) - length - DAY
    const to = start.zone.wallTimeAt(this.#interval.end) + DAY
    const walls = new Set([start.wall])
    for (const property of properties) {
      if (property.name === 'RDATE') {
        for (const value of property.value.split(',')) walls.add(this.#wallTimeIn(start.zone, property, value))
      }
      if (property.name !== 'RRULE') continue
      const rule = convertIcsRecurrenceRule(undefined, property)
      const until = untilOf(property, start.zone)
      for (const wall of new Recurrence(rule, start.wall).occurrences(from, to, until, this.#budget)) walls.add(wall)
    }
    return [...walls]
  }

  /** A date or time as the clocks of a zone show it. */
  #wallTimeIn(zone: LocalTime, property: Property, value: string): WallTime {
    const time = this.#timeOf(property, value)
    return time.allDay ? time.wall : zone.wallTimeAt(time.zone.instantOf(time.wall))
  }

  /**
   * When an occurrence ends. A shift from 20:00 to 08:00 ends at 08:00 also where clocks change in between: with the exact length that
   * RFC 5545 gives it there, two shifts would leave a gap or overlap.
   */
  #endOf(properties: Property[], start: Time): (wall: WallTime) => Instant {
    const [dtend, duration] = [firstOf(properties, 'DTEND'), firstOf(properties, 'DURATION')]
    if (dtend) {
      const end = this.#timeOf(dtend)
      return (wall) => end.zone.instantOf(end.wall + wall - start.wall)
    }
    if (duration) {
      const { days, rest } = durationOf(duration)
      return (wall) => start.zone.instantOf(wall + days) + rest
    }
    if (start.allDay) return (wall) => start.zone.instantOf(wall + DAY)
    throw new Error('it has no end')
  }

  #exclusionsOf(properties: Property[]): (occurrence: { start: Instant; wall: WallTime }) => boolean {
    const replacement = firstOf(properties, 'RECURRENCE-ID')
    if (replacement?.parameters.RANGE) throw new Error('it changes all later ones too, which is not read')
    const own = this.#datesOf(properties.filter(({ name }) => name === 'EXDATE'))
    const replaced = replacement ? this.#datesOf([]) : this.#replacedOf(uidOf(properties))
    return ({ start, wall }) =>
      [own, replaced].some(({ instants, days }) => instants.has(start) || days.has(Math.floor(wall / DAY) * DAY))
  }

  #replacedOf(uid: string): Exclusions {
    let exclusions = this.#exclusions.get(uid)
    if (!exclusions) {
      exclusions = this.#datesOf(this.#replaced.get(uid) ?? [])
      this.#exclusions.set(uid, exclusions)
    }
    return exclusions
  }

  #datesOf(properties: Property[]): Exclusions {
    const exclusions: Exclusions = { instants: new Set(), days: new Set() }
    for (const property of properties) {
      for (const value of property.value.split(',')) {
        const { wall, zone, allDay } = this.#timeOf(property, value)
        if (allDay) exclusions.days.add(wall)
        else exclusions.instants.add(zone.instantOf(wall))
      }
    }
    return exclusions
  }

  #timeOf({ name, parameters, value: whole }: Property, value = whole): Time {
    const time = dateTime(value)
    if (!time) throw new Error(`its ${name} is no date or time`)
    return { wall: time.wall, zone: time.utc ? zoneOf('UTC') : this.#zoneOf(parameters.TZID), allDay: time.dateOnly }
  }

  #zoneOf(id: string | undefined): LocalTime {
    if (!id) return this.#zone
    const zone = this.#zones.named(id)
    if (!zone) throw new Error(`its time zone ${id.slice(0, 60)} is not known`)
    return zone
  }
}

interface Time {
  wall: WallTime
  zone: LocalTime
  /** A date: its midnight. */
  allDay: boolean
}

/** Occurrences that are not, by when they start or by their day. */
interface Exclusions {
  instants: Set<Instant>
  days: Set<WallTime>
}

const MAX_ATTENDEES = 20

/** What an event is called; empty: it has no title. */
export function summaryOf(properties: Property[]): string {
  const summary = firstOf(properties, 'SUMMARY')
  return summary ? convertIcsText(undefined, summary).slice(0, LIMITS.summaryCharacters) : ''
}

function uidOf(properties: Property[]): string {
  return firstOf(properties, 'UID')?.value ?? ''
}

/** The last time that a rule may give. A date is that whole day, and a time in UTC is meant so; the others are local. */
function untilOf({ value }: Property, zone: LocalTime): WallTime {
  const text = /(?:^|;)UNTIL=([^;]*)/.exec(value)?.[1]
  if (text === undefined) return Number.POSITIVE_INFINITY
  const until = dateTime(text)
  if (!until) throw new Error('its UNTIL is no date or time')
  if (until.utc) return zone.wallTimeAt(until.wall)
  return until.dateOnly ? until.wall + DAY - 1 : until.wall
}

/** Days follow the wall clock, the rest does not. */
function durationOf({ value }: Property): { days: number; rest: number } {
  if (!/^\+?P(?=[\dT])(\d{1,6}W)?(\d{1,6}D)?(T(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?$/.test(value)) {
    throw new Error('its DURATION is none')
  }
  const {
    weeks = 0,
    days = 0,
    hours = 0,
    minutes = 0,
    seconds = 0,
  } = convertIcsDuration(undefined, {
    value: value.replace('+', ''),
  })
  return { days: weeks * WEEK + days * DAY, rest: hours * HOUR + minutes * 60_000 + seconds * 1000 }
}

function peopleOf(properties: Property[]): Pick<CalendarEvent, 'attendees' | 'organizer'> {
  const attendees = properties.filter(({ name }) => name === 'ATTENDEE').slice(0, MAX_ATTENDEES)
  const organizer = firstOf(properties, 'ORGANIZER')
  return {
    attendees: attendees.flatMap((attendee) => emailOf(attendee) ?? []),
    organizer: organizer ? emailOf(organizer) : null,
  }
}

/** Some calendars have a link for an address, and the address in a parameter. */
function emailOf({ value, parameters }: Property): string | null {
  const email = /^mailto:(.*)$/i.exec(value.trim())?.[1] ?? parameters.EMAIL ?? ''
  return email.includes('@') && email.length <= 254 ? email.toLowerCase() : null
}
