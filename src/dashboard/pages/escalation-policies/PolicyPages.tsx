import { Button } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { deleteEscalationPolicy, escalationPolicyQuery } from '../../data/escalation-policies.ts'
import { ForAdministrators, useIsAdministrator } from '../../parts/administrator.tsx'
import { announce } from '../../parts/announce.tsx'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { TrashIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { PagedNow } from './PagedNow.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { PolicyLevels } from './PolicyLevels.tsx'
import { SourceLinks } from './SourceLinks.tsx'

const route = getRouteApi('/signed-in/escalation-policies/$id')
const above = <Link to="/escalation-policies">Escalation policies</Link>

export function NewPolicy() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const back = () => navigate({ to: '/escalation-policies' })
  return (
    <Page title="New escalation policy" above={above} narrow>
      <ForAdministrators otherwise={<Problem>Only administrators can create escalation policies.</Problem>}>
        <PolicyForm
          policy={null}
          onSaved={() => {
            queryClient.invalidateQueries({ queryKey: ['escalation-policies'] })
            back()
          }}
          onCancel={back}
        />
      </ForAdministrators>
    </Page>
  )
}

/** For administrators the form itself; for the others what it says. */
export function PolicyPage() {
  const { id } = route.useParams()
  const { data: policy } = useSuspenseQuery(escalationPolicyQuery(id))
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const administrator = useIsAdministrator()
  const [deleting, setDeleting] = useState(false)
  const back = () => navigate({ to: '/escalation-policies' })
  return (
    <Page
      title={policy.name}
      above={above}
      narrow
      actions={
        <ForAdministrators>
          <Button leftSection={<TrashIcon />} onClick={() => setDeleting(true)}>
            Delete
          </Button>
        </ForAdministrators>
      }
    >
      <p className="dim">
        {policy.alertSources.length === 0 && 'No alert source uses it.'}
        {policy.alertSources.length > 0 && 'Used by '}
        <SourceLinks sources={policy.alertSources} />
      </p>
      <PagedNow policy={policy} />
      {administrator ? (
        <PolicyForm
          key={policy.id}
          policy={policy}
          onSaved={(saved) => {
            queryClient.setQueryData(escalationPolicyQuery(id).queryKey, saved)
            queryClient.invalidateQueries({ queryKey: ['escalation-policies'] })
            queryClient.invalidateQueries({ queryKey: ['on-calls'] })
            announce(`${saved.name} saved. Incidents that open from now on follow it.`)
          }}
          onCancel={back}
        />
      ) : (
        <PolicyLevels policy={policy} />
      )}
      {deleting && (
        <DeleteDialog
          title={`Delete ${policy.name}?`}
          confirm={`Delete ${policy.name}`}
          act={() => deleteEscalationPolicy(id)}
          onDone={async () => {
            await back()
            queryClient.invalidateQueries({ queryKey: ['escalation-policies'] })
          }}
          onClose={() => setDeleting(false)}
        >
          Its {policy.escalationRules.length} {policy.escalationRules.length === 1 ? 'level is' : 'levels are'} gone for
          good. Open incidents keep following it as it is now.
        </DeleteDialog>
      )}
    </Page>
  )
}
