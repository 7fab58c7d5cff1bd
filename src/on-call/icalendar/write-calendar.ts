import { generateIcsEvent, generateIcsText } from 'ts-ics'
import type { Instant, Shift } from '../model.ts'
import { fold } from './content-lines.ts'

export interface CalendarToWrite {
  name: string
  timeZone: string
  shifts: ShiftToWrite[]
  /** When it is written. */
  now: Instant
}

export interface ShiftToWrite {
  uid: string
  start: Instant
  end: Instant
  summary: string
  description: string
  url: string
}

/**
 * Shifts as an iCalendar file (RFC 5545) that calendars subscribe to. ts-ics writes the values; the lines are folded here,
 * because it counts characters instead of octets and cuts emoji in two.
 */
export function writeCalendar({ name, timeZone, shifts, now }: CalendarToWrite): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tocsin//On-call schedules//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    line('X-WR-CALNAME', name),
    line('X-WR-TIMEZONE', timeZone),
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...shifts.flatMap((shift) => eventLines(shift, now)),
    'END:VCALENDAR',
  ]
  return `${lines.map(fold).join('\r\n')}\r\n`
}

/** The same for the same shift each time the calendar is read, so that it is changed there and not doubled. */
export function shiftUid(scheduleId: number, { userId, start }: Shift): string {
  return `shift-${scheduleId}-${userId}-${start}@tocsin`
}

function eventLines({ uid, start, end, summary, description, url }: ShiftToWrite, now: Instant): string[] {
  const event = generateIcsEvent(
    {
      uid,
      stamp: { date: new Date(now) },
      start: { date: new Date(start) },
      end: { date: new Date(end) },
      summary: plain(summary),
      description: plain(description),
      url,
      // On call is not busy: meetings may be put there.
      timeTransparent: 'TRANSPARENT',
    },
    { skipFormatLines: true },
  )
  return event.trimEnd().split('\r\n')
}

function line(name: string, text: string): string {
  return generateIcsText(name, plain(text)).trimEnd()
}

/** Without what a line can't hold: ts-ics escapes \n, and leaves other control characters as they are. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '')
}
