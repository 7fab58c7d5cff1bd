import { queryOptions } from '@tanstack/react-query'
import type { AlertSource } from '../../api/schemas/alert-source.ts'
import type { IntegrationTypeInfo, SourceSetup, TestEventResult } from '../../api/schemas/integration-type.ts'
import type { LoggedEvent } from '../../api/schemas/logged-event.ts'
import { api } from '../api.ts'

/** They change only with a deployment. */
export const integrationTypesQuery = queryOptions({
  queryKey: ['integration-types'],
  queryFn: ({ signal }) => api.get<IntegrationTypeInfo[]>('/integration-types', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const sourceSetupQuery = (id: number) =>
  queryOptions({
    queryKey: ['alert-sources', id, 'setup'],
    queryFn: ({ signal }) => api.get<SourceSetup>(`/alert-sources/${id}/setup`, { signal }),
  })

/** Fetched again by the live feed when something comes. */
export const sourceEventsQuery = (id: number) =>
  queryOptions({
    queryKey: ['alert-sources', id, 'live', 'events'],
    queryFn: ({ signal }) => api.get<LoggedEvent[]>(`/alert-sources/${id}/events`, { signal }),
  })

export const sendTestEvent = (id: number, eventType: 'ALERT' | 'RESOLVE') =>
  api.post<TestEventResult>(`/alert-sources/${id}/test-event`, { eventType })

/** A kind that this deployment does not know any more: its source goes on, as the Event API's do. */
export function unknownType({ integrationType: type }: Pick<AlertSource, 'integrationType'>): IntegrationTypeInfo {
  return { type, name: type, category: 'other', about: '', keywords: [], resolves: true, signature: null }
}
