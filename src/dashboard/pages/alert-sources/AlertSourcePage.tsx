import { Button } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { alertSourceQuery, deleteAlertSource } from '../../data/alert-sources.ts'
import { integrationTypesQuery, unknownType } from '../../data/integration-types.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { PencilIcon, TrashIcon } from '../../parts/icons.tsx'
import { Page, Section } from '../../parts/Page.tsx'
import { SourceState } from '../../parts/State.tsx'
import classes from './AlertSourcePage.module.css'
import { EventLog } from './EventLog.tsx'
import { FirstEvent } from './FirstEvent.tsx'
import { HeartbeatPanel } from './heartbeat/HeartbeatPanel.tsx'
import { IntegrationKey } from './IntegrationKey.tsx'
import { SetupSteps } from './SetupSteps.tsx'
import { Simulator } from './Simulator.tsx'
import { TestEvent } from './TestEvent.tsx'

const route = getRouteApi('/signed-in/alert-sources/$id')

export function AlertSourcePage() {
  const { id } = route.useParams()
  const { data: source } = useSuspenseQuery(alertSourceQuery(id))
  const { data: types } = useSuspenseQuery(integrationTypesQuery)
  const type = types.find((candidate) => candidate.type === source.integrationType) ?? unknownType(source)
  const [deleting, setDeleting] = useState(false)
  return (
    <Page
      title={source.name}
      above={<Link to="/alert-sources">Alert sources</Link>}
      narrow
      actions={
        <>
          <Button renderRoot={(props) => <Link to="/alert-sources/$id/processing" params={{ id }} {...props} />}>
            Templates and rules
          </Button>
          <ForAdministrators>
            <Button
              leftSection={<PencilIcon />}
              renderRoot={(props) => <Link to="/alert-sources/$id/edit" params={{ id }} {...props} />}
            >
              Edit
            </Button>
            <Button renderRoot={(props) => <Link to="/maintenance/new" search={{ source: id }} {...props} />}>
              Maintenance …
            </Button>
            <Button leftSection={<TrashIcon />} onClick={() => setDeleting(true)}>
              Delete
            </Button>
          </ForAdministrators>
        </>
      }
    >
      <p className={classes.line}>
        <SourceState status={source.status} />
        <span>
          <span className="mono dim">{source.shortName}</span> · {type.name} · pages{' '}
          <Link to="/escalation-policies/$id" params={{ id: source.escalationPolicy.id }}>
            {source.escalationPolicy.name}
          </Link>{' '}
          ·{' '}
          <Link to="/incidents" search={{ sources: [id] }}>
            its incidents
          </Link>
        </span>
      </p>
      <FirstEvent sourceId={id} heartbeat={source.integrationType === 'HEARTBEAT'} />
      {source.integrationType === 'HEARTBEAT' && <HeartbeatPanel sourceId={id} />}
      <SetupSteps sourceId={id} type={type} />
      <ForAdministrators>
        <TestEvent sourceId={id} />
      </ForAdministrators>
      <EventLog sourceId={id} />
      <Section title="Integration key">
        <IntegrationKey source={source} />
      </Section>
      <Simulator sourceId={id} policy={source.escalationPolicy} />
      {deleting && <DeleteSource id={id} name={source.name} onClose={() => setDeleting(false)} />}
    </Page>
  )
}

function DeleteSource({ id, name, onClose }: { id: number; name: string; onClose: () => void }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return (
    <DeleteDialog
      title={`Delete ${name}?`}
      confirm={`Delete ${name}`}
      act={() => deleteAlertSource(id)}
      onDone={async () => {
        await navigate({ to: '/alert-sources' })
        queryClient.invalidateQueries({ queryKey: ['alert-sources'] })
      }}
      onClose={onClose}
    >
      Its integration key stops working at once: tools that still use it are refused. This can’t be undone.
    </DeleteDialog>
  )
}
