import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, Suspense, useState } from 'react'
import type { Schedule } from '../../../api/schemas/schedule.ts'
import { scheduleQuery } from '../../data/schedules.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { CalendarIcon, PencilIcon, PlusIcon } from '../../parts/icons.tsx'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { Page } from '../../parts/Page.tsx'
import { type Asked, Calendar } from './calendar/Calendar.tsx'
import { FeedsDialog } from './dialogs.ts'
import { OnCallNow } from './OnCallNow.tsx'
import classes from './SchedulePage.module.css'

const route = getRouteApi('/signed-in/schedules/$id')

/** Who is on call, now and on the calendar, and how to change it. */
export function SchedulePage() {
  const { id } = route.useParams()
  const { zone } = route.useSearch()
  const { data: schedule } = useSuspenseQuery(scheduleQuery(id))
  const [asked, setAsked] = useState<Asked>(null)
  return (
    <Page
      title={schedule.name}
      above={<Link to="/schedules">Schedules</Link>}
      actions={
        <>
          <Button className={classes.keysButton} onClick={() => setAsked('keys')}>
            Keys&ensp;<kbd>?</kbd>
          </Button>
          <Button leftSection={<CalendarIcon />} onClick={() => setAsked('feeds')}>
            Subscribe
          </Button>
          <ForAdministrators>
            <Button
              leftSection={<PencilIcon />}
              renderRoot={(props) => <Link to="/schedules/$id/edit" params={{ id }} {...props} />}
            >
              Edit
            </Button>
          </ForAdministrators>
          <Button variant="filled" leftSection={<PlusIcon />} onClick={() => setAsked('override')}>
            Override
          </Button>
        </>
      }
    >
      <p className={classes.now}>
        On call: <OnCallNow schedule={schedule} zone={zone === 'mine' ? OWN_ZONE : schedule.timezone} />
      </p>
      <p className={classes.about}>
        <UsedBy schedule={schedule} />
      </p>
      <Calendar key={schedule.id} schedule={schedule} asked={asked} onAsk={setAsked} />
      <Suspense>{asked === 'feeds' && <FeedsDialog schedule={schedule} onClose={() => setAsked(null)} />}</Suspense>
    </Page>
  )
}

/** A schedule that no policy names pages nobody. */
function UsedBy({ schedule: { escalationPolicies } }: { schedule: Schedule }): ReactNode {
  if (escalationPolicies.length === 0) return 'No escalation policy uses it yet, so it pages nobody.'
  return (
    <>
      Used by{' '}
      {escalationPolicies.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link to="/escalation-policies/$id" params={{ id }}>
            {name}
          </Link>
        </span>
      ))}
    </>
  )
}
