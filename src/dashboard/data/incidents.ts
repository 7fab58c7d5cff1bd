import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type { bulkResult, Incident, IncidentSummary, LogEntry, manualIncident } from '../../api/schemas/incident.ts'
import { api } from '../api.ts'
import { type IncidentStatus, type ListFilter, PAGE_SIZE } from './incident-filter.ts'

export type BulkResult = z.infer<typeof bulkResult>
export type TimelineOrder = 'newest' | 'oldest'

/** One more than a page is asked for, which tells whether there are older ones. */
export const incidentsQuery = ({ start = 0, ...filter }: ListFilter) =>
  queryOptions({
    queryKey: ['incidents', 'list', filter, start],
    queryFn: ({ signal }) =>
      api.get<IncidentSummary[]>('/incidents', {
        query: { ...filter, sort: 'state', 'start-index': start, 'max-results': PAGE_SIZE + 1 },
        signal,
      }),
    placeholderData: keepPreviousData,
  })

export const incidentCountQuery = (states: IncidentStatus[], { sources, priority, query }: ListFilter = {}) => {
  const filter = { states, sources, priority, query }
  return queryOptions({
    queryKey: ['incidents', 'count', filter],
    queryFn: ({ signal }) => api.get<{ count: number }>('/incidents/count', { query: filter, signal }),
    select: ({ count }) => count,
    placeholderData: keepPreviousData,
  })
}

/** `name` is the reference or the id. */
export const incidentQuery = (name: string) =>
  queryOptions({
    queryKey: ['incident', name],
    queryFn: ({ signal }) => api.get<Incident>(`/incidents/${encodeURIComponent(name)}`, { signal }),
  })

/** Incidents keep at most a few thousand entries; `pages` of 100 are fetched at once, so that no change slips between two. */
export const timelineQuery = (id: number, order: TimelineOrder, pages: number) =>
  queryOptions({
    queryKey: ['incident', id, 'timeline', order, pages],
    queryFn: async ({ signal }) => {
      const page = (index: number) =>
        api.get<LogEntry[]>(`/incidents/${id}/log-entries`, {
          query: { order: order === 'oldest' ? 'asc' : 'desc', 'start-index': index * 100, 'max-results': 100 },
          signal,
        })
      const fetched = await Promise.all(Array.from({ length: pages }, (_, index) => page(index)))
      const entries = new Map(fetched.flat().map((entry) => [entry.id, entry]))
      return { entries: [...entries.values()], more: fetched.at(-1)?.length === 100 }
    },
    placeholderData: keepPreviousData,
  })

export type Act =
  | { type: 'accept' | 'resolve' }
  | { type: 'escalate'; level?: number }
  | { type: 'assign'; to: Assignee }
  | { type: 'add-responder'; user: number }
  | { type: 'snooze'; minutes: number }
  | { type: 'comment'; content: string }

export type Assignee = { type: 'user' | 'policy' | 'schedule'; id: number }

export async function actOn(id: number, act: Act): Promise<Incident> {
  const path = `/incidents/${id}`
  switch (act.type) {
    case 'accept':
    case 'resolve':
      return api.put(`${path}/${act.type}`)
    case 'escalate':
      return api.put(`${path}/escalate`, act.level ? { level: act.level } : {})
    case 'assign':
      return api.put(`${path}/assign?${act.to.type}-id=${act.to.id}`)
    case 'add-responder':
      return api.post(`${path}/responders`, { user: { id: act.user } })
    case 'snooze':
      return api.put(`${path}/snooze`, { minutes: act.minutes })
    case 'comment':
      return api.post(`${path}/comments`, { content: act.content })
  }
}

/** An act on one incident. The answer is shown at once; after a refusal the page fetches what has happened meanwhile. */
export function useAct(incident: Incident, name: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: ['incident', incident.id, 'act'],
    mutationFn: (act: Act) => actOn(incident.id, act),
    onSuccess: (changed) => {
      queryClient.setQueryData(incidentQuery(name).queryKey, (shown) =>
        shown && shown.version > changed.version ? shown : changed,
      )
    },
    onSettled: () => {
      queryClient.invalidateQueries({ queryKey: ['incident', name] })
      queryClient.invalidateQueries({ queryKey: ['incident', incident.id] })
      queryClient.invalidateQueries({ queryKey: ['incidents'] })
    },
  })
}

/** The same act on many. There is no bulk escalation in the API: each is escalated by itself. */
export function useBulkAct() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({
      act,
      ids,
    }: {
      act: 'accept' | 'resolve' | 'escalate'
      ids: number[]
    }): Promise<BulkResult> => {
      if (act !== 'escalate') return api.put(`/incidents/${act}`, { ids })
      return { results: await Promise.all(ids.map(escalateOne)) }
    },
    onSettled: () => {
      queryClient.invalidateQueries({ queryKey: ['incidents'] })
      queryClient.invalidateQueries({ queryKey: ['incident'] })
    },
  })
}

async function escalateOne(id: number): Promise<BulkResult['results'][number]> {
  return actOn(id, { type: 'escalate' }).then(
    () => ({ id, success: true, message: '' }),
    (error: Error) => ({ id, success: false, message: error.message }),
  )
}

export const openByHand = (report: z.input<typeof manualIncident>) =>
  api.post<{ id: number; reference: string }>('/incidents', report)
