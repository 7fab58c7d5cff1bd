import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { alertSourcesQuery } from '../../data/alert-sources.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { serverNow } from '../../parts/clock.ts'
import { Empty, Problem } from '../../parts/Notice.tsx'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { Page } from '../../parts/Page.tsx'
import { announceSaved } from './announce-saved.ts'
import { MaintenanceForm } from './MaintenanceForm.tsx'
import { refetchMaintenance } from './refetch-maintenance.ts'
import { newWindow } from './window-input.ts'

const route = getRouteApi('/signed-in/maintenance/new')

/** With one of the alert sources chosen, where one comes from its page. */
export function NewMaintenance() {
  const { source } = route.useSearch()
  const { data: sources } = useSuspenseQuery(alertSourcesQuery)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const back = () => navigate({ to: '/maintenance' })
  const chosen = sources.filter(({ id }) => id === source).map(({ id }) => id)
  return (
    <Page title="New maintenance window" above={<Link to="/maintenance">Maintenance</Link>} narrow>
      <ForAdministrators otherwise={<Problem>Only administrators can plan maintenance.</Problem>}>
        {sources.length === 0 ? (
          <Empty title="No alert sources yet">
            <p>Maintenance keeps alert sources silent: there is none so far.</p>
            <Link to="/alert-sources/new">Create the first one</Link>
          </Empty>
        ) : (
          <MaintenanceForm
            key={source}
            id={null}
            initial={newWindow(OWN_ZONE, serverNow(), chosen)}
            onSaved={async (saved) => {
              refetchMaintenance(queryClient)
              await back()
              announceSaved(saved)
            }}
            onCancel={back}
          />
        )}
      </ForAdministrators>
    </Page>
  )
}
