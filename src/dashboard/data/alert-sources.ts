import { queryOptions } from '@tanstack/react-query'
import type { AlertSource, AlertSourceInput } from '../../api/schemas/alert-source.ts'
import { api } from '../api.ts'

export const alertSourcesQuery = queryOptions({
  queryKey: ['alert-sources'],
  queryFn: ({ signal }) => api.all<AlertSource>('/alert-sources', signal),
})

export const alertSourceQuery = (id: number) =>
  queryOptions({
    queryKey: ['alert-sources', id],
    queryFn: ({ signal }) => api.get<AlertSource>(`/alert-sources/${id}`, { signal }),
  })

export const saveAlertSource = (id: number | null, input: AlertSourceInput) =>
  id === null ? api.post<AlertSource>('/alert-sources', input) : api.put<AlertSource>(`/alert-sources/${id}`, input)

export const deleteAlertSource = (id: number) => api.delete(`/alert-sources/${id}`)

/** `overlap`: how long the old key is still taken, such as P1D. */
export const rotateKey = (id: number, overlap: string) =>
  api.post<AlertSource>(`/alert-sources/${id}/integration-key`, { overlap })

export const revokePreviousKey = (id: number) =>
  api.delete<AlertSource>(`/alert-sources/${id}/integration-key/previous`)

/** An alert, ready to paste into a terminal. */
export function firstEventCommand(integrationKey: string): string {
  return [
    `curl -X POST ${location.origin}/api/v1/events \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"integrationKey":"${integrationKey}","eventType":"ALERT","summary":"Disk full on web-1"}'`,
  ].join('\n')
}
