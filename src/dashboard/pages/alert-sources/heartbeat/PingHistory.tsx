import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Heartbeat } from '../../../../api/schemas/heartbeat.ts'
import { TimelineItem, TimelineList } from '../../../parts/TimelineList.tsx'
import { ExactTime } from '../../../parts/time.tsx'
import classes from './PingHistory.module.css'
import { durationText, pingText } from './ping-text.ts'

type Ping = Heartbeat['pings'][number]

/** More is seldom looked at, and a hundred would push everything below out of sight. */
const SHOWN_AT_FIRST = 20

/** Newest first. */
export function PingHistory({ pings }: { pings: Ping[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? pings : pings.slice(0, SHOWN_AT_FIRST)
  return (
    <>
      <TimelineList>
        {shown.map((ping) => (
          <TimelineItem
            key={`${ping.timestamp} ${ping.kind}`}
            quiet={ping.kind === 'log' || ping.kind === 'start'}
            time={<ExactTime instant={ping.timestamp} />}
          >
            <PingEntry ping={ping} />
          </TimelineItem>
        ))}
      </TimelineList>
      {shown.length < pings.length && <Button onClick={() => setAll(true)}>Show all {pings.length}</Button>}
    </>
  )
}

function PingEntry({ ping }: { ping: Ping }) {
  const { durationMs, body, method, userAgent } = ping
  return (
    <>
      <strong>{pingText(ping)}</strong>
      {durationMs !== null && ` after ${durationText(durationMs)}`}
      <span className="dim small">
        {' · '}
        {method}
        {userAgent && ` by ${userAgent}`}
      </span>
      {body !== null && (
        <details className={classes.output}>
          <summary>What it printed</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{body}</pre>
        </details>
      )}
    </>
  )
}
