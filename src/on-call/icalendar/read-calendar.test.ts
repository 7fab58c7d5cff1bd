import { describe, expect, it } from 'vitest'
import { DAY } from '../wall-time.ts'
import { UnreadableCalendar } from './content-lines.ts'
import { readCalendar } from './read-calendar.ts'

const at = (text: string) => Date.parse(`${text}:00Z`)
const BOUNDS = { start: at('2025-02-01T00:00'), end: at('2026-03-01T00:00'), most: 1000, timeZone: 'Etc/UTC' }

function read(lines: string[], bounds = BOUNDS) {
  return readCalendar(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'), bounds)
}

function event(...lines: string[]): string[] {
  return ['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Ana', ...lines, 'END:VEVENT']
}

/** When the events of some lines are, as 03-30 06:00 to 03-30 18:00 in UTC. */
function times(lines: string[], bounds = BOUNDS): string[] {
  const { events, skipped } = read(lines, bounds)
  expect(skipped).toEqual([])
  const iso = (instant: number) => new Date(instant).toISOString().slice(5, 16).replace('T', ' ')
  return events.map(({ start, end }) => `${iso(start)} to ${iso(end)}`)
}

function starts(rule: string, most = 12, start = '20250303T080000Z'): string[] {
  return times(event(`DTSTART:${start}`, 'DURATION:PT1H', `RRULE:${rule}`))
    .slice(0, most)
    .map((time) => time.slice(0, 5))
}

describe('an event', () => {
  it('has a name, its people, and its time in whatever form it is given', () => {
    const lines = event(
      'DTSTART;TZID="Europe/Berlin":20250330T013000',
      'DTEND:20250330T043000Z',
      'ATTENDEE;CN="Ana; the: first";RSVP=TRUE:mailto:Ana@Example.com',
      'ATTENDEE;EMAIL=ben@example.com:urn:uuid:17',
      'ORGANIZER;CN=Cyd:MAILTO:cyd@example.com',
    )
    lines[2] = 'SUMMARY;LANGUAGE=en:On call\\, first\r\n  line\\nsecond'
    expect(read(['X-WR-CALNAME:Web\\; all', 'X-WR-TIMEZONE:Europe/Berlin', ...lines])).toEqual({
      name: 'Web; all',
      timeZone: 'Europe/Berlin',
      events: [
        {
          start: at('2025-03-30T00:30'),
          end: at('2025-03-30T04:30'),
          summary: 'On call, first line\nsecond',
          attendees: ['ana@example.com', 'ben@example.com'],
          organizer: 'cyd@example.com',
        },
      ],
      skipped: [],
    })
  })

  it('may have a duration, of which days follow the wall clock and hours do not', () => {
    const begin = 'DTSTART;TZID=Europe/Berlin:20250329T120000'
    expect(times(event(begin, 'DURATION:P1D'))).toEqual(['03-29 11:00 to 03-30 10:00'])
    expect(times(event(begin, 'DURATION:PT24H'))).toEqual(['03-29 11:00 to 03-30 11:00'])
    expect(times(event(begin, 'DURATION:P1W'))).toEqual(['03-29 11:00 to 04-05 10:00'])
  })

  it('of a whole day is from midnight to midnight in the zone of the calendar', () => {
    const lines = ['X-WR-TIMEZONE:America/New_York']
    const days = event('DTSTART;VALUE=DATE:20250308', 'DTEND;VALUE=DATE:20250310')
    expect(times([...lines, ...days])).toEqual(['03-08 05:00 to 03-10 04:00'])
    expect(times([...lines, ...event('DTSTART;VALUE=DATE:20250309')])).toEqual(['03-09 05:00 to 03-10 04:00'])
  })

  it('without a zone is in that of the calendar, else in the one that is given', () => {
    const floating = event('DTSTART:20250701T080000', 'DTEND:20250701T090000')
    expect(times(['X-WR-TIMEZONE:Asia/Tokyo', ...floating])).toEqual(['06-30 23:00 to 07-01 00:00'])
    expect(times(floating, { ...BOUNDS, timeZone: 'Europe/Berlin' })).toEqual(['07-01 06:00 to 07-01 07:00'])
    expect(read(floating).timeZone).toBeNull()
  })

  it('that is not read is named with the reason, and the others are read', () => {
    const end = 'DTEND:20250301T090000Z'
    const { events, skipped } = read([
      ...event('DTSTART:20250301T080000Z', end),
      ...event('DTSTART:20250301T080000Z'),
      ...event(end),
      ...event('DTSTART:20250301T100000Z', end),
      ...event('DTSTART:20250230T080000Z', end),
      ...event('DTSTART:soon', end),
      ...event('DTSTART;TZID=Mars/Olympus:20250301T080000', end),
      ...event('DTSTART:20250301T080000Z', 'DURATION:-PT1H'),
      ...event('DTSTART:20250301T080000Z', end, 'RRULE:FREQ=SECONDLY'),
      ...event('DTSTART:20250301T080000Z', end, 'RRULE:FREQ=DAILY;INTERVAL=0'),
      ...event('DTSTART:20250301T080000Z', end, 'RRULE:FREQ=DAILY;BYHOUR=8,9'),
      ...event('DTSTART:20250301T080000Z', end, 'RRULE:FREQ=DAILY;UNTIL=never'),
      'BEGIN:VEVENT',
      'END:VEVENT',
    ])
    expect(events).toHaveLength(1)
    expect(skipped).toEqual([
      '“Ana”: it has no end',
      '“Ana”: it has no start',
      '“Ana”: it has no length',
      '“Ana”: its DTSTART is no date or time',
      '“Ana”: its DTSTART is no date or time',
      '“Ana”: its time zone Mars/Olympus is not known',
      '“Ana”: its DURATION is none',
      '“Ana”: it repeats by FREQ=SECONDLY, which is not read',
      '“Ana”: it repeats by an INTERVAL that is no number, which is not read',
      '“Ana”: it repeats by BYHOUR, which is not read',
      '“Ana”: its UNTIL is no date or time',
      'An event without a title: it has no start',
    ])
  })

  it('outside the bounds is counted, and one that reaches in is read whole', () => {
    const around = event('DTSTART:20250131T000000Z', 'DTEND:20250202T000000Z')
    const { events, skipped } = read([...around, ...event('DTSTART:20200101T000000Z', 'DURATION:P1D')])
    expect(events).toMatchObject([{ start: at('2025-01-31T00:00'), end: at('2025-02-02T00:00') }])
    expect(skipped).toEqual(['1 event outside the time that is read'])
  })
})

describe('what repeats', () => {
  it('is at the same time of the wall clock across a change of clocks, with its ends', () => {
    const nightly = event(
      'DTSTART;TZID=Europe/Berlin:20250328T200000',
      'DTEND;TZID=Europe/Berlin:20250329T080000',
      'RRULE:FREQ=DAILY;COUNT=3',
    )
    expect(times(nightly)).toEqual([
      '03-28 19:00 to 03-29 07:00',
      '03-29 19:00 to 03-30 06:00',
      '03-30 18:00 to 03-31 06:00',
    ])
  })

  it.each<[string, string[]]>([
    ['FREQ=DAILY;INTERVAL=10;COUNT=3', ['03-03', '03-13', '03-23']],
    ['FREQ=DAILY;BYDAY=MO,WE;COUNT=3', ['03-03', '03-05', '03-10']],
    ['FREQ=WEEKLY;COUNT=3', ['03-03', '03-10', '03-17']],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=4', ['03-03', '03-09', '03-17', '03-23']],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=4', ['03-03', '03-16', '03-17', '03-30']],
    ['FREQ=WEEKLY;UNTIL=20250317T080000Z', ['03-03', '03-10', '03-17']],
    ['FREQ=WEEKLY;UNTIL=20250317T075959Z', ['03-03', '03-10']],
    ['FREQ=WEEKLY;UNTIL=20250317', ['03-03', '03-10', '03-17']],
    ['FREQ=MONTHLY;COUNT=3', ['03-03', '04-03', '05-03']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4', ['03-03', '03-31', '04-30', '05-31']],
    ['FREQ=MONTHLY;BYDAY=1MO;COUNT=3', ['03-03', '04-07', '05-05']],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', ['03-03', '03-28', '04-25']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3', ['03-03', '03-31', '04-30']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', ['03-03', '06-13', '02-13']],
    ['FREQ=YEARLY;BYMONTH=6,12;BYDAY=2TU', ['03-03', '06-10', '12-09']],
    ['FREQ=YEARLY;BYDAY=-1SU', ['03-03', '12-28']],
    ['FREQ=YEARLY;BYMONTHDAY=31;COUNT=4', ['03-03', '03-31', '05-31', '07-31']],
    ['FREQ=YEARLY', ['03-03']],
  ])('%s', (rule, expected) => {
    expect(starts(rule)).toEqual(expected)
  })

  it('since long ago is found without being counted through, and is counted where it has to be', () => {
    expect(starts('FREQ=WEEKLY;INTERVAL=2', 3, '19000101T080000Z')).toEqual(['02-10', '02-24', '03-10'])
    expect(starts('FREQ=MONTHLY', 3, '19000331T080000Z')).toEqual(['03-31', '05-31', '07-31'])
    expect(starts('FREQ=DAILY;COUNT=45691', 9, '19000101T080000Z')).toEqual(['02-01', '02-02', '02-03', '02-04'])
  })

  it('leaves out its exceptions, has what is added, and moves what was moved', () => {
    const lines = [
      ...event(
        'DTSTART;TZID=Europe/Berlin:20250303T080000',
        'DTEND;TZID=Europe/Berlin:20250304T080000',
        'RRULE:FREQ=WEEKLY;COUNT=5',
        'EXDATE;TZID=Europe/Berlin:20250303T080000,20250310T080000',
        'EXDATE;VALUE=DATE:20250317',
        'RDATE;TZID=Europe/Berlin:20250306T080000',
      ),
      ...event('RECURRENCE-ID:20250324T070000Z', 'DTSTART:20250325T070000Z', 'DTEND:20250326T070000Z'),
      ...event('RECURRENCE-ID:20250331T060000Z', 'DTSTART:20250331T060000Z', 'STATUS:CANCELLED'),
    ]
    expect(times(lines)).toEqual(['03-06 07:00 to 03-07 07:00', '03-25 07:00 to 03-26 07:00'])
  })

  it('by whole days has the length of each day', () => {
    const days = event('DTSTART;VALUE=DATE:20250329', 'DTEND;VALUE=DATE:20250330', 'RRULE:FREQ=DAILY;UNTIL=20250331')
    expect(times(['X-WR-TIMEZONE:Europe/Berlin', ...days])).toEqual([
      '03-28 23:00 to 03-29 23:00',
      '03-29 23:00 to 03-30 22:00',
      '03-30 22:00 to 03-31 22:00',
    ])
  })
})

describe('a time zone', () => {
  const outlook = [
    'BEGIN:VTIMEZONE',
    'TZID:W. Europe Standard Time',
    'BEGIN:STANDARD',
    'DTSTART:16010101T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ]

  it.each(['20250330T013000', '20250330T023000', '20250330T033000', '20250701T120000', '20251026T023000'])(
    'that the calendar describes is the same at %s as the one it stands for',
    (time) => {
      const daily = (zone: string) => event(`DTSTART;TZID=${zone}:${time}`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2')
      expect(times([...outlook, ...daily('W. Europe Standard Time')])).toEqual(times(daily('Europe/Berlin')))
    },
  )

  it('is that of the calendar where it is the only one that it describes', () => {
    const floating = event('DTSTART:20250701T080000', 'DTEND:20250701T090000')
    expect(times([...outlook, ...floating])).toEqual(['07-01 06:00 to 07-01 07:00'])
    expect(read([...outlook, ...floating]).timeZone).toBeNull()
    const located = outlook.toSpliced(2, 0, 'X-LIC-LOCATION:Europe/Berlin')
    expect(read([...located, ...floating]).timeZone).toBe('Europe/Berlin')
  })

  it('is known with a prefix before its name', () => {
    const prefixed = event('DTSTART;TZID=/example.org/20250101_1/Europe/Berlin:20250701T080000', 'DURATION:PT1H')
    expect(times(prefixed)).toEqual(['07-01 06:00 to 07-01 07:00'])
  })

  it('that changed for the last time long ago keeps what it came to', () => {
    const lines = ['BEGIN:VTIMEZONE', 'TZID:Here', 'BEGIN:STANDARD', 'DTSTART:19800101T000000']
    const rest = ['TZOFFSETFROM:+0000', 'TZOFFSETTO:+0530', 'END:STANDARD', 'END:VTIMEZONE']
    const found = event('DTSTART;TZID=Here:20250701T080000', 'DURATION:PT1H')
    expect(times([...lines, ...rest, ...found])).toEqual(['07-01 02:30 to 07-01 03:30'])
  })
})

describe('a file', () => {
  it.each<[string, string, string]>([
    ['that is empty', '', 'must begin with BEGIN:VCALENDAR'],
    ['that is a page', '<!DOCTYPE html>\n<p style="a: b">Sign in</p>', 'must begin with BEGIN:VCALENDAR'],
    ['that is cut off', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A', 'cut off: VEVENT begins and does not end'],
    [
      'whose parts are interlaced',
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR',
      'END:VCALENDAR where VEVENT is open',
    ],
    ['that ends what is not open', 'END:VEVENT', 'END:VEVENT where nothing is open'],
  ])('%s is refused in words', (_, text, message) => {
    expect(() => readCalendar(text, BOUNDS)).toThrow(UnreadableCalendar)
    expect(() => readCalendar(text, BOUNDS)).toThrow(message)
  })

  it('may have a byte order mark, other line ends and names in small letters', () => {
    const [start, end] = ['dtstart:20250301T080000Z', 'dtend:20250301T090000Z']
    const text = `\uFEFFbegin:vcalendar\nbegin:vevent\n${start}\n${end}\nend:vevent\nend:vcalendar\n`
    expect(readCalendar(text, BOUNDS).events).toHaveLength(1)
  })

  it('may have lines that make no sense, and words in a text that look like the format', () => {
    const lines = event(
      'DTSTART:20250301T080000Z',
      'no line',
      'DESCRIPTION:BEGIN:VEVENT \\n END:VEVENT',
      'DURATION:PT1H',
    )
    expect(times(lines)).toEqual(['03-01 08:00 to 03-01 09:00'])
  })

  it('may have alarms, whose times are not those of the event', () => {
    const alarm = ['BEGIN:VALARM', 'TRIGGER:-PT5M', 'DURATION:PT5M', 'SUMMARY:Wake up', 'END:VALARM']
    const { events } = read(event(...alarm, 'DTSTART:20250301T080000Z', 'DURATION:PT1H'))
    expect(events).toMatchObject([{ summary: 'Ana', end: at('2025-03-01T09:00') }])
  })
})

describe('a hostile file', () => {
  const daily = (count: number, ...more: string[]) =>
    Array.from({ length: count }, () => event('DTSTART:20250301T080000Z', 'DURATION:PT1H', ...more)).flat()

  it('with more events than are taken is refused, also when few lines make them', () => {
    expect(() => read(daily(1001))).toThrow('more than 1000 events between 2025-02-01 and 2026-03-01')
    expect(() => read(daily(3, 'RRULE:FREQ=DAILY;COUNT=999999999'))).toThrow('more than 1000 events')
  })

  it('that repeats without end outside the bounds is refused', () => {
    const hidden = event(
      'DTSTART:10000101T080000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2;COUNT=9',
    )
    expect(() => read(Array.from({ length: 500 }, () => hidden).flat())).toThrow('repeats too often')
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Here', 'BEGIN:STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0000']
    const rest = ['TZOFFSETTO:+0100', 'RRULE:FREQ=DAILY', 'END:STANDARD', 'END:VTIMEZONE']
    const here = event('DTSTART;TZID=Here:20250301T080000', 'DURATION:PT1H')
    expect(read([...zone, ...rest, ...here]).skipped).toEqual(['“Ana”: its time zone Here is not known'])
  })

  it('with long lines, deep nesting and long lists is read all the same', () => {
    const long = 'x'.repeat(256 * 1024)
    expect(read(event('DTSTART:20250301T080000Z', 'DURATION:PT1H', `SUMMARY;A="${long}`)).events).toHaveLength(1)
    expect(read([`X:${long.replaceAll('x', '\r\n ')}`]).events).toEqual([])
    expect(() => read([long.replaceAll('xxxxxxxx', 'BEGIN:A\r\n')])).toThrow('where A is open')
    const days = Array.from({ length: 20_000 }, (_, day) => new Date(day * DAY).toISOString().slice(0, 10))
    const exceptions = `EXDATE;VALUE=DATE:${days.join(',').replaceAll('-', '')}`
    expect(
      read(event('DTSTART:20250301T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY', exceptions)).skipped,
    ).toHaveLength(0)
    expect(read(event('DTSTART:20250301T080000Z', 'DURATION:P999999W')).events).toHaveLength(1)
  })

  it('does not make a long list of what was left out, nor long titles', () => {
    const { skipped } = read(Array.from({ length: 2000 }, () => event('DTSTART:x', `SUMMARY:${'y'.repeat(99)}`)).flat())
    expect(skipped).toHaveLength(51)
    expect(skipped.at(-1)).toBe('1950 more that can’t be read')
  })
})
