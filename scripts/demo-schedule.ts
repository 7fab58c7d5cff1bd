import type { Schedule, ScheduleInput } from '../src/api/schemas/schedule.ts'
import type { Rest } from './rest.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS

/** The zone of the fictional shop; Ada's own is left as it is, so that the difference shows. */
const ZONE = 'Europe/Berlin'

/**
 * A schedule that follows the sun: somebody is always on call by the week, by day the team whose day it is goes first, and
 * this coming weekend Ada stands in.
 */
export async function createDemoSchedule(
  rest: Rest,
  { ada, ben, cleo }: Record<'ada' | 'ben' | 'cleo', number>,
): Promise<Schedule> {
  // Some weeks ago, so that the calendar has a past.
  const monday = lastMonday(new Date(Date.now() - 5 * WEEK_MS))
  const schedule: ScheduleInput = {
    name: 'Web shop',
    timezone: ZONE,
    type: 'RECURRING',
    showGaps: true,
    scheduleLayers: [
      {
        name: 'Around the clock',
        startsOn: `${monday}T09:00`,
        users: [{ id: ben }, { id: cleo }],
        rotation: 'P7D',
        restrictions: [],
      },
      {
        name: 'Europe by day',
        startsOn: `${monday}T08:00`,
        users: [{ id: cleo }, { id: ada }, { id: ben }],
        rotation: 'P1D',
        restrictions: weekdays('08:00', '16:00'),
      },
      {
        name: 'Americas by day',
        startsOn: `${monday}T16:00`,
        users: [{ id: ben }, { id: cleo }],
        rotation: 'P1D',
        restrictions: weekdays('16:00', '23:00'),
      },
    ],
  }
  const created = await rest.post<Schedule>('/schedules', schedule)
  const saturday = Date.parse(`${lastMonday(new Date())}T09:00Z`) + 5 * DAY_MS
  const start = saturday > Date.now() ? saturday : saturday + WEEK_MS
  await rest.put(`/schedules/${created.id}/overrides`, {
    user: { id: ada },
    start: new Date(start).toISOString(),
    end: new Date(start + DAY_MS).toISOString(),
  })
  return created
}

function weekdays(from: string, to: string) {
  return (['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] as const).map((dayOfWeek) => ({
    from: { dayOfWeek, time: from },
    to: { dayOfWeek, time: to },
  }))
}

function lastMonday(now: Date): string {
  const sinceMonday = (now.getUTCDay() + 6) % 7
  return new Date(now.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10)
}
