import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schedule } from '../../../api/schemas/schedule.ts'
import { schedulesQuery } from '../../data/schedules.ts'
import { fullName } from '../../data/users.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { NobodyOnCall } from '../../parts/NobodyOnCall.tsx'
import { Empty } from '../../parts/Notice.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { Moment } from '../../parts/shift-time.tsx'
import classes from './SchedulesNow.module.css'

export function SchedulesNow() {
  const { data: schedules } = useSuspenseQuery(schedulesQuery)
  if (schedules.length === 0) {
    return (
      <Empty title="No schedules yet">
        <p>A schedule says who is on call when. The levels of escalation policies name it in place of people.</p>
        <ForAdministrators>
          <Link to="/schedules">Go to the schedules</Link>
        </ForAdministrators>
      </Empty>
    )
  }
  return (
    <Rows label="On call now">
      {schedules.map((schedule) => (
        <Row key={schedule.id} title={<Now schedule={schedule} />}>
          <Link to="/schedules/$id" params={{ id: schedule.id }}>
            {schedule.name}
          </Link>
          <Then schedule={schedule} />
        </Row>
      ))}
    </Rows>
  )
}

function Now({ schedule: { currentShift, escalationPolicies } }: { schedule: Schedule }) {
  if (!currentShift) {
    return (
      <>
        <NobodyOnCall />
        <div className={classes.about}>{whatHappens(escalationPolicies)}</div>
      </>
    )
  }
  const { user, end } = currentShift
  return (
    <>
      <Link to="/users/$id" params={{ id: user.id }}>
        {fullName(user)}
      </Link>
      <div className={classes.about}>
        until <Moment instant={end} />
      </div>
    </>
  )
}

/** "· then Ben Okafor", or from when on somebody is on call again. */
function Then({ schedule: { currentShift, nextShift } }: { schedule: Schedule }) {
  if (!nextShift) return currentShift ? ' · then nobody' : ' · nobody in the time to come'
  const { user, start } = nextShift
  if (currentShift?.end === start) return ` · then ${fullName(user)}`
  return (
    <>
      {' · '}
      {currentShift ? 'then nobody; ' : 'next '}
      {fullName(user)} from <Moment instant={start} />
    </>
  )
}

function whatHappens(policies: { name?: string }[]): string {
  if (policies.length === 0) return 'No escalation policy names it, so nothing is missed.'
  const names = policies.map(({ name }) => name).join(', ')
  return `${names} ${policies.length === 1 ? 'goes' : 'go'} past it at once: whoever else is at that level is paged, or the next level.`
}
