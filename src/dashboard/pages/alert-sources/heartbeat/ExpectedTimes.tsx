import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { expectedTimesQuery } from '../../../data/heartbeats.ts'
import { momentIn, zoneAbbreviation } from '../../../parts/zoned-time.ts'

const TYPING_MS = 300

/** When the next pings are expected, so that a wrong field or zone is seen before it is saved. */
export function ExpectedTimes({ cron, timezone }: { cron: string; timezone: string }) {
  const [expression] = useDebouncedValue(cron, TYPING_MS)
  const [zone] = useDebouncedValue(timezone, TYPING_MS)
  const { data } = useQuery(expectedTimesQuery(expression, zone))
  if (!data) return null
  return (
    <div role="status">
      {'times' in data ? (
        <>
          <p className="dim small">Expected next:</p>
          <ol className="plain">
            {data.times.map((time) => (
              <li key={time}>
                {momentIn(data.timezone, time)} {zoneAbbreviation(data.timezone, time)}
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p className="dim">
          {data.field === 'cron' ? 'The cron expression' : 'The time zone'} {data.problem}
        </p>
      )}
    </div>
  )
}
