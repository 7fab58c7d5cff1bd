import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { TriedProcessing, tryProcessingRequest } from '../../api/schemas/event-processing.ts'
import { api } from '../api.ts'

export type Trial = z.input<typeof tryProcessingRequest>

/** What templates and rules would make of a request. */
export const trialQuery = (sourceId: number, trial: Trial) =>
  queryOptions({
    queryKey: ['alert-sources', sourceId, 'trial', trial],
    queryFn: () => api.post<TriedProcessing>(`/alert-sources/${sourceId}/try`, trial),
    placeholderData: keepPreviousData,
    // What is wrong is wrong until something is changed, which asks again.
    retry: false,
    gcTime: 60_000,
  })
