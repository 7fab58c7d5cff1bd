import { getRouteApi } from '@tanstack/react-router'
import type { Schedule } from '../../../../api/schemas/schedule.ts'
import { zoneOf } from '../../../../on-call/zone.ts'
import type { CalendarAddress, CalendarView } from '../../../data/calendar-address.ts'
import { useClock } from '../../../parts/clock.ts'
import { OWN_ZONE } from '../../../parts/own-zone.ts'
import { dateText, stepFrom } from './axis.ts'

const route = getRouteApi('/signed-in/schedules/$id')

/** What is shown stands in the address, so that it can be shared; what it leaves out is filled in here. */
export function useCalendarAddress(schedule: Schedule, phone: boolean) {
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const zone = address.zone === 'mine' ? OWN_ZONE : schedule.timezone
  const today = useClock((now) => dateText(zoneOf(zone).wallTimeAt(now)))
  const date = address.date ?? today
  const change = (part: CalendarAddress) => navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  const view = viewOn(phone, address.view)

  return {
    view,
    date,
    zone,
    change,
    go: (direction: 1 | -1 | 'today') =>
      change({ date: direction === 'today' ? undefined : stepFrom(view, date, direction) }),
  }
}

/** A shared address may name a view that a phone has no room for. */
function viewOn(phone: boolean, view: CalendarView | undefined): CalendarView {
  if (phone) return view === 'day' ? 'day' : 'list'
  return view ?? 'week'
}
