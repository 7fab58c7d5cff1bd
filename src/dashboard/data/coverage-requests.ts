import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { CoverageRequest, CoverageRequestInput } from '../../api/schemas/schedule.ts'
import { api } from '../api.ts'
import { isInstant } from './instant-in-address.ts'

const REFETCH_MS = 20_000

interface CoverageFilter {
  /** `asked`: those that ask me; `asking`: those that I made. */
  role?: 'asked' | 'asking'
  status?: CoverageRequest['status']
}

/** Those that I may see, newest first. */
export const coverageRequestsQuery = (filter: CoverageFilter = {}) =>
  queryOptions({
    queryKey: ['coverage-requests', filter],
    queryFn: ({ signal }) => api.all<CoverageRequest>('/coverage-requests', signal, { ...filter }),
    refetchInterval: REFETCH_MS,
  })

export const coverageRequestQuery = (id: number) =>
  queryOptions({
    queryKey: ['coverage-requests', id],
    queryFn: ({ signal }) => api.get<CoverageRequest>(`/coverage-requests/${id}`, { signal }),
    // Somebody else may be faster while one looks at it.
    refetchInterval: ({ state }) => state.data?.status === 'OPEN' && REFETCH_MS,
  })

/** The shift that is to be covered, as an address says it. */
export interface ShiftAddress {
  schedule?: number
  /** ISO-8601 instants. */
  start?: string
  end?: string
}

/** Reads `?schedule=3&start=2026-11-25T13:00:00.000Z&end=…`; what makes no sense is left out. */
export function parseShiftAddress({ schedule, start, end }: Record<string, unknown>): ShiftAddress {
  const id = Number(schedule)
  return {
    ...(Number.isSafeInteger(id) && id > 0 && { schedule: id }),
    ...(isInstant(start) && { start }),
    ...(isInstant(end) && { end }),
  }
}

export const askForCover = (input: CoverageRequestInput) => api.post<CoverageRequest>('/coverage-requests', input)

export type CoverageAnswer = 'accept' | 'decline' | 'cancel'

/** After a refusal too, what has happened meanwhile is fetched: most often somebody else was faster. */
export function useCoverageAnswer(id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (answer: CoverageAnswer) => api.post<CoverageRequest>(`/coverage-requests/${id}/${answer}`),
    onSuccess: (changed) => queryClient.setQueryData(coverageRequestQuery(id).queryKey, changed),
    onSettled: () => {
      for (const kind of ['coverage-requests', 'on-calls', 'schedules']) {
        queryClient.invalidateQueries({ queryKey: [kind] })
      }
    },
  })
}
