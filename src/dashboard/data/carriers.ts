import { queryOptions } from '@tanstack/react-query'
import type { Carrier, CarrierTestResult } from '../../api/schemas/carrier.ts'
import type { CarrierHealth } from '../../api/schemas/carrier-health.ts'
import { api } from '../api.ts'

export const carriersQuery = queryOptions({
  queryKey: ['carriers'],
  queryFn: ({ signal }) => api.get<Carrier[]>('/carriers', { signal }),
})

export const carrierHealthQuery = queryOptions({
  queryKey: ['carriers', 'health'],
  queryFn: ({ signal }) => api.get<CarrierHealth[]>('/carriers/health', { signal }),
  refetchInterval: 60_000,
})

export const sendTest = (carrier: string, test: { method: string; target: string }) =>
  api.post<CarrierTestResult>(`/carriers/${carrier}/test`, test)
