import { queryOptions } from '@tanstack/react-query'
import type { OnCall, UserShift } from '../../api/schemas/schedule.ts'
import { api } from '../api.ts'

/** Hand-offs happen by themselves, and nothing is pushed for them. */
const REFETCH_MS = 20_000
const LOOK_AHEAD_MS = 90 * 86_400_000

/** Everybody whom a policy would page now. Keys begin with `on-calls`: who changes a schedule invalidates that. */
export const onCallsQuery = queryOptions({
  queryKey: ['on-calls'],
  queryFn: ({ signal }) => api.all<OnCall>('/on-calls', signal),
  refetchInterval: REFETCH_MS,
})

/** The shifts of the next three months in all schedules, the one that is going on included. */
export const shiftsOfUserQuery = (user: number) =>
  queryOptions({
    queryKey: ['on-calls', 'shifts', user],
    queryFn: ({ signal }) =>
      api.get<UserShift[]>(`/users/${user}/shifts`, {
        query: { until: new Date(Date.now() + LOOK_AHEAD_MS).toISOString() },
        signal,
      }),
    refetchInterval: REFETCH_MS,
  })
