import type { PlannedSchedule } from '../incidents/model.ts'
import {
  DUTY_LOOK_AHEAD,
  type DutyEvent,
  dueReminders,
  dutyEvents,
  nextDutyAt,
  type Reminder,
} from '../on-call/duty-events.ts'
import { onCallAt } from '../on-call/on-call.ts'
import { HOUR } from '../on-call/wall-time.ts'
import { shiftAt } from '../on-call/whole-shifts.ts'
import { intervalText } from './interval-text.ts'
import type { Duties, NoticeTarget } from './model.ts'
import type { Notice } from './notice.ts'

/**
 * What a user hears of their shifts by themselves: a reminder before each, and the hand-offs. Pure; the Pager looks whenever
 * something is due, and keeps how far it has looked, so that nothing is told twice or left out.
 *
 * A change of schedules is told by whoever makes it. Here it only moves what is still to come.
 */
export interface DutyWatch {
  /** Hand-offs up to then are told. */
  lookedUntil: number
  /** Reminders told of shifts that have not begun. They have no place in time: a shift may come into being within theirs. */
  reminded: Reminded[]
  /** When to look next; null: there is nothing to look for. */
  lookAt: number | null
}

interface Reminded {
  scheduleId: number
  start: number
  beforeMs: number
}

/** Something to tell, and where; no target: wherever the user hears of their shifts. */
export interface DutyNews {
  notice: Notice
  targets: NoticeTarget[]
}

interface Looked {
  watch: DutyWatch
  news: DutyNews[]
}

/** What is to be told now. A shift that is over by now is told by its end alone, and a late reminder only before its shift. */
export function look(watch: DutyWatch, duties: Duties, userId: number, now: number): Looked {
  const reminders = newReminders(watch, duties, userId, now)
  const handOffs = dutyEvents(duties.schedules, userId, [], watch.lookedUntil, now)
  const reminded = [
    ...watch.reminded,
    ...reminders.map(({ scheduleId, start, beforeMs }) => ({ scheduleId, start, beforeMs })),
  ]
  return {
    watch: {
      lookedUntil: Math.max(now, watch.lookedUntil),
      reminded: reminded.filter(({ start }) => start > now),
      lookAt: nextLook(duties, userId, now),
    },
    news: [
      ...handOffs
        .filter((event) => !isOver(event, handOffs))
        .flatMap((event) => handOffNews(event, duties, userId, now)),
      ...byShift(reminders).flatMap((ofShift) => reminderNews(ofShift, duties, now)),
    ],
  }
}

/**
 * The user's schedules or preferences are others from now on: what was due before is still told by the old ones, and a shift
 * that is nearer than its reminder is reminded of at once.
 */
export function follow(
  watch: DutyWatch | null,
  before: Duties | undefined,
  after: Duties | undefined,
  userId: number,
  now: number,
): { watch: DutyWatch | null; news: DutyNews[] } {
  const until = watch && before ? look(watch, before, userId, now) : { watch, news: [] }
  if (!after || (!until.watch && !isWatching(after))) return until
  const { reminded } = until.watch ?? { reminded: [] }
  const from = look({ lookedUntil: now, reminded, lookAt: null }, after, userId, now)
  return { watch: from.watch, news: [...until.news, ...from.news] }
}

/** At least daily: what a schedule brings is known for some time only. */
function nextLook(duties: Duties, userId: number, now: number): number | null {
  if (!isWatching(duties)) return null
  return nextDutyAt(duties.schedules, userId, leadTimes(duties), now) ?? now + DUTY_LOOK_AHEAD
}

/** Whoever was reminded at a shorter time needs no longer one after it. */
function newReminders({ reminded }: DutyWatch, duties: Duties, userId: number, now: number): Reminder[] {
  return dueReminders(duties.schedules, userId, leadTimes(duties), now).filter(
    (due) =>
      !reminded.some(
        ({ scheduleId, start, beforeMs }) =>
          scheduleId === due.scheduleId && start === due.start && beforeMs <= due.beforeMs,
      ),
  )
}

