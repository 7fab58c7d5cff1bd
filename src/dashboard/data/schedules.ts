import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Override,
  RenderedSchedule,
  Schedule,
  ScheduleInput,
  SchedulePreview,
  ShiftInput,
} from '../../api/schemas/schedule.ts'
import { api } from '../api.ts'

/** The live feed says nothing of schedules, so what colleagues change is asked for. */
const REFETCH_MS = 20_000

const NOW_AND_NEXT = ['currentShift', 'nextShift']

/** All keys begin with `schedules`: who changes one invalidates that. */
export const schedulesQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: ({ signal }) => api.all<Schedule>('/schedules', signal, { include: NOW_AND_NEXT }),
  refetchInterval: REFETCH_MS,
})

export const scheduleQuery = (id: number) =>
  queryOptions({
    queryKey: ['schedules', id],
    queryFn: ({ signal }) =>
      api.get<Schedule>(`/schedules/${id}`, {
        query: { include: ['scheduleLayers', 'shifts', ...NOW_AND_NEXT] },
        signal,
      }),
    refetchInterval: REFETCH_MS,
  })

/** ISO-8601 instants. */
export interface Span {
  from: string
  until: string
}

export const calendarQuery = (id: number, { from, until }: Span) =>
  queryOptions({
    queryKey: ['schedules', id, 'calendar', from, until],
    queryFn: ({ signal }) => api.get<RenderedSchedule>(`/schedules/${id}/calendar`, { query: { from, until }, signal }),
    refetchInterval: REFETCH_MS,
    placeholderData: keepPreviousData,
  })

/** Those that touch the span, the newest last. */
export const overridesQuery = (id: number, span: Span) =>
  queryOptions({
    queryKey: ['schedules', id, 'overrides', span.from, span.until],
    queryFn: ({ signal }) => api.get<Override[]>(`/schedules/${id}/overrides`, { query: { ...span }, signal }),
    staleTime: 0,
  })

export const saveSchedule = (id: number | null, input: ScheduleInput) =>
  id === null ? api.post<Schedule>('/schedules', input) : api.put<Schedule>(`/schedules/${id}`, input)

export const deleteSchedule = (id: number) => api.delete(`/schedules/${id}`)

/** What a change would do, without doing it. */
export const previewSchedule = (schedule: ScheduleInput, scheduleId?: number, span?: Span) =>
  api.post<SchedulePreview>('/schedules/preview', { schedule, scheduleId, ...span })

export const addOverride = (schedule: number, input: ShiftInput) =>
  api.put<Override>(`/schedules/${schedule}/overrides`, input)

export const changeOverride = (schedule: number, id: number, input: ShiftInput) =>
  api.put<Override>(`/schedules/${schedule}/overrides/${id}`, input)

/** One that is running ends now. */
export const deleteOverride = (schedule: number, id: number) => api.delete(`/schedules/${schedule}/overrides/${id}`)
