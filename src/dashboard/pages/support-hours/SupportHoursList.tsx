import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { supportHoursListQuery } from '../../data/support-hours.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { PlusIcon } from '../../parts/icons.tsx'
import { Empty } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { SourceLinks } from '../escalation-policies/SourceLinks.tsx'
import { DuringNow } from './DuringNow.tsx'
import { weekText } from './hours-text.ts'

export function SupportHoursList() {
  const { data: list } = useSuspenseQuery(supportHoursListQuery)
  return (
    <Page
      title="Support hours"
      above={<Link to="/alert-sources">Alert sources</Link>}
      actions={
        <ForAdministrators>
          <Button
            variant="filled"
            leftSection={<PlusIcon />}
            renderRoot={(props) => <Link to="/support-hours/new" {...props} />}
          >
            New support hours
          </Button>
        </ForAdministrators>
      }
    >
      {list.length === 0 ? (
        <Empty title="No support hours yet">
          <p>
            Support hours are when somebody is at work. The incidents of an alert source can have high priority then and
            low priority otherwise, or the other way round.
          </p>
          <ForAdministrators>
            <Link to="/support-hours/new">Create the first ones</Link>
          </ForAdministrators>
        </Empty>
      ) : (
        <Rows label="Support hours">
          {list.map((hours) => (
            <Row
              key={hours.id}
              title={
                <Link to="/support-hours/$id" params={{ id: hours.id }}>
                  {hours.name}
                </Link>
              }
              state={
                <span className="dim small">
                  {hours.alertSources.length === 0 ? 'not used' : 'used by '}
                  <SourceLinks sources={hours.alertSources} />
                </span>
              }
            >
              <div>
                <DuringNow hours={hours} />
              </div>
              <div>
                {weekText(hours.supportDays)} {hours.timezone}
                {exceptionsText(hours.exceptions.length)}
              </div>
            </Row>
          ))}
        </Rows>
      )}
    </Page>
  )
}

function exceptionsText(count: number): string {
  if (count === 0) return ''
  return count === 1 ? ', 1 exception' : `, ${count} exceptions`
}
