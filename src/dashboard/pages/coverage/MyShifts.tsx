import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { shiftsOfUserQuery } from '../../data/on-calls.ts'
import { currentUserQuery } from '../../data/session.ts'
import { useClock } from '../../parts/clock.ts'
import { Row, Rows } from '../../parts/Row.tsx'
import { Stretch, stretchText } from '../../parts/shift-time.tsx'
import { spanText } from '../../parts/time.tsx'

const SHOWN_AT_FIRST = 5

/** My shifts of the next three months, each of which can be given away. */
export function MyShifts() {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { data: shifts } = useSuspenseQuery(shiftsOfUserQuery(me.id))
  const [all, setAll] = useState(false)
  if (shifts.length === 0) return <p className="dim">You have no shift in the next three months.</p>
  const shown = all ? shifts : shifts.slice(0, SHOWN_AT_FIRST)
  return (
    <>
      <Rows label="My next shifts">
        {shown.map(({ schedule, start, end }) => (
          <Row
            key={`${schedule.id} ${start}`}
            title={<Stretch start={start} end={end} />}
            actions={
              <Button
                aria-label={`Ask for cover: ${schedule.name}, ${stretchText(start, end)}`}
                renderRoot={(props) => (
                  <Link to="/coverage/new" search={{ schedule: schedule.id, start, end }} {...props} />
                )}
              >
                Ask for cover
              </Button>
            }
          >
            <Link to="/schedules/$id" params={{ id: schedule.id }}>
              {schedule.name}
            </Link>
            {' · '}
            <HowSoon start={start} />
          </Row>
        ))}
      </Rows>
      {shown.length < shifts.length && (
        <Button mt="xs" onClick={() => setAll(true)}>
          Show all {shifts.length}
        </Button>
      )}
    </>
  )
}

function HowSoon({ start }: { start: string }) {
  return useClock((now) => (Date.parse(start) > now ? `in ${spanText(Date.parse(start) - now)}` : 'now'))
}
