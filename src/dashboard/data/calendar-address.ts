export const VIEWS = ['list', 'day', 'week', 'two-weeks', 'month'] as const
export type CalendarView = (typeof VIEWS)[number]

/** What the address of a schedule says. Absent: what suits the screen, today, the schedule's own zone. */
export interface CalendarAddress {
  view?: CalendarView
  /** A day that is shown, such as 2026-10-25, in the shown zone. */
  date?: string
  zone?: 'mine'
}

/** Reads `?view=month&date=2026-10-25&zone=mine`; what makes no sense is left out. */
export function parseCalendarAddress({ view, date, zone }: Record<string, unknown>): CalendarAddress {
  const known = VIEWS.find((each) => each === view)
  return {
    ...(known && { view: known }),
    ...(isDate(date) && { date }),
    ...(zone === 'mine' && { zone }),
  }
}

/** Within what every part of the way can say: the API, Temporal and four digits of a year. */
function isDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^(19[7-9]\d|20\d\d|21\d\d)-\d\d-\d\d$/.test(text)) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}
