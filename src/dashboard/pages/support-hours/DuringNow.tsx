import type { SupportHours } from '../../../api/schemas/support-hours.ts'
import { Moment } from '../../parts/shift-time.tsx'

/** "During support hours, until Fri 27 Nov 17:00 CET, in 3 h" */
export function DuringNow({ hours: { during, changesAt } }: { hours: Pick<SupportHours, 'during' | 'changesAt'> }) {
  return (
    <>
      <strong>{during ? 'During support hours' : 'Outside support hours'}</strong>
      {changesAt ? (
        <>
          {' '}
          until <Moment instant={changesAt} />
        </>
      ) : (
        ', for a year at least'
      )}
    </>
  )
}
