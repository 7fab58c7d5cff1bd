import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Shift } from '../model.ts'
import { readCalendar } from './read-calendar.ts'
import { type CalendarToWrite, shiftUid, writeCalendar } from './write-calendar.ts'

const at = (text: string) => Date.parse(`${text}:00Z`)
const NOW = at('2025-03-01T12:00')

function calendar(changes: Partial<CalendarToWrite['shifts'][number]> = {}): CalendarToWrite {
  const shift = {
    uid: 'shift-1-2-3@tocsin',
    start: at('2025-03-03T08:00'),
    end: at('2025-03-10T08:00'),
    summary: 'Ana on call',
    description: 'Web',
    url: 'https://tocsin.example.com/schedules/1',
    ...changes,
  }
  return { name: 'Web', timeZone: 'Europe/Berlin', shifts: [shift], now: NOW }
}

describe('a calendar that is written', () => {
  it('has what RFC 5545 and the calendars that subscribe to it ask for, in their order', () => {
    expect(writeCalendar(calendar()).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Tocsin//On-call schedules//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Web',
      'X-WR-TIMEZONE:Europe/Berlin',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VEVENT',
      'UID:shift-1-2-3@tocsin',
      'DTSTAMP:20250301T120000Z',
      'DTSTART:20250303T080000Z',
      'DTEND:20250310T080000Z',
      'SUMMARY:Ana on call',
      'DESCRIPTION:Web',
      'URL:https://tocsin.example.com/schedules/1',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  it('escapes what would end a value or begin a line', () => {
    const text = writeCalendar({ ...calendar({ description: 'a, b; c\\d\r\nEND:VEVENT\re' }), name: 'A\nBEGIN:VEVENT' })
    expect(text).toContain('DESCRIPTION:a\\, b\\; c\\\\d\\nEND:VEVENT\\ne\r\n')
    expect(text).toContain('X-WR-CALNAME:A\\nBEGIN:VEVENT\r\n')
  })

  it('folds lines at 75 octets, between characters', () => {
    const summary = 'Größe 🚒'.repeat(40)
    const text = writeCalendar(calendar({ summary }))
    for (const line of text.split('\r\n')) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(line.isWellFormed()).toBe(true)
    }
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${summary}\r\n`)
  })

  it('reads as what was written, whatever the words', () => {
    const second = fc.integer({ min: at('2025-01-01T00:00') / 1000, max: at('2026-01-01T00:00') / 1000 })
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(':', ';', ',', '\\', 'n', 'N', '"', '\n', ' ', 'ö', '🚒'), maxLength: 200 }),
    )
    const shift = fc.tuple(second, fc.integer({ min: 1, max: 1e7 }), words, words).map(([start, length, ...texts]) => ({
      uid: `shift-1-2-${start}@tocsin`,
      start: start * 1000,
      end: (start + length) * 1000,
      summary: texts[0],
      description: texts[1],
      url: 'https://tocsin.example.com/schedules/1',
    }))
    fc.assert(
      fc.property(fc.array(shift, { maxLength: 5 }), words, (shifts, name) => {
        const text = writeCalendar({ name, timeZone: 'Europe/Berlin', shifts, now: NOW })
        const bounds = { start: at('2024-12-01T00:00'), end: at('2026-12-01T00:00'), most: 10, timeZone: 'Etc/UTC' }
        expect(readCalendar(text, bounds)).toEqual({
          name: name.trim() || null,
          timeZone: 'Europe/Berlin',
          events: shifts
            .toSorted((a, b) => a.start - b.start || a.end - b.end)
            .map(({ start, end, summary }) => ({ start, end, summary, attendees: [], organizer: null })),
          skipped: [],
        })
      }),
    )
  })
})

describe('the UID of a shift', () => {
  it('is the same as long as schedule, user and start are', () => {
    const shift: Shift = { userId: 2, start: NOW, end: NOW + 1 }
    expect(shiftUid(1, { ...shift, end: NOW + 2 })).toBe(shiftUid(1, shift))
    const others = [shiftUid(2, shift), shiftUid(1, { ...shift, userId: 3 }), shiftUid(1, { ...shift, start: NOW - 1 })]
    expect(new Set([shiftUid(1, shift), ...others]).size).toBe(4)
  })
})
