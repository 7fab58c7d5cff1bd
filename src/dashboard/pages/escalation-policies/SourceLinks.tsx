import { Link } from '@tanstack/react-router'

/** The alert sources that use a policy: "Prometheus, Grafana". */
export function SourceLinks({ sources }: { sources: { id: number; name: string }[] }) {
  return sources.map(({ id, name }, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <Link to="/alert-sources/$id" params={{ id }}>
        {name}
      </Link>
    </span>
  ))
}
