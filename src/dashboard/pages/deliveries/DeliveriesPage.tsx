import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Delivery } from '../../../api/schemas/delivery.ts'
import { deliveriesQuery, OUTCOMES } from '../../data/deliveries.ts'
import { Loading } from '../../frame/states.tsx'
import { Empty, Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { ExactTime } from '../../parts/time.tsx'
import { METHODS } from '../users/preference-text.ts'
import classes from './DeliveriesPage.module.css'
import { DeliveryFilters } from './DeliveryFilters.tsx'

const route = getRouteApi('/signed-in/deliveries')

/** What was sent to whom, and what came of it: where one looks when somebody says that they heard nothing. */
export function DeliveriesPage() {
  const filter = route.useSearch()
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(deliveriesQuery(filter))
  const entries = data?.pages.flatMap((page) => page.entries) ?? []
  const filtered = Object.keys(filter).length > 0
  return (
    <Page title="Deliveries" above={<Link to="/settings">Settings</Link>}>
      <DeliveryFilters filter={filter} />
      {error && <Problem>{error.message}</Problem>}
      {!data && !error && <Loading />}
      {data && entries.length === 0 && <NoDeliveries filtered={filtered} more={hasNextPage} />}
      {entries.length > 0 && (
        <table className={classes.table}>
          <caption className="sr-only">Deliveries, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">User</th>
              <th scope="col">Sent to</th>
              <th scope="col">Provider</th>
              <th scope="col">Outcome</th>
              <th scope="col">Incident</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <DeliveryRow key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
      {hasNextPage && (
        <Button mt="sm" onClick={() => fetchNextPage()} loading={isFetchingNextPage}>
          {entries.length > 0 ? 'Show older ones' : 'Look further back'}
        </Button>
      )}
    </Page>
  )
}

function DeliveryRow({ entry }: { entry: Delivery }) {
  const { timestamp, user, incident, method, target, provider, outcome, reason, durationMs } = entry
  return (
    <tr>
      <td className={`${classes.short} ${classes.time}`}>
        <ExactTime instant={timestamp} />
      </td>
      <td className={classes.short}>
        <Link to="/users/$id" params={{ id: user.id }}>
          {user.name ?? `user ${user.id}`}
        </Link>
      </td>
      <td className={classes.short}>
        {METHODS[method]} {target && <span className={`dim ${classes.target}`}>{target}</span>}
      </td>
      <td className={classes.short}>
        {provider}
        {/* What was not offered to anybody took no time. */}
        {Boolean(durationMs) && <span className="dim"> in {durationText(durationMs ?? 0)}</span>}
      </td>
      <td className={classes.outcome}>
        <strong>{OUTCOMES[outcome]}</strong>
        {reason && <>: {reason}</>}
      </td>
      <td className={classes.incident}>
        {incident ? (
          <>
            <Link to="/incidents/$incident" params={{ incident: incident.reference }}>
              {incident.reference}
            </Link>{' '}
            <span className="dim">{incident.summary}</span>
          </>
        ) : (
          <span className="dim">no incident</span>
        )}
      </td>
    </tr>
  )
}

function NoDeliveries({ filtered, more }: { filtered: boolean; more: boolean }) {
  if (!filtered) {
    return (
      <Empty title="Nothing was sent yet">
        <p>Every text, call, mail and push is listed here for 90 days, with what its carrier said.</p>
      </Empty>
    )
  }
  return (
    <Empty title={more ? 'Nothing like that among the newest' : 'Nothing like that was sent'}>
      <p>
        <Link to="/deliveries">Show all deliveries</Link>
      </p>
    </Empty>
  )
}

function durationText(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`
}
