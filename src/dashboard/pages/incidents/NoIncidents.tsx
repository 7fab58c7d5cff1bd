import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { alertSourcesQuery, firstEventCommand } from '../../data/alert-sources.ts'
import { isFiltered, type ListFilter } from '../../data/incident-filter.ts'
import { currentUserQuery } from '../../data/session.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { Empty } from '../../parts/Notice.tsx'

export function NoIncidents({ filter }: { filter: ListFilter }) {
  if (isFiltered(filter)) {
    return (
      <Empty title="No incident is like that">
        <p>
          <Link to="/incidents">Show all incidents</Link>
        </p>
      </Empty>
    )
  }
  return filter.start ? <Empty title="There are no older incidents" /> : <FirstIncident />
}

/** The next step of a fresh deployment: an alert source, then its first event. */
function FirstIncident() {
  const { data: user } = useSuspenseQuery(currentUserQuery)
  const { data: sources } = useQuery(alertSourcesQuery)
  if (!sources) return null
  const source = sources.find(({ active }) => active)
  if (source) {
    return (
      <Empty title="No incidents yet">
        <p>This opens the first one, at {source.name}:</p>
        <CopyField block label="Command" value={firstEventCommand(source.integrationKey)} />
      </Empty>
    )
  }
  return (
    <Empty title="No incidents yet">
      {user.role === 'ADMIN' ? (
        <p>
          Incidents come from alert sources. <Link to="/alert-sources/new">Create the first alert source</Link>
        </p>
      ) : (
        <p>Incidents come from alert sources. An administrator has to create the first one.</p>
      )}
    </Empty>
  )
}
