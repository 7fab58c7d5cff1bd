import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { schedulesQuery } from '../../data/schedules.ts'
import { Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { CoverageForm } from './CoverageForm.tsx'
import { MyShifts } from './MyShifts.tsx'

const route = getRouteApi('/signed-in/coverage/new')

/** Asks colleagues to take the shift that the address names, or a part of it; with none, one is chosen first. */
export function AskForCover() {
  const { schedule: id, start, end } = route.useSearch()
  const { data: schedules } = useSuspenseQuery(schedulesQuery)
  const schedule = schedules.find((one) => one.id === id)
  return (
    <Page title="Ask for cover" above={<Link to="/coverage">Coverage requests</Link>} narrow>
      {id !== undefined && !schedule && <Problem>There is no such schedule. Perhaps it was deleted.</Problem>}
      {schedule && start && end ? (
        <CoverageForm key={`${id} ${start} ${end}`} {...{ schedule, start, end }} />
      ) : (
        <>
          <p>
            Which shift? Administrators can ask for anybody’s: open one on its <Link to="/schedules">schedule</Link>.
          </p>
          <MyShifts />
        </>
      )}
    </Page>
  )
}
