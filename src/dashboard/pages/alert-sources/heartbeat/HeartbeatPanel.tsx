import { useQuery } from '@tanstack/react-query'
import type { Heartbeat } from '../../../../api/schemas/heartbeat.ts'
import { heartbeatQuery } from '../../../data/heartbeats.ts'
import { Problem } from '../../../parts/Notice.tsx'
import { Section } from '../../../parts/Page.tsx'
import { Moment } from '../../../parts/shift-time.tsx'
import { RelativeTime, TimeSince } from '../../../parts/time.tsx'
import classes from './HeartbeatPanel.module.css'
import { HeartbeatState } from './HeartbeatState.tsx'
import { PingHistory } from './PingHistory.tsx'

/** Whether the job behind a heartbeat source is well, when it must report next, and what it reported. */
export function HeartbeatPanel({ sourceId }: { sourceId: number }) {
  const { data: heartbeat, error } = useQuery(heartbeatQuery(sourceId))
  if (error && !heartbeat) return <Problem>{error.message}</Problem>
  if (!heartbeat) return null
  return (
    <>
      <Section title="Heartbeat">
        <div className={classes.now}>
          <div role="status">
            <HeartbeatState state={heartbeat.state} />
          </div>
          <div className={classes.facts}>
            <Facts heartbeat={heartbeat} />
          </div>
        </div>
      </Section>
      {heartbeat.pings.length > 0 && (
        <Section title="Pings">
          <PingHistory pings={heartbeat.pings} />
        </Section>
      )}
    </>
  )
}

function Facts({ heartbeat: { state, lastPingAt, dueAt, runningSince } }: { heartbeat: Heartbeat }) {
  if (lastPingAt === null) {
    return <p>Watching begins with it: nothing is expected before, and no incident opens.</p>
  }
  return (
    <>
      {dueAt && (state === 'OVERDUE' ? <WasDue dueAt={dueAt} /> : <IsDue dueAt={dueAt} />)}
      {runningSince && (
        <p>
          Running for <TimeSince instant={runningSince} />
        </p>
      )}
      <p>
        Last ping <RelativeTime instant={lastPingAt} />
      </p>
    </>
  )
}

function IsDue({ dueAt }: { dueAt: string }) {
  return (
    <p>
      Expected by <Moment instant={dueAt} />
    </p>
  )
}

function WasDue({ dueAt }: { dueAt: string }) {
  return (
    <p>
      Was expected by <Moment instant={dueAt} />, <TimeSince instant={dueAt} /> ago
    </p>
  )
}
