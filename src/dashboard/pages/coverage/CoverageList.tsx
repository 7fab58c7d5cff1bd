import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { coverageRequestsQuery } from '../../data/coverage-requests.ts'
import { PlusIcon } from '../../parts/icons.tsx'
import { Empty } from '../../parts/Notice.tsx'
import { Page, Section } from '../../parts/Page.tsx'
import { CoverageRows } from './CoverageRows.tsx'

export function CoverageList() {
  const { data: requests } = useSuspenseQuery(coverageRequestsQuery())
  const open = requests.filter(({ status }) => status === 'OPEN')
  const closed = requests.filter(({ status }) => status !== 'OPEN')
  return (
    <Page
      title="Coverage requests"
      above={<Link to="/on-call">On call</Link>}
      actions={
        <Button
          variant="filled"
          leftSection={<PlusIcon />}
          renderRoot={(props) => <Link to="/coverage/new" {...props} />}
        >
          Ask for cover
        </Button>
      }
    >
      {requests.length === 0 && (
        <Empty title="No coverage requests yet">
          <p>When you can’t be on call, ask one or several colleagues: the first to accept has the shift.</p>
          <Link to="/coverage/new">Ask for cover</Link>
        </Empty>
      )}
      {open.length > 0 && (
        <Section title="Open">
          <CoverageRows label="Open coverage requests" requests={open} />
        </Section>
      )}
      {closed.length > 0 && (
        <Section title="Closed">
          <CoverageRows label="Closed coverage requests" requests={closed} />
        </Section>
      )}
    </Page>
  )
}
