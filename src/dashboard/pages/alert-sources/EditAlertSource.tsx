import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { alertSourceQuery } from '../../data/alert-sources.ts'
import { integrationTypesQuery, unknownType } from '../../data/integration-types.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { AlertSourceForm } from './AlertSourceForm.tsx'

const route = getRouteApi('/signed-in/alert-sources/$id/edit')

export function EditAlertSource() {
  const { id } = route.useParams()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: source } = useSuspenseQuery(alertSourceQuery(id))
  const { data: types } = useSuspenseQuery(integrationTypesQuery)
  const type = types.find((candidate) => candidate.type === source.integrationType) ?? unknownType(source)
  const back = () => navigate({ to: '/alert-sources/$id', params: { id } })
  return (
    <Page
      title={`Edit ${source.name}`}
      above={
        <Link to="/alert-sources/$id" params={{ id }}>
          {source.name}
        </Link>
      }
      narrow
    >
      <ForAdministrators otherwise={<Problem>Only administrators can change it.</Problem>}>
        <AlertSourceForm
          source={source}
          type={type}
          onSaved={() => {
            queryClient.invalidateQueries({ queryKey: ['alert-sources'] })
            back()
          }}
          onCancel={back}
        />
      </ForAdministrators>
    </Page>
  )
}
