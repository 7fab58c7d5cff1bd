import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Heartbeat } from '../../api/schemas/heartbeat.ts'
import { api } from '../api.ts'

/** Being late in a maintenance window is announced by nobody. */
const REFETCH_MS = 30_000
const PREVIEWED = 5

/** Fetched again by the live feed with every ping. */
export const heartbeatQuery = (sourceId: number) =>
  queryOptions({
    queryKey: ['alert-sources', sourceId, 'live', 'heartbeat'],
    queryFn: ({ signal }) => api.get<Heartbeat>(`/alert-sources/${sourceId}/heartbeat`, { signal }),
    refetchInterval: REFETCH_MS,
  })

/** The next times of a cron expression, or what is wrong with it. By the server's own rules, which are fetched for it. */
export const expectedTimesQuery = (cron: string, timezone: string) =>
  queryOptions({
    queryKey: ['expected-times', cron, timezone],
    queryFn: async () => {
      const { nextTime, parseCron } = await import('../../alert-sources/heartbeats/cron.ts')
      const now = Date.now()
      const parsed = parseCron(cron, timezone, now)
      if ('problem' in parsed) return parsed
      const times: number[] = []
      for (let time: number | null = now; times.length < PREVIEWED; times.push(time)) {
        time = nextTime(parsed.expression, parsed.timezone, time)
        if (time === null) break
      }
      return { times, timezone: parsed.timezone }
    },
    placeholderData: keepPreviousData,
  })
