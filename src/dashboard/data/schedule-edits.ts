import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ImportedCalendar, Schedule, ScheduleInput } from '../../api/schemas/schedule.ts'
import { api } from '../api.ts'
import { previewSchedule, type Span } from './schedules.ts'

/** With the shifts of a static schedule that are over, to show what was. Fetched again, so that an edit by others is noticed. */
export const scheduleToEditQuery = (id: number) =>
  queryOptions({
    queryKey: ['schedules', id, 'edit'],
    queryFn: ({ signal }) =>
      api.get<Schedule>(`/schedules/${id}`, { query: { include: ['scheduleLayers', 'shifts', 'past'] }, signal }),
    refetchInterval: 20_000,
  })

/**
 * What would change.
 *
 * @param subject all that the answer depends on
 * @param ask the input is only known when it is valid, the span when it is asked
 */
export const previewQuery = (
  subject: { draft: unknown; scheduleId: number | undefined; version: number | undefined; weeks: number },
  ask: () => Promise<{ input: ScheduleInput; span: Span }>,
) =>
  queryOptions({
    queryKey: ['schedules', 'preview', subject],
    queryFn: async () => {
      const { input, span } = await ask()
      return previewSchedule(input, subject.scheduleId, span)
    },
    placeholderData: keepPreviousData,
    // What is wrong is wrong until something is changed, which asks again.
    retry: false,
    gcTime: 60_000,
  })

/** Reads a calendar and creates nothing. */
export const importCalendar = (calendar: string) =>
  api.post<ImportedCalendar>('/schedules/import', new Blob([calendar], { type: 'text/calendar' }))
