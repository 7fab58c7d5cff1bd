import { useQuery } from '@tanstack/react-query'
import { droppedEventsQuery } from '../../data/alert-sources.ts'
import { Section } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { RelativeTime } from '../../parts/time.tsx'

/** Events that were taken and opened nothing, with the reason: where one looks when an alert seems lost. */
export function DroppedEvents({ sourceId }: { sourceId: number }) {
  const { data: dropped } = useQuery(droppedEventsQuery(sourceId))
  if (!dropped?.length) return null
  return (
    <Section title="Events that opened no incident">
      <Rows label="Events that opened no incident">
        {dropped.map(({ id, eventType, summary, incidentKey, reason, timestamp }) => (
          <Row
            key={id}
            title={summary === eventType ? eventType : `${eventType}: ${summary}`}
            state={<RelativeTime instant={timestamp} />}
          >
            {reason}
            {incidentKey && (
              <>
                , key <span className="mono">{incidentKey}</span>
              </>
            )}
          </Row>
        ))}
      </Rows>
    </Section>
  )
}
