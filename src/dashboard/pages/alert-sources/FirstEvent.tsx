import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { STATES } from '../../data/incident-filter.ts'
import { incidentCountQuery } from '../../data/incidents.ts'
import { DoneIcon } from '../../parts/icons.tsx'
import classes from './FirstEvent.module.css'

const POLL_MS = 3000

/** Waits for the source's first event and turns green by itself: the proof that the tool is connected. */
export function FirstEvent({ sourceId }: { sourceId: number }) {
  const { data: count } = useQuery({
    ...incidentCountQuery([...STATES], { sources: [sourceId] }),
    refetchInterval: ({ state }) => !state.data?.count && POLL_MS,
  })
  if (count === undefined) return null
  return (
    <div className={classes.card} data-received={count > 0} role="status">
      {count > 0 ? (
        <>
          <DoneIcon className={classes.icon} />
          <div>
            <strong>Connected.</strong> Events have come:{' '}
            <Link to="/incidents" search={{ sources: [sourceId] }}>
              {count} {count === 1 ? 'incident' : 'incidents'}
            </Link>{' '}
            so far.
          </div>
        </>
      ) : (
        <>
          <Loader size="xs" color="gray" className={classes.icon} />
          <div>
            <strong>Waiting for the first event.</strong> Paste the command below into a terminal, or set up your tool
            with the key. This turns green by itself.
          </div>
        </>
      )}
    </div>
  )
}
