export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** When somebody is at work: weekly windows by the wall clock of a zone, and days that differ. */
export interface SupportHours {
  id: number
  name: string
  /** IANA */
  timezone: string
  /** Of each weekday, `HH:MM`; an end at or before the start is on the next day. A weekday that is missing has none. */
  supportDays: Partial<Record<Weekday, { start: string; end: string }>>
  /** Holidays and the like, as local dates and times `YYYY-MM-DDTHH:MM`, half-open; the later in the list wins. */
  exceptions: { name: string; start: string; end: string; supportStatus: 'DURING' | 'OUTSIDE' }[]
}
