import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { CalendarFeed, calendarFeedCreated } from '../../api/schemas/schedule.ts'
import { api } from '../api.ts'

/** The own ones, of all schedules. */
export const calendarFeedsQuery = queryOptions({
  queryKey: ['calendar-feeds'],
  queryFn: ({ signal }) => api.get<CalendarFeed[]>('/calendar-feeds', { signal }),
})

/** @param schedule none: the shifts of who makes it, in all schedules */
export const createCalendarFeed = (schedule: number | null) =>
  api.post<z.infer<typeof calendarFeedCreated>>('/calendar-feeds', {
    schedule: schedule === null ? null : { id: schedule },
  })

export const revokeCalendarFeed = (id: number) => api.delete(`/calendar-feeds/${id}`)
