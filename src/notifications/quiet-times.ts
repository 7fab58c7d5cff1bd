import type { Priority } from '../alert-sources/event.ts'
import { Temporal } from '../on-call/temporal.ts'
import type { QuietHours, QuietTimes } from './model.ts'
import { momentIn } from './moment.ts'
import type { PageState, User } from './paging.ts'

/** The earliest instant, not before `dueAt`, at which the user may be told of something of this priority. */
export function notBefore(dueAt: number, priority: Priority, quiet: QuietTimes | undefined): number {
  if (!quiet) return dueAt
  const unmuted = Math.max(dueAt, quiet.mutedUntil ?? dueAt)
  return priority === 'LOW' && quiet.hours ? endOfQuietHours(unmuted, quiet.hours, quiet.timeZone) : unmuted
}

/**
 * Puts off what would be sent at a quiet time, all by as much, so that the steps keep their distances. Who has muted
 * everything counts as unreachable for what is urgent: the team goes on without them.
 */
export function putOff(page: PageState, quiet: QuietTimes | undefined, user: User, now: number): PageState {
  if (!quiet || page.status !== 'open') return page
  const [first] = waiting(page).sort((a, b) => a.dueAt - b.dueAt)
  if (!first) return page
  const { priority } = page.request
  const dueAt = Math.max(first.dueAt, now)
  const until = notBefore(dueAt, priority, quiet)
  if (until <= dueAt) return page
  const changed = shift(page, until - first.dueAt, () => true)
  const { mutedUntil } = quiet
  if (priority !== 'HIGH' || mutedUntil === null || mutedUntil <= now) return changed
  const { id: notificationId, channel } = first
  const reason = `notifications are muted until ${momentIn(quiet.timeZone, mutedUntil)}`
  const report = {
    ...{ notificationId, userId: user.id, userName: user.name, channel, target: '' },
    ...{ outcome: 'refused' as const, provider: null, reason, at: now },
  }
  return { ...changed, reports: [...page.reports, report], unreachable: true, reportAt: now }
}

/** The quiet time ends earlier than it was said: what was put off comes forward as much. */
export function bringForward(page: PageState, quiet: QuietTimes | undefined, now: number): PageState {
  if (page.status !== 'open') return page
  const { assignedAt, priority } = page.request
  const isPutOff = ({ dueAt, delayMs }: Waiting) => dueAt > assignedAt + delayMs
  const dueAt = waiting(page)
    .filter(isPutOff)
    .map((each) => each.dueAt)
  if (dueAt.length === 0) return page
  const gained = Math.min(...dueAt) - notBefore(now, priority, quiet)
  return gained > 0 ? shift(page, -gained, isPutOff) : page
}

type Waiting = PageState['notifications'][number]

/** What was never tried. A contact that is being sent something again is not put off. */
function waiting({ notifications }: PageState): Waiting[] {
  return notifications.filter(({ status, attempts }) => status === 'scheduled' && attempts === 0)
}

function shift(page: PageState, by: number, which: (notification: Waiting) => boolean): PageState {
  const shifted = new Set(waiting(page).filter(which))
  return {
    ...page,
    notifications: page.notifications.map((each) => (shifted.has(each) ? { ...each, dueAt: each.dueAt + by } : each)),
  }
}

/** By the wall clock: a quiet night is an hour shorter or longer when the clock is set. */
function endOfQuietHours(at: number, { from, to }: QuietHours, timeZone: string): number {
  if (from === to) return at
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const minute = local.hour * 60 + local.minute
  const isQuiet = from < to ? from <= minute && minute < to : from <= minute || minute < to
  if (!isQuiet) return at
  const time = new Temporal.PlainTime(Math.floor(to / 60), to % 60)
  const today = local.toPlainDate()
  // A time that comes twice ends the hours both times.
  const ends = [today, today.add({ days: 1 })].flatMap((day) =>
    (['compatible', 'later'] as const).map(
      (disambiguation) => day.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds,
    ),
  )
  return ends.find((instant) => instant > at) ?? at
}
