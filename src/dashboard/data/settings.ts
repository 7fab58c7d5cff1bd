import { queryOptions } from '@tanstack/react-query'
import type { Health } from '../../api/schemas/health.ts'
import type { Settings } from '../../api/schemas/settings.ts'
import { api } from '../api.ts'

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.get<Settings>('/settings', { signal }),
})

export const saveSettings = (settings: Settings) => api.put<Settings>('/settings', settings)

/** A degraded deployment answers 503, with the same body; one that can recognise nobody says only that it is degraded. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async ({ signal }): Promise<Health> => {
    const { status, checks = [] } = await api.get<Partial<Health>>('/health', { signal, alsoFine: 503 })
    return { status: status ?? 'DEGRADED', checks }
  },
  refetchInterval: 60_000,
})
