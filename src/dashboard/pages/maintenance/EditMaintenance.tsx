import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { maintenanceWindowQuery } from '../../data/maintenance-windows.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { announceSaved } from './announce-saved.ts'
import { MaintenanceForm } from './MaintenanceForm.tsx'
import { refetchMaintenance } from './refetch-maintenance.ts'
import { fieldsOf } from './window-input.ts'

const route = getRouteApi('/signed-in/maintenance/$id/edit')

export function EditMaintenance() {
  const { id } = route.useParams()
  const { data: window } = useSuspenseQuery(maintenanceWindowQuery(id))
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const back = () => navigate({ to: '/maintenance' })
  return (
    <Page title={`Edit ${window.name}`} above={<Link to="/maintenance">Maintenance</Link>} narrow>
      <ForAdministrators otherwise={<Problem>Only administrators can change maintenance.</Problem>}>
        <MaintenanceForm
          key={id}
          id={id}
          initial={fieldsOf(window)}
          onSaved={async (saved) => {
            refetchMaintenance(queryClient)
            await back()
            announceSaved(saved)
          }}
          onCancel={back}
        />
      </ForAdministrators>
    </Page>
  )
}
