import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { SupportHoursForm } from './SupportHoursForm.tsx'

export function NewSupportHours() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const back = () => navigate({ to: '/support-hours' })
  return (
    <Page title="New support hours" above={<Link to="/support-hours">Support hours</Link>} narrow>
      <ForAdministrators otherwise={<Problem>Only administrators can create support hours.</Problem>}>
        <SupportHoursForm
          hours={null}
          onSaved={() => {
            queryClient.invalidateQueries({ queryKey: ['support-hours'] })
            back()
          }}
          onCancel={back}
        />
      </ForAdministrators>
    </Page>
  )
}
