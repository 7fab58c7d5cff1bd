import type { Simulation } from '../../../api/schemas/simulation.ts'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { TimelineItem, TimelineList } from '../../parts/TimelineList.tsx'
import { exact, spanText } from '../../parts/time.tsx'
import { dayIn, momentIn, timeIn, zoneAbbreviation } from '../../parts/zoned-time.ts'
import { linesOf } from './simulated-messages.ts'

const MINUTE_MS = 60_000

export function SimulatedSteps({ simulation: { at, priority, steps, cut } }: { simulation: Simulation }) {
  const start = Date.parse(at)
  const told = steps.some(({ type }) => type === 'notification')
  return (
    <div role="status">
      <p>
        An incident of {priority === 'HIGH' ? 'high' : 'low'} priority that opens{' '}
        <strong>
          {momentIn(OWN_ZONE, start)} {zoneAbbreviation(OWN_ZONE, start)}
        </strong>
        {told ? ':' : ': nobody is sent anything.'}
      </p>
      <TimelineList>
        {linesOf(steps).map(({ at: instant, message, text }, index) => (
          <TimelineItem
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place, and all of them come at once
            key={index}
            quiet={message}
            time={<LineTime start={start} instant={instant} />}
          >
            {text}
          </TimelineItem>
        ))}
      </TimelineList>
      {cut && <p className="dim">It goes on: only the beginning is shown.</p>}
    </div>
  )
}

/** "03:05 · after 5 min" */
function LineTime({ start, instant }: { start: number; instant: string }) {
  const at = Date.parse(instant)
  return (
    <time dateTime={instant} title={exact(instant)}>
      {dayIn(OWN_ZONE, at) === dayIn(OWN_ZONE, start) ? timeIn(OWN_ZONE, at) : momentIn(OWN_ZONE, at)} ·{' '}
      {at === start ? 'at once' : `after ${exactSpan(at - start)}`}
    </time>
  )
}

/** Demonstrations have timeouts of seconds. */
function exactSpan(ms: number): string {
  const seconds = Math.round((ms % MINUTE_MS) / 1000)
  if (ms < MINUTE_MS || seconds === 0 || ms > 60 * MINUTE_MS) return spanText(ms)
  return `${spanText(ms - seconds * 1000)} ${seconds} s`
}
