interface Interval {
  start: number
  end: number
}

/** "14:00" */
export const timeIn = (zone: string, instant: number) => formatsOf(zone).time.format(instant)

/** "Wed 25 Nov" */
export const dayIn = (zone: string, instant: number) => withoutComma(formatsOf(zone).day.format(instant))

/** "Wed 25 Nov 14:00", with the year when it is not this one. */
export function momentIn(zone: string, instant: number): string {
  const { day, dayAndYear, time, year } = formatsOf(zone)
  const format = year.format(instant) === year.format(Date.now()) ? day : dayAndYear
  return `${withoutComma(format.format(instant))} ${time.format(instant)}`
}

/** "CET", "EST", or "GMT-3" where there is no such name. */
export function zoneAbbreviation(zone: string, instant: number): string {
  const names = formatsOf(zone).names.map((format) => {
    const parts = format.formatToParts(instant)
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
  })
  return names.find((name) => !/^GMT[+-]/.test(name)) ?? names[0] ?? zone
}

/** "Europe/Berlin (CET)" */
export function zoneLabel(zone: string, instant: number): string {
  const abbreviation = zoneAbbreviation(zone, instant)
  return abbreviation === zone ? zone : `${zone} (${abbreviation})`
}

/** "Wed 25 Nov 14:00 – 18:00 CET"; both ends say their zone when the clock is set in between. */
export function intervalIn(zone: string, { start, end }: Interval): string {
  const [first, last] = [zoneAbbreviation(zone, start), zoneAbbreviation(zone, end)]
  const to = dayIn(zone, start) === dayIn(zone, end) ? timeIn(zone, end) : momentIn(zone, end)
  return `${momentIn(zone, start)}${first === last ? '' : ` ${first}`} – ${to} ${last}`
}

const withoutComma = (text: string) => text.replace(',', '')

interface Formats {
  time: Intl.DateTimeFormat
  day: Intl.DateTimeFormat
  dayAndYear: Intl.DateTimeFormat
  year: Intl.DateTimeFormat
  names: Intl.DateTimeFormat[]
}

/** Making a format takes far longer than using it, and a calendar uses thousands. */
const known = new Map<string, Formats>()

function formatsOf(timeZone: string): Formats {
  let formats = known.get(timeZone)
  if (!formats) {
    const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
    const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
    formats = {
      time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
      day: format(day),
      dayAndYear: format({ ...day, year: 'numeric' }),
      year: format({ year: 'numeric' }),
      // Each knows the abbreviations of its own part of the world.
      names: ['en-GB', 'en-US', 'en-AU', 'en-IN'].map(
        (locale) => new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }),
      ),
    }
    known.set(timeZone, formats)
  }
  return formats
}
