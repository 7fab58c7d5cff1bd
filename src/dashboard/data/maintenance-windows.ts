import { queryOptions } from '@tanstack/react-query'
import type { MaintenanceWindow, MaintenanceWindowInput } from '../../api/schemas/maintenance-window.ts'
import { api } from '../api.ts'

/** What begins and ends by itself is announced by nobody. */
const REFETCH_MS = 30_000

/** What runs, then what comes next, then what is over. */
export const maintenanceWindowsQuery = queryOptions({
  queryKey: ['maintenance-windows'],
  queryFn: ({ signal }) => api.all<MaintenanceWindow>('/maintenance-windows', signal),
  refetchInterval: REFETCH_MS,
})

export const maintenanceWindowQuery = (id: number) =>
  queryOptions({
    queryKey: ['maintenance-windows', id],
    queryFn: ({ signal }) => api.get<MaintenanceWindow>(`/maintenance-windows/${id}`, { signal }),
  })

export const saveMaintenanceWindow = (id: number | null, input: MaintenanceWindowInput) =>
  id === null
    ? api.post<MaintenanceWindow>('/maintenance-windows', input)
    : api.put<MaintenanceWindow>(`/maintenance-windows/${id}`, input)

/** Of one that repeats, only the time that runs: it comes again. */
export const endMaintenanceNow = (id: number) => api.post<MaintenanceWindow>(`/maintenance-windows/${id}/end-now`)

export const deleteMaintenanceWindow = (id: number) => api.delete(`/maintenance-windows/${id}`)
