import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { coverageRequestsQuery } from '../../data/coverage-requests.ts'
import { currentUserQuery } from '../../data/session.ts'
import { Section } from '../../parts/Page.tsx'
import { CoverageRows } from '../coverage/CoverageRows.tsx'
import { waitsFor } from '../coverage/coverage-text.ts'

/** Coverage requests that I have not answered. */
export function AskedOfMe() {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { data: requests = [] } = useQuery(coverageRequestsQuery({ role: 'asked', status: 'OPEN' }))
  const waiting = requests.filter((request) => waitsFor(request, me.id))
  if (waiting.length === 0) return null
  return (
    <Section title="You are asked to take over">
      <CoverageRows label="Waiting for your answer" requests={waiting} />
    </Section>
  )
}