/** A begin of a shift that has ended since. */
function isOver({ type, scheduleId, at }: DutyEvent, handOffs: DutyEvent[]): boolean {
  return (
    type === 'begins' &&
    handOffs.some((later) => later.type === 'ends' && later.scheduleId === scheduleId && later.at > at)
  )
}

/** Several reminders of one shift that are due together are one message to each of their contacts. */
function byShift(reminders: Reminder[]): Reminder[][] {
  return [...Map.groupBy(reminders, ({ scheduleId, start }) => `${scheduleId} ${start}`).values()]
}

function reminderNews(
  reminders: Reminder[],
  { schedules, reminders: wanted, timeZone }: Duties,
  now: number,
): DutyNews[] {
  const [{ scheduleId, start }] = reminders as [Reminder]
  const schedule = schedules.find(({ id }) => id === scheduleId)
  const shift = schedule && shiftAt(schedule.schedule, start)
  if (!shift) return []
  const times = reminders.map(({ beforeMs }) => beforeMs)
  return [
    {
      notice: {
        id: `reminder-${scheduleId}-${start}-${Math.min(...times)}`,
        title: `You are on call for ${schedule.name} in ${durationText(start - now)}`,
        text: intervalText(shift, timeZone),
        path: `/schedules/${scheduleId}`,
        expiresAt: start,
      },
      targets: wanted.filter(({ beforeMs }) => times.includes(beforeMs)),
    },
  ]
}

function handOffNews(event: DutyEvent, { schedules, timeZone }: Duties, userId: number, now: number): DutyNews[] {
  const { scheduleId, at } = event
  const schedule = schedules.find(({ id }) => id === scheduleId)
  if (!schedule || event.type === 'reminder') return []
  const about = { id: `${event.type}-${scheduleId}-${at}`, path: `/schedules/${scheduleId}` }
  if (event.type === 'begins') {
    const shift = shiftAt(schedule.schedule, at)
    if (!shift) return []
    const before = personOf(schedule, event.other)
    return [
      {
        notice: {
          ...about,
          title: `You are now on call for ${schedule.name}`,
          text: `${intervalText(shift, timeZone)}${before ? `\nBefore you: ${before}` : ''}`,
          expiresAt: shift.end,
        },
        targets: [],
      },
    ]
  }
  if (at + ENDS_TOLD <= now) return []
  const present = onCallAt(schedule.schedule, now)
  if (present === userId) return []
  return [
    {
      notice: {
        ...about,
        title: `Your shift for ${schedule.name} is over`,
        text:
          present === null ? 'Nobody is on call now' : `Now on call: ${personOf(schedule, present) ?? 'somebody else'}`,
        expiresAt: at + ENDS_TOLD,
      },
      targets: [],
    },
  ]
}

/** How long it is of use to hear that one's shift is over. */
const ENDS_TOLD = HOUR

function isWatching({ reminders, schedules }: Duties): boolean {
  return reminders.length > 0 && schedules.length > 0
}

/** A reminder for when the shift begins is the notice that it has begun. */
function leadTimes({ reminders }: Duties): number[] {
  return [...new Set(reminders.map(({ beforeMs }) => beforeMs))].filter((beforeMs) => beforeMs > 0)
}

function personOf({ people }: PlannedSchedule, userId: number | null): string | undefined {
  return people.find((person) => person.userId === userId)?.name
}

/** `45 minutes`, `1 hour`, `1 hour 30 minutes`: whole minutes, rounded up. */
function durationText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  const parts = [count(Math.floor(minutes / 60), 'hour'), count(minutes % 60, 'minute')].filter(Boolean)
  return parts.join(' ')
}

function count(number: number, unit: string): string {
  if (number === 0) return ''
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}
