import type { ScheduleLayerRestriction } from '../../../../api/schemas/schedule.ts'

export type DayOfWeek = NonNullable<ScheduleLayerRestriction['from']['dayOfWeek']>

export const DAYS: Record<DayOfWeek, string> = {
  MONDAY: 'Mon',
  TUESDAY: 'Tue',
  WEDNESDAY: 'Wed',
  THURSDAY: 'Thu',
  FRIDAY: 'Fri',
  SATURDAY: 'Sat',
  SUNDAY: 'Sun',
}

const WORKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] as const

export type Preset = 'always' | 'office' | 'nights' | 'weekends'

/** Those with times together cover the week without a hole. */
export const PRESETS: Record<Preset, { label: string; restrictions: ScheduleLayerRestriction[] }> = {
  always: { label: 'Always', restrictions: [] },
  office: {
    label: 'Office hours: Monday to Friday, 09:00 to 17:00',
    restrictions: WORKDAYS.map((dayOfWeek) => ({
      from: { dayOfWeek, time: '09:00' },
      to: { dayOfWeek, time: '17:00' },
    })),
  },
  nights: {
    label: 'Nights: every day, 17:00 to 09:00',
    restrictions: [{ from: { time: '17:00' }, to: { time: '09:00' } }],
  },
  weekends: {
    label: 'Weekends: Friday 17:00 to Monday 09:00',
    restrictions: [{ from: { dayOfWeek: 'FRIDAY', time: '17:00' }, to: { dayOfWeek: 'MONDAY', time: '09:00' } }],
  },
}

/** Where times of one's own begin: unlike every preset. */
export const FIRST_OWN_TIMES: ScheduleLayerRestriction = { from: { time: '08:00' }, to: { time: '18:00' } }

/** A day is at both ends or at neither: choosing one for an end gives it to an end that has none. */
export function withDay(
  { from, to }: ScheduleLayerRestriction,
  end: 'from' | 'to',
  dayOfWeek: DayOfWeek | null,
): ScheduleLayerRestriction {
  if (dayOfWeek === null) return { from: { time: from.time }, to: { time: to.time } }
  const day = { from: from.dayOfWeek ?? dayOfWeek, to: to.dayOfWeek ?? dayOfWeek, [end]: dayOfWeek }
  return { from: { ...from, dayOfWeek: day.from }, to: { ...to, dayOfWeek: day.to } }
}

/** Null: times of one's own. */
export function presetOf(restrictions: ScheduleLayerRestriction[]): Preset | null {
  const wanted = asText(restrictions)
  const presets = Object.keys(PRESETS) as Preset[]
  return presets.find((preset) => asText(PRESETS[preset].restrictions) === wanted) ?? null
}

/** In any order. */
function asText(restrictions: ScheduleLayerRestriction[]): string {
  return restrictions
    .map(({ from, to }) => `${from.dayOfWeek ?? ''} ${from.time} ${to.dayOfWeek ?? ''} ${to.time}`)
    .sort()
    .join()
}
