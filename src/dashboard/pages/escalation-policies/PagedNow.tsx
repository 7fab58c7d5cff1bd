import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { EscalationPolicy } from '../../../api/schemas/escalation-policy.ts'
import { policyOnCallQuery } from '../../data/simulation.ts'
import { namesOf } from '../../data/users.ts'
import { LevelList } from '../../parts/LevelList.tsx'
import { LevelOnCall } from '../../parts/LevelOnCall.tsx'
import { NobodyOnCall } from '../../parts/NobodyOnCall.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Section } from '../../parts/Page.tsx'

/** Level by level, whom an incident would reach at this moment. */
export function PagedNow({ policy: { id, alertSources } }: { policy: EscalationPolicy }) {
  const { data: now, error } = useQuery(policyOnCallQuery(id))
  return (
    <Section title="Who would be paged now">
      {error && <Problem>{error.message}</Problem>}
      {now && (
        <>
          {now.fallback.length > 0 && (
            <p>
              <NobodyOnCall>No level has anybody</NobodyOnCall>: the fallback contacts are paged,{' '}
              {namesOf(now.fallback, 20)}.
            </p>
          )}
          <LevelList label="Who would be paged now">
            {now.levels.map((level) => (
              <LevelOnCall key={level.level} {...level} />
            ))}
          </LevelList>
        </>
      )}
      {alertSources.length > 0 && (
        <p className="small">
          At another time, and on which channel:{' '}
          {alertSources.map((source, index) => (
            <span key={source.id}>
              {index > 0 && ', '}
              <Link to="/alert-sources/$id" params={{ id: source.id }} search={{ at: 'now' }} hash="simulation">
                simulate an incident of {source.name}
              </Link>
            </span>
          ))}
        </p>
      )}
    </Section>
  )
}
