import { useQuery } from '@tanstack/react-query'
import { healthQuery } from '../../data/settings.ts'
import { HandIcon, WarningIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { RelativeTime } from '../../parts/time.tsx'

/** What is overdue or failing in this deployment, and what to do about it. */
export function HealthChecks() {
  const { data: health, error } = useQuery(healthQuery)
  if (error) return <Problem>{error.message}</Problem>
  if (!health) return null
  return (
    <Rows label="Health">
      {health.checks.map(({ name, ok, message, since }) => (
        <Row
          key={name}
          title={name[0]?.toUpperCase() + name.slice(1)}
          state={
            ok ? (
              <span className="dim">
                <HandIcon /> well
              </span>
            ) : (
              <strong>
                <WarningIcon /> in trouble
              </strong>
            )
          }
        >
          {message}
          {since && (
            <>
              , since <RelativeTime instant={since} />
            </>
          )}
        </Row>
      ))}
    </Rows>
  )
}
