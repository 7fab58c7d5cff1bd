import type { Instant, Interval } from '../on-call/model.ts'

/**
 * `Mon 9 Mar 2026 08:00 – Tue 10 Mar 2026 08:00 (Europe/Berlin)`; an end on the same day has no date, and where the clocks change
 * on that day, times say their offset: two hours may have the same name.
 */
export function intervalText({ start, end }: Interval, timeZone: string): string {
  const [from, to] = [wallClock(start, timeZone), wallClock(end, timeZone)]
  const interval = (until: string) => `${from.day} ${from.time} – ${until} (${timeZone})`
  if (from.day !== to.day) return interval(`${to.day} ${to.time}`)
  if (from.offset === to.offset) return interval(to.time)
  return `${from.day} ${from.time} ${from.offset} – ${to.time} ${to.offset} (${timeZone})`
}

/** `Mon 9 Mar 2026 08:00` */
export function instantText(instant: Instant, timeZone: string): string {
  const { day, time } = wallClock(instant, timeZone)
  return `${day} ${time}`
}

function wallClock(instant: Instant, timeZone: string): { day: string; time: string; offset: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'shortOffset' },
  })
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    day: `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`,
    time: `${part('hour')}:${part('minute')}`,
    offset: part('timeZoneName'),
  }
}
