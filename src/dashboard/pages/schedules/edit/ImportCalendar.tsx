import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportedCalendar } from '../../../../api/schemas/schedule.ts'
import { ForAdministrators } from '../../../parts/administrator.tsx'
import { announce } from '../../../parts/announce.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { Page } from '../../../parts/Page.tsx'
import { CalendarFile } from './CalendarFile.tsx'
import { ImportedSchedule } from './ImportedSchedule.tsx'

/** An .ics of another tool becomes a schedule placed by hand; people check who is meant before anything is made. */
export function ImportCalendar() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [calendar, setCalendar] = useState<ImportedCalendar | null>(null)
  return (
    <Page title="Import a calendar" above={<Link to="/schedules">Schedules</Link>}>
      <ForAdministrators otherwise={<Problem>Only administrators can create schedules.</Problem>}>
        {calendar ? (
          <ImportedSchedule
            calendar={calendar}
            onSaved={({ id, name }) => {
              announce(`${name} created.`)
              queryClient.invalidateQueries({ queryKey: ['schedules'] })
              navigate({ to: '/schedules/$id', params: { id } })
            }}
            onBack={() => setCalendar(null)}
          />
        ) : (
          <CalendarFile onRead={setCalendar} />
        )}
      </ForAdministrators>
    </Page>
  )
}
