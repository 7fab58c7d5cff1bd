import { Button, NativeSelect } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { LogEntry } from '../../../api/schemas/incident.ts'
import { type TimelineOrder, timelineQuery } from '../../data/incidents.ts'
import { Problem } from '../../parts/Notice.tsx'
import { Section } from '../../parts/Page.tsx'
import { TimelineItem, TimelineList } from '../../parts/TimelineList.tsx'
import { ExactTime } from '../../parts/time.tsx'
import classes from './Timeline.module.css'

type Shown = 'ALL' | LogEntry['filterTypes'][number]

export function Timeline({ incidentId, children }: { incidentId: number; children: ReactNode }) {
  const [order, setOrder] = useLocalStorage<TimelineOrder>({
    key: 'timeline-order',
    defaultValue: 'newest',
    getInitialValueInEffect: false,
  })
  const [shown, setShown] = useState<Shown>('ALL')
  const [pages, setPages] = useState(1)
  const { data, error } = useQuery(timelineQuery(incidentId, order, pages))
  const entries = data?.entries.filter(({ filterTypes }) => shown === 'ALL' || filterTypes.includes(shown)) ?? []

  return (
    <Section
      title="Timeline"
      actions={
        <div className={classes.controls}>
          <NativeSelect
            size="xs"
            aria-label="Show in timeline"
            value={shown}
            onChange={({ currentTarget: { value } }) => setShown(value as Shown)}
            data={[
              { value: 'ALL', label: 'Everything' },
              { value: 'INCIDENT_UPDATES', label: 'Updates' },
              { value: 'NOTIFICATIONS', label: 'Notifications' },
              { value: 'ALERT_SOURCE_EVENTS', label: 'Events' },
            ]}
          />
          <NativeSelect
            size="xs"
            aria-label="Order of timeline"
            value={order}
            onChange={({ currentTarget: { value } }) => setOrder(value as TimelineOrder)}
            data={[
              { value: 'newest', label: 'Newest first' },
              { value: 'oldest', label: 'Oldest first' },
            ]}
          />
        </div>
      }
    >
      {children}
      {error && <Problem>{error.message}</Problem>}
      <TimelineList>
        {entries.map(({ id, timestamp, text, filterTypes, vars }) => (
          <TimelineItem key={id} time={<ExactTime instant={timestamp} />} quiet={filterTypes.includes('NOTIFICATIONS')}>
            {text}
            {typeof vars.until === 'string' && (
              <>
                , until <ExactTime instant={vars.until} />
              </>
            )}
          </TimelineItem>
        ))}
      </TimelineList>
      {data && entries.length === 0 && <p className="dim">Nothing of this kind so far.</p>}
      {data?.more && <Button onClick={() => setPages(pages + 1)}>Show more</Button>}
    </Section>
  )
}
