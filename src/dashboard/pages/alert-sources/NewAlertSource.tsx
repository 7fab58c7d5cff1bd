import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { escalationPoliciesQuery } from '../../data/escalation-policies.ts'
import { integrationTypesQuery } from '../../data/integration-types.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { Empty, Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { AlertSourceForm } from './AlertSourceForm.tsx'
import { Gallery } from './gallery/Gallery.tsx'

const route = getRouteApi('/signed-in/alert-sources/new')

/** First what reports, then who is paged. */
export function NewAlertSource() {
  const { type: chosen } = route.useSearch()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: policies } = useSuspenseQuery(escalationPoliciesQuery)
  const { data: types } = useSuspenseQuery(integrationTypesQuery)
  const type = types.find((candidate) => candidate.type === chosen)
  return (
    <Page
      title={type ? `New alert source: ${type.name}` : 'New alert source'}
      above={type ? <Link to="/alert-sources/new">All kinds</Link> : <Link to="/alert-sources">Alert sources</Link>}
      narrow={Boolean(type)}
    >
      <ForAdministrators otherwise={<Problem>Only administrators can create alert sources.</Problem>}>
        {policies.length === 0 ? (
          <Empty title="First, an escalation policy">
            <p>An alert source needs one, for it says who is paged.</p>
            <Link to="/escalation-policies/new">Create the first escalation policy</Link>
          </Empty>
        ) : type ? (
          <>
            <p className="dim">{type.about}</p>
            <AlertSourceForm
              key={type.type}
              source={null}
              type={type}
              onSaved={({ id }) => {
                queryClient.invalidateQueries({ queryKey: ['alert-sources'] })
                navigate({ to: '/alert-sources/$id', params: { id } })
              }}
              onCancel={() => navigate({ to: '/alert-sources/new' })}
            />
          </>
        ) : (
          <Gallery />
        )}
      </ForAdministrators>
    </Page>
  )
}
