import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { schedulesQuery } from '../../data/schedules.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { PlusIcon } from '../../parts/icons.tsx'
import { Empty } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { OnCallNow } from './OnCallNow.tsx'

export function ScheduleList() {
  const { data: schedules } = useSuspenseQuery(schedulesQuery)
  return (
    <Page
      title="Schedules"
      actions={
        <ForAdministrators>
          <Button
            variant="filled"
            leftSection={<PlusIcon />}
            renderRoot={(props) => <Link to="/schedules/new" {...props} />}
          >
            New schedule
          </Button>
        </ForAdministrators>
      }
    >
      {schedules.length === 0 ? (
        <Empty title="No schedules yet">
          <p>
            A schedule says who is on call when. An escalation policy can page it instead of one and the same person.
          </p>
          <ForAdministrators otherwise="An administrator has to create the first one.">
            <Link to="/schedules/new">Create the first one</Link>
          </ForAdministrators>
        </Empty>
      ) : (
        <Rows label="Schedules">
          {schedules.map((schedule) => (
            <Row
              key={schedule.id}
              title={
                <Link to="/schedules/$id" params={{ id: schedule.id }}>
                  {schedule.name}
                </Link>
              }
              state={
                <span className="dim small">
                  {schedule.type === 'STATIC' ? 'Placed by hand' : 'Recurring'} · {schedule.timezone}
                </span>
              }
            >
              <OnCallNow schedule={schedule} zone={schedule.timezone} />
            </Row>
          ))}
        </Rows>
      )}
    </Page>
  )
}
