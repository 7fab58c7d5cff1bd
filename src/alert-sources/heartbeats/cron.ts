import { Cron } from 'croner'

/**
 * The next time of a cron expression strictly after an instant, in epoch milliseconds; null: never again. Jumps there:
 * how long ago the instant is costs nothing.
 *
 * Where clocks change it is as cron daemons do it. A fixed time that does not exist runs as soon as the gap is over, one
 * that occurs twice runs the first time only; `*` and steps run at each minute that really occurs. So whatever a job's
 * own cron does in that night, its ping is in time.
 */
export function nextTime(expression: string, timezone: string, after: number): number | null {
  return compiled(expression, timezone).nextRun(new Date(after))?.getTime() ?? null
}

export type ParsedCron =
  | { expression: string; timezone: string }
  /** Goes on from the field's name, as the API's messages do. */
  | { field: 'cron' | 'timezone'; problem: string }

/** Checks what somebody wrote; the expression comes back with single spaces. */
export function parseCron(expression: string, timezone: string, now: number): ParsedCron {
  const text = expression.trim().split(/\s+/).join(' ')
  if (text.split(' ').length !== FIELDS) {
    return { field: 'cron', problem: 'must have five fields: minute, hour, day of month, month, day of week' }
  }
  if (!isTimeZone(timezone)) return { field: 'timezone', problem: 'must be an IANA time zone such as Europe/Berlin' }
  try {
    const next = nextTime(text, timezone, now)
    if (next === null) return { field: 'cron', problem: 'must name a time that comes: this date does not exist' }
    const second = nextTime(text, timezone, next)
    if (next - now > LONGEST_MS || second === null || second - next > LONGEST_MS) {
      return { field: 'cron', problem: 'must come once a year at least: nobody would notice a silence that long' }
    }
    return { expression: text, timezone }
  } catch (error) {
    return { field: 'cron', problem: `must be a cron expression: ${reasonOf(error)}` }
  }
}

const FIELDS = 5
const LONGEST_MS = 366 * 86_400_000

function compiled(expression: string, timezone: string): Cron {
  // As crond decides it: a time is fixed unless its minutes or hours have a `*`, also where it is a list.
  return new Cron(expression, { timezone, mode: '5-part', fixedTimeRule: 'no-wildcard' })
}

function isTimeZone(name: string): boolean {
  try {
    // An offset such as +02:00 would be taken too, but is no zone and never changes its clock.
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

/** The library's own words, without its name: "Invalid value for minute: 60". */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^CronPattern: /, '').replace(/\.$/, '') : 'it can not be read'
}
