import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ForAdministrators } from '../../../parts/administrator.tsx'
import { CalendarIcon } from '../../../parts/icons.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { Page } from '../../../parts/Page.tsx'
import { ScheduleForm } from './ScheduleForm.tsx'

export function NewSchedule() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return (
    <Page
      title="New schedule"
      above={<Link to="/schedules">Schedules</Link>}
      actions={
        <ForAdministrators>
          <Button leftSection={<CalendarIcon />} renderRoot={(props) => <Link to="/schedules/import" {...props} />}>
            Import a calendar
          </Button>
        </ForAdministrators>
      }
    >
      <ForAdministrators otherwise={<Problem>Only administrators can create schedules.</Problem>}>
        <ScheduleForm
          schedule={null}
          onSaved={({ id }) => {
            queryClient.invalidateQueries({ queryKey: ['schedules'] })
            navigate({ to: '/schedules/$id', params: { id } })
          }}
          onCancel={() => navigate({ to: '/schedules' })}
        />
      </ForAdministrators>
    </Page>
  )
}
