import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CarrierHealth } from '../../../api/schemas/carrier-health.ts'
import { carrierHealthQuery } from '../../data/carriers.ts'
import { WarningIcon } from '../../parts/icons.tsx'
import { ExactTime, RelativeTime } from '../../parts/time.tsx'
import { METHODS } from '../users/preference-text.ts'

/** How a carrier has done lately, for each of its channels. */
export function CarrierState({ carrier }: { carrier: string }) {
  const { data = [] } = useQuery(carrierHealthQuery)
  const own = data.filter((health) => health.carrier === carrier)
  if (own.length === 0) return null
  return (
    <ul>
      {own.map((health) => (
        <li key={health.method}>
          <ChannelState health={health} />
        </li>
      ))}
    </ul>
  )
}

function ChannelState({ health }: { health: CarrierHealth }) {
  const { carrier: provider, method, state, failingSince, lastSuccessAt, lastFailure, last24Hours } = health
  if (state === 'UNUSED') return <>{METHODS[method]}: not used lately</>
  const { sent, failed, undelivered } = last24Hours
  return (
    <>
      {METHODS[method]}:{' '}
      {failingSince ? (
        <strong>
          <WarningIcon /> failing since <ExactTime instant={failingSince} />
        </strong>
      ) : (
        'well'
      )}
      , in 24 hours{' '}
      <Link to="/deliveries" search={{ provider, method }}>
        {sent} sent, {failed} failed{undelivered > 0 && `, ${undelivered} not delivered`}
      </Link>
      {lastSuccessAt && (
        <>
          . Last success <RelativeTime instant={lastSuccessAt} />
        </>
      )}
      {lastFailure && (
        <>
          . Last failure <RelativeTime instant={lastFailure.timestamp} />: {lastFailure.reason ?? 'it said no more'}
        </>
      )}
    </>
  )
}
