import { convertIcsText } from 'ts-ics'
import type { Interval } from '../model.ts'
import { DAY } from '../wall-time.ts'
import { zoneOf } from '../zone.ts'
import { CalendarZones } from './calendar-zones.ts'
import { type Component, firstOf, type Property, parseComponents, UnreadableCalendar } from './content-lines.ts'
import { type CalendarEvent, EventReader, summaryOf } from './event-reader.ts'
import { Budget } from './recurrence.ts'

export interface CalendarBounds extends Interval {
  /** A calendar with more events than that in the interval is refused. */
  most: number
  /** Of times that name none, in a calendar that names none. */
  timeZone: string
}

export interface ReadCalendar {
  name: string | null
  /** IANA name; null: the calendar names none that is known. */
  timeZone: string | null
  /** Those that touch the interval, whole, by their start. */
  events: CalendarEvent[]
  /** What was left out and why, in words. */
  skipped: string[]
}

/**
 * Reads an iCalendar file (RFC 5545) of anybody; what repeats is written out. Throws an UnreadableCalendar for what is none and
 * for one that is too much; what is amiss in an event leaves only that event out.
 *
 * Of ts-ics it takes what reads values. Lines, zones and repetition are read here: ts-ics ends a parameter at a quoted
 * semicolon, is an hour wrong around a change of clocks, and writes FREQ=SECONDLY out to the end.
 */
export function readCalendar(text: string, bounds: CalendarBounds): ReadCalendar {
  const calendars = parseComponents(text).filter(({ name }) => name === 'VCALENDAR')
  if (calendars.length === 0) {
    throw new UnreadableCalendar('This is no iCalendar file: it must begin with BEGIN:VCALENDAR')
  }
  const properties = calendars.flatMap((calendar) => calendar.properties)
  const components = calendars.flatMap((calendar) => calendar.components)
  const events = components.filter(({ name }) => name === 'VEVENT')
  const timezones = components.filter(({ name }) => name === 'VTIMEZONE')
  const budget = new Budget(MAX_DAYS)
  const zones = new CalendarZones(timezones, bounds.end + 366 * DAY, budget)
  const zone = textOf(properties, 'X-WR-TIMEZONE') ?? zones.onlyDescribed
  const ofCalendar = (zone && zones.named(zone)) || zoneOf(bounds.timeZone)
  return {
    name: textOf(properties, 'X-WR-CALNAME') ?? textOf(properties, 'NAME'),
    timeZone: zone && zones.ianaName(zone),
    ...readEvents(events, new EventReader(events, zones, ofCalendar, bounds, budget), bounds),
  }
}

/** That repetition may make us look at: ten years of a hundred weekly shifts. */
const MAX_DAYS = 500_000
const MAX_SKIPPED = 50

function readEvents(components: Component[], reader: EventReader, bounds: CalendarBounds) {
  const events: CalendarEvent[] = []
  const skipped: string[] = []
  let elsewhere = 0
  for (const component of components) {
    if (firstOf(component.properties, 'STATUS')?.value.toUpperCase() === 'CANCELLED') continue
    try {
      const found = reader.read(component)
      if (found.length === 0) elsewhere++
      if (events.length + found.length > bounds.most) throw tooMany(bounds)
      events.push(...found)
    } catch (error) {
      if (!(error instanceof Error) || error instanceof UnreadableCalendar) throw error
      skipped.push(`${titleOf(component)}: ${error.message}`)
    }
  }
  const more = skipped.length - MAX_SKIPPED
  if (more > 0) skipped.splice(MAX_SKIPPED, more, `${more} more that can’t be read`)
  if (elsewhere > 0) skipped.push(`${elsewhere} ${elsewhere === 1 ? 'event' : 'events'} outside the time that is read`)
  return { events: events.sort((a, b) => a.start - b.start || a.end - b.end), skipped }
}

function tooMany({ start, end, most }: CalendarBounds): UnreadableCalendar {
  const [from, to] = [start, end].map((at) => new Date(at).toISOString().slice(0, 10))
  return new UnreadableCalendar(
    `The calendar has more than ${most} events between ${from} and ${to}: export fewer of them`,
  )
}

function titleOf({ properties }: Component): string {
  const summary = summaryOf(properties).replace(/\s+/g, ' ').trim()
  return summary ? `“${summary.slice(0, 80)}”` : 'An event without a title'
}

function textOf(properties: Property[], name: string): string | null {
  const property = firstOf(properties, name)
  return (property && convertIcsText(undefined, property).trim().slice(0, 200)) || null
}
