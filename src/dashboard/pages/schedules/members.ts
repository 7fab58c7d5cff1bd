import type { Schedule } from '../../../api/schemas/schedule.ts'

/** In the order in which they are first named, whatever days are shown. */
export function membersOf({ scheduleLayers = [], shifts = [] }: Schedule): number[] {
  const users = [...scheduleLayers.flatMap((layer) => layer.users), ...shifts.map(({ user }) => user)]
  return [...new Set(users.map(({ id }) => id))]
}
