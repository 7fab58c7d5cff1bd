import { infiniteQueryOptions } from '@tanstack/react-query'
import type { Delivery, DeliveryLog, DeliveryOutcome } from '../../api/schemas/delivery.ts'
import { api } from '../api.ts'
import { isInstant } from './instant-in-address.ts'

/** What the address of the list of deliveries says. Absent means all. */
export interface DeliveryFilter {
  user?: number
  method?: Delivery['method']
  provider?: string
  outcome?: DeliveryOutcome
  incident?: string
  from?: string
  until?: string
  text?: string
}

export const METHODS = ['EMAIL', 'SMS', 'VOICE', 'PUSH', 'TELEGRAM'] as const satisfies Delivery['method'][]
export const OUTCOMES: Record<DeliveryOutcome, string> = {
  SENT: 'sent',
  FAILED: 'failed for now',
  REFUSED: 'refused',
  DELIVERED: 'delivered',
  UNDELIVERED: 'not delivered',
}

/** Reads `?method=SMS&outcome=FAILED`; what makes no sense is left out. */
export function parseDeliveryFilter(search: Record<string, unknown>): DeliveryFilter {
  const text = (name: string, most: number) => {
    const value = search[name]
    return typeof value === 'string' && value.trim() !== '' ? { [name]: value.slice(0, most) } : {}
  }
  const user = Number(search.user)
  const method = METHODS.find((each) => each === search.method)
  const outcome = (Object.keys(OUTCOMES) as DeliveryOutcome[]).find((each) => each === search.outcome)
  return {
    ...(Number.isSafeInteger(user) && user > 0 && { user }),
    ...(method && { method }),
    ...(outcome && { outcome }),
    ...text('provider', 60),
    ...text('incident', 40),
    ...(isInstant(search.from) && { from: search.from }),
    ...(isInstant(search.until) && { until: search.until }),
    ...text('text', 100),
  }
}

export const deliveriesQuery = (filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<DeliveryLog>('/delivery-log', { signal, query: { ...filter, before: pageParam ?? undefined } }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  })
