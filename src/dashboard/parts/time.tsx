import { useClock } from './clock.ts'

/** "4 min ago"; the exact time with its zone is in the title. */
export function RelativeTime({ instant }: { instant: string }) {
  const text = useClock((now) => relative(Date.parse(instant), now))
  return (
    <time dateTime={instant} title={exact(instant)}>
      {text}
    </time>
  )
}

/** "54 s": how long it has been. */
export function TimeSince({ instant }: { instant: string }) {
  const text = useClock((now) => spanText(now - Date.parse(instant)))
  return (
    <time dateTime={instant} title={exact(instant)}>
      {text}
    </time>
  )
}

/** "14:03:22 CET", with the date when it was not today. */
export function ExactTime({ instant }: { instant: string }) {
  const today = useClock((now) => new Date(now).toDateString() === new Date(instant).toDateString())
  return (
    <time dateTime={instant} title={exact(instant)}>
      {(today ? timeOfDay : dayAndTime).format(new Date(instant))}
    </time>
  )
}

/** "4:12", and "now" from then on. */
export function Countdown({ to }: { to: string }) {
  const text = useClock((now) => remaining(Date.parse(to) - now))
  return (
    <time dateTime={to} title={exact(to)} role="timer" className="countdown">
      {text}
    </time>
  )
}

/** "1 h 12 min" */
export function spanText(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (ms < 60_000) return `${Math.max(0, Math.round(ms / 1000))} s`
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`
  return `${Math.round(minutes / 1440)} days`
}

export function exact(instant: string): string {
  return complete.format(new Date(instant))
}

const clockTime = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
const timeOfDay = new Intl.DateTimeFormat('en-GB', { ...clockTime, timeZoneName: 'short' })
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  ...clockTime,
  timeZoneName: 'short',
})
const complete = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  ...clockTime,
  timeZoneName: 'short',
})
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

function relative(then: number, now: number): string {
  const past = now - then
  if (past < 0) return past > -5000 ? 'just now' : `in ${spanText(-past)}`
  if (past < 5000) return 'just now'
  return past < 14 * 86_400_000 ? `${spanText(past)} ago` : day.format(then)
}

function remaining(ms: number): string {
  if (ms <= 0) return 'now'
  const seconds = Math.ceil(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
