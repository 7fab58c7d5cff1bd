import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { healthQuery } from '../data/settings.ts'
import { WarningIcon } from '../parts/icons.tsx'
import classes from './LiveNotice.module.css'

/** Whoever looks at incidents must know when the deployment itself is in trouble. */
export function HealthNotice() {
  const { data: health } = useQuery(healthQuery)
  const failing = health?.checks.filter(({ ok }) => !ok) ?? []
  return (
    <div role="status">
      {health?.status === 'DEGRADED' && (
        <p className={classes.notice}>
          <WarningIcon />
          <span>
            Tocsin itself is in trouble{failing.map(({ message }) => `: ${message}`)}.{' '}
            <Link to="/settings">See its health</Link>
          </span>
        </p>
      )}
    </div>
  )
}
