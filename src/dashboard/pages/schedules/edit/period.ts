import type { Rotation } from '../../../../on-call/model.ts'

export const PERIOD_UNITS = ['hours', 'days', 'weeks', 'months'] as const
export type PeriodUnit = (typeof PERIOD_UNITS)[number]

/** Without a count: nothing has been typed yet. */
export interface Period {
  count: number | undefined
  unit: PeriodUnit
}

/** The schema speaks of ISO-8601, which the form does not show. */
export const PERIOD_ERROR = 'must be a whole number, not too large'

/** Reads PT12H, P7D, P1W or P1M, and what `periodText` makes of a period without a count. */
export function readPeriod(text: string): Period {
  const [, time, count = '', letter] = /^P(T?)([^HDWM]*)([HDWM])$/.exec(text) ?? []
  const unit = PERIOD_UNITS.find((each) => letterOf(each) === letter && (each === 'hours') === (time === 'T'))
  return { count: count === '' ? undefined : Number(count), unit: unit ?? 'weeks' }
}

/** ISO-8601. One without a count is none of it and is refused by the schema, like any other empty field. */
export function periodText({
  count = '' as const,
  unit,
}: {
  count?: number | '' | undefined
  unit: PeriodUnit
}): string {
  return `P${unit === 'hours' ? 'T' : ''}${count}${letterOf(unit)}`
}

/** How the engine counts it; null: it is no period yet. */
export function rotationOf(text: string): Rotation | null {
  const { count, unit } = readPeriod(text)
  if (!count || !Number.isInteger(count) || count < 1) return null
  return { unit: UNIT_OF_ENGINE[unit], every: count }
}

const UNIT_OF_ENGINE = { hours: 'hour', days: 'day', weeks: 'week', months: 'month' } as const

const letterOf = (unit: PeriodUnit) => unit.charAt(0).toUpperCase()
