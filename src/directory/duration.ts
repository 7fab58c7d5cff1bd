const UNITS_MS = [86_400_000, 3_600_000, 60_000]

/** Milliseconds of an ISO-8601 duration of days, hours and minutes, such as P1DT12H or PT30M. */
export function durationMs(duration: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration)
  if (!match) throw new Error(`${duration} is no duration of days, hours and minutes`)
  return UNITS_MS.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0)
}
