/** Instants in the time of this device; `from` and answers are epoch milliseconds. */

const NIGHT_HOUR = 3
const SUNDAY = 0

/** The next three o'clock in the night. */
export function tonight(from: number): number {
  return firstAfter(from, (day) => day)
}

/** Three o'clock in the night to the next Sunday, when nobody looks by chance. */
export function sundayNight(from: number): number {
  return firstAfter(from, (day) => {
    const sunday = new Date(day)
    sunday.setDate(day.getDate() + ((SUNDAY - day.getDay() + 7) % 7))
    return sunday
  })
}

/** For a `datetime-local` field: 2026-11-29T03:00. */
export function fieldText(instant: number): string {
  const date = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

function firstAfter(from: number, dayOf: (day: Date) => Date): number {
  const day = new Date(from)
  for (;;) {
    const candidate = dayOf(day)
    const at = candidate.setHours(NIGHT_HOUR, 0, 0, 0)
    if (at > from) return at
    day.setDate(day.getDate() + 1)
  }
}
