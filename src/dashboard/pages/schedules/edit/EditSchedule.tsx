import { Button } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Schedule } from '../../../../api/schemas/schedule.ts'
import { scheduleToEditQuery } from '../../../data/schedule-edits.ts'
import { ForAdministrators } from '../../../parts/administrator.tsx'
import { announce } from '../../../parts/announce.tsx'
import { TrashIcon } from '../../../parts/icons.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { Page } from '../../../parts/Page.tsx'
import { DeleteSchedule } from './DeleteSchedule.tsx'
import { ScheduleForm } from './ScheduleForm.tsx'

const route = getRouteApi('/signed-in/schedules/$id/edit')

export function EditSchedule() {
  const { id } = route.useParams()
  const { data: schedule } = useSuspenseQuery(scheduleToEditQuery(id))
  const [deleting, setDeleting] = useState(false)
  return (
    <Page
      title={`Edit ${schedule.name}`}
      above={
        <Link to="/schedules/$id" params={{ id }}>
          {schedule.name}
        </Link>
      }
      actions={
        <ForAdministrators>
          <Button leftSection={<TrashIcon />} onClick={() => setDeleting(true)}>
            Delete
          </Button>
        </ForAdministrators>
      }
    >
      <ForAdministrators otherwise={<Problem>Only administrators can change it.</Problem>}>
        <EditForm key={id} schedule={schedule} />
      </ForAdministrators>
      {deleting && <DeleteSchedule schedule={schedule} onClose={() => setDeleting(false)} />}
    </Page>
  )
}

function EditForm({ schedule }: { schedule: Schedule }) {
  const { id } = schedule
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [discarded, setDiscarded] = useState(0)
  const back = () => navigate({ to: '/schedules/$id', params: { id } })
  return (
    <ScheduleForm
      key={discarded}
      schedule={schedule}
      onRefresh={() => queryClient.fetchQuery({ ...scheduleToEditQuery(id), staleTime: 0 })}
      onDiscard={() => setDiscarded(discarded + 1)}
      onSaved={async ({ name }) => {
        announce(`${name} saved.`)
        await back()
        queryClient.invalidateQueries({ queryKey: ['schedules'] })
      }}
      onCancel={back}
    />
  )
}
