import type { Schedule } from './schemas/schedule.ts'
import type { Client } from './test-client.ts'

/** Schedules as programs send them. */

export const NOW = Date.parse('2040-01-10T12:00:00Z')
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export const iso = (instant: number) => new Date(instant).toISOString()
export const ids = (...users: number[]) => users.map((id) => ({ id }))

/** These users take turns by the day, at nine o'clock from the first of January on. */
export const layer = (users: number[], fields: object = {}) => ({
  ...{ name: 'Days', startsOn: '2040-01-01T09:00', rotation: 'P1D', users: ids(...users) },
  ...fields,
})
export const recurring = (...scheduleLayers: object[]) => ({
  ...{ name: 'Primary', timezone: 'Europe/Berlin', type: 'RECURRING', scheduleLayers },
})
export const placed = (...shifts: object[]) => ({
  ...{ name: 'Holidays', timezone: 'Europe/Berlin', type: 'STATIC', shifts },
})

/** From so many hours after now on, for so many hours. */
export const shift = (user: number, from: number, hours: number) => ({
  ...{ user: { id: user }, start: iso(NOW + from * HOUR), end: iso(NOW + (from + hours) * HOUR) },
})

export const create = (by: Client, schedule: object) => by.post<Schedule>('/schedules', schedule)

/** Sends it back as it was read, but for these fields. */
export const save = (by: Client, schedule: Schedule, fields: object = {}) =>
  by.put<Schedule>(`/schedules/${schedule.id}`, { ...schedule, ...fields })

/** Three people who are no administrators. */
export async function colleagues(by: Client): Promise<[bea: number, cleo: number, dan: number]> {
  const [bea, cleo, dan] = [await by.person('Bea'), await by.person('Cleo'), await by.person('Dan')]
  return [bea.id, cleo.id, dan.id]
}
