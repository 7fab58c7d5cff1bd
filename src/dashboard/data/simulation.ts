import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { PolicyOnCall, Simulation } from '../../api/schemas/simulation.ts'
import { api } from '../api.ts'
import { isInstant } from './instant-in-address.ts'

const REFETCH_MS = 20_000

/** What the address of an alert source's page says of the simulation. Absent: none is shown; `now`: at this moment. */
export interface SimulationAddress {
  /** An ISO-8601 instant, or `now`. */
  at?: string
  /** Absent: as the source says. */
  priority?: Simulation['priority']
}

/** Reads `?at=2026-11-29T02:00:00.000Z&priority=LOW`; what makes no sense is left out. */
export function parseSimulationAddress({ at, priority }: Record<string, unknown>): SimulationAddress {
  return {
    ...((at === 'now' || isInstant(at)) && { at }),
    ...((priority === 'HIGH' || priority === 'LOW') && { priority }),
  }
}

export const simulationQuery = (source: number, { at, priority }: SimulationAddress) =>
  queryOptions({
    queryKey: ['alert-sources', source, 'simulation', at, priority],
    queryFn: ({ signal }) =>
      api.get<Simulation>(`/alert-sources/${source}/simulation`, {
        query: { at: at === 'now' ? undefined : at, priority },
        signal,
      }),
    enabled: at !== undefined,
    placeholderData: keepPreviousData,
  })

/** Level by level, who would be paged at this moment. */
export const policyOnCallQuery = (policy: number) =>
  queryOptions({
    queryKey: ['on-calls', 'policy', policy],
    queryFn: ({ signal }) => api.get<PolicyOnCall>(`/escalation-policies/${policy}/on-call`, { signal }),
    refetchInterval: REFETCH_MS,
  })
