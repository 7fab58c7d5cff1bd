import { Button } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { supportHoursQuery } from '../../data/support-hours.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { announce } from '../../parts/announce.tsx'
import { TrashIcon } from '../../parts/icons.tsx'
import { Page } from '../../parts/Page.tsx'
import { SourceLinks } from '../escalation-policies/SourceLinks.tsx'
import { DeleteSupportHours } from './DeleteSupportHours.tsx'
import { DuringNow } from './DuringNow.tsx'
import { SupportHoursForm } from './SupportHoursForm.tsx'
import { SupportHoursView } from './SupportHoursView.tsx'

const route = getRouteApi('/signed-in/support-hours/$id')

/** For administrators the form itself; for the others what it says. */
export function SupportHoursPage() {
  const { id } = route.useParams()
  const { data: hours } = useSuspenseQuery(supportHoursQuery(id))
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const back = () => navigate({ to: '/support-hours' })
  return (
    <Page
      title={hours.name}
      above={<Link to="/support-hours">Support hours</Link>}
      narrow
      actions={
        <ForAdministrators>
          <Button leftSection={<TrashIcon />} onClick={() => setDeleting(true)}>
            Delete
          </Button>
        </ForAdministrators>
      }
    >
      <p>
        <DuringNow hours={hours} />
      </p>
      <p className="dim">
        {hours.alertSources.length === 0 && 'No alert source uses them.'}
        {hours.alertSources.length > 0 && 'Used by '}
        <SourceLinks sources={hours.alertSources} />
      </p>
      <ForAdministrators otherwise={<SupportHoursView hours={hours} />}>
        <SupportHoursForm
          key={id}
          hours={hours}
          onSaved={(saved) => {
            queryClient.setQueryData(supportHoursQuery(id).queryKey, saved)
            queryClient.invalidateQueries({ queryKey: ['support-hours'] })
            announce(`${saved.name} saved. Incidents that open from now on follow them.`)
          }}
          onCancel={back}
        />
      </ForAdministrators>
      {deleting && <DeleteSupportHours hours={hours} onDeleted={back} onClose={() => setDeleting(false)} />}
    </Page>
  )
}
