import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { escalationPoliciesQuery } from '../../data/escalation-policies.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { Empty, Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { AlertSourceForm } from './AlertSourceForm.tsx'

export function NewAlertSource() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: policies } = useSuspenseQuery(escalationPoliciesQuery)
  return (
    <Page title="New alert source" above={<Link to="/alert-sources">Alert sources</Link>} narrow>
      <ForAdministrators otherwise={<Problem>Only administrators can create alert sources.</Problem>}>
        {policies.length === 0 ? (
          <Empty title="First, an escalation policy">
            <p>An alert source needs one, for it says who is paged.</p>
            <Link to="/escalation-policies/new">Create the first escalation policy</Link>
          </Empty>
        ) : (
          <AlertSourceForm
            source={null}
            onSaved={({ id }) => {
              queryClient.invalidateQueries({ queryKey: ['alert-sources'] })
              navigate({ to: '/alert-sources/$id', params: { id } })
            }}
            onCancel={() => navigate({ to: '/alert-sources' })}
          />
        )}
      </ForAdministrators>
    </Page>
  )
}
