import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { alertSourcesQuery } from '../../data/alert-sources.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { PlusIcon } from '../../parts/icons.tsx'
import { Empty } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { SourceState } from '../../parts/State.tsx'

export function AlertSourceList() {
  const { data: sources } = useSuspenseQuery(alertSourcesQuery)
  return (
    <Page
      title="Alert sources"
      actions={
        <>
          <Button renderRoot={(props) => <Link to="/support-hours" {...props} />}>Support hours</Button>
          <Button renderRoot={(props) => <Link to="/maintenance" {...props} />}>Maintenance</Button>
          <ForAdministrators>
            <Button
              variant="filled"
              leftSection={<PlusIcon />}
              renderRoot={(props) => <Link to="/alert-sources/new" {...props} />}
            >
              New alert source
            </Button>
          </ForAdministrators>
        </>
      }
    >
      {sources.length === 0 ? (
        <Empty title="No alert sources yet">
          <p>
            An alert source is where a monitoring tool reports: it gets a key, and its escalation policy says who is
            paged.
          </p>
          <ForAdministrators>
            <Link to="/alert-sources/new">Create the first one</Link>
          </ForAdministrators>
        </Empty>
      ) : (
        <Rows label="Alert sources">
          {sources.map(({ id, name, shortName, status, escalationPolicy }) => (
            <Row
              key={id}
              title={
                <>
                  <Link to="/alert-sources/$id" params={{ id }}>
                    {name}
                  </Link>{' '}
                  <span className="mono dim">{shortName}</span>
                </>
              }
              state={
                <Link to="/incidents" search={{ sources: [id] }} title={`Incidents of ${name}`}>
                  <SourceState status={status} />
                </Link>
              }
            >
              pages{' '}
              <Link to="/escalation-policies/$id" params={{ id: escalationPolicy.id }}>
                {escalationPolicy.name}
              </Link>
            </Row>
          ))}
        </Rows>
      )}
    </Page>
  )
}
