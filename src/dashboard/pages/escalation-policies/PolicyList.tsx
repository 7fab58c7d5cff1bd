import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { escalationPoliciesQuery } from '../../data/escalation-policies.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { PlusIcon } from '../../parts/icons.tsx'
import { Empty } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { SourceLinks } from './SourceLinks.tsx'
import { targetsText } from './targets-text.ts'

export function PolicyList() {
  const { data: policies } = useSuspenseQuery(escalationPoliciesQuery)
  return (
    <Page
      title="Escalation policies"
      actions={
        <ForAdministrators>
          <Button
            variant="filled"
            leftSection={<PlusIcon />}
            renderRoot={(props) => <Link to="/escalation-policies/new" {...props} />}
          >
            New escalation policy
          </Button>
        </ForAdministrators>
      }
    >
      {policies.length === 0 ? (
        <Empty title="No escalation policies yet">
          <p>An escalation policy says who is paged first, and who is next when nobody answers.</p>
          <ForAdministrators>
            <Link to="/escalation-policies/new">Create the first one</Link>
          </ForAdministrators>
        </Empty>
      ) : (
        <Rows label="Escalation policies">
          {policies.map(({ id, name, escalationRules, alertSources }) => (
            <Row
              key={id}
              title={
                <Link to="/escalation-policies/$id" params={{ id }}>
                  {name}
                </Link>
              }
              state={
                <span className="dim small">
                  {alertSources.length === 0 ? 'not used' : 'used by '}
                  <SourceLinks sources={alertSources} />
                </span>
              }
            >
              {escalationRules.map((rule) => targetsText(rule, 2)).join(' → ')}
            </Row>
          ))}
        </Rows>
      )}
    </Page>
  )
}
