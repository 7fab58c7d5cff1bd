import { queryOptions } from '@tanstack/react-query'
import type { SupportHours, SupportHoursInput } from '../../api/schemas/support-hours.ts'
import { api } from '../api.ts'

/** That they begin and end is announced by nobody. */
const REFETCH_MS = 60_000

export const supportHoursListQuery = queryOptions({
  queryKey: ['support-hours'],
  queryFn: ({ signal }) => api.all<SupportHours>('/support-hours', signal),
  refetchInterval: REFETCH_MS,
})

export const supportHoursQuery = (id: number) =>
  queryOptions({
    queryKey: ['support-hours', id],
    queryFn: ({ signal }) => api.get<SupportHours>(`/support-hours/${id}`, { signal }),
    refetchInterval: REFETCH_MS,
  })

export const saveSupportHours = (id: number | null, input: SupportHoursInput) =>
  id === null ? api.post<SupportHours>('/support-hours', input) : api.put<SupportHours>(`/support-hours/${id}`, input)

/** Refused while an alert source uses them. */
export const deleteSupportHours = (id: number) => api.delete(`/support-hours/${id}`)
