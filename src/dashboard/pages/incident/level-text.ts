import type { Incident } from '../../../api/schemas/incident.ts'
import { fullName, namesOf } from '../../data/users.ts'

type Level = Incident['escalationRules'][number]

/** "Ann Smith · Primary and Bea Berg": whom a level reaches, with the schedule that puts them on call. */
export function levelText(users: Level['users'], schedules: Level['schedules']): string {
  if (users.length > 0) {
    return namesOf(
      users.map((user) => ({
        firstName: user.schedule?.name ? `${fullName(user)} · ${user.schedule.name}` : fullName(user),
      })),
      6,
    )
  }
  return schedules.length > 0
    ? `Nobody on call for ${schedules.map(({ name }) => name).join(', ')}: skipped`
    : 'Nobody: skipped'
}
