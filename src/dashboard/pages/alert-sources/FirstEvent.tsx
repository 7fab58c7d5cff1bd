import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { STATES } from '../../data/incident-filter.ts'
import { incidentCountQuery } from '../../data/incidents.ts'
import { sourceEventsQuery } from '../../data/integration-types.ts'
import { DoneIcon } from '../../parts/icons.tsx'
import { RelativeTime } from '../../parts/time.tsx'
import classes from './FirstEvent.module.css'

/** Where the live feed is lost. */
const POLL_MS = 3000

/** Waits for the source's first event and turns green by itself: the proof that the tool is connected. */
export function FirstEvent({ sourceId, heartbeat }: { sourceId: number; heartbeat: boolean }) {
  const { data: events } = useQuery({
    ...sourceEventsQuery(sourceId),
    refetchInterval: ({ state }) => !state.data?.length && POLL_MS,
  })
  const newest = events?.[0]
  const { data: count } = useQuery(incidentCountQuery([...STATES], { sources: [sourceId] }))
  // A heartbeat's own panel says whether it was ever heard of: its pings are no events.
  if (events === undefined || count === undefined || (heartbeat && !newest)) return null
  const came = newest !== undefined || count > 0
  return (
    <div className={classes.card} data-received={came} role="status">
      {came ? (
        <>
          <DoneIcon className={classes.icon} />
          <div>
            <strong>Connected.</strong>{' '}
            {newest && (
              <>
                Last event <RelativeTime instant={newest.timestamp} />,{' '}
              </>
            )}
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
            <strong>Waiting for the first event…</strong> Follow the steps below. This turns green by itself.
          </div>
        </>
      )}
    </div>
  )
}
