import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { LoggedEvent } from '../../../api/schemas/logged-event.ts'
import { sourceEventsQuery } from '../../data/integration-types.ts'
import { Section } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { RelativeTime } from '../../parts/time.tsx'
import classes from './EventLog.module.css'

/** What came, and what became of it: where one looks when an alert seems lost. */
export function EventLog({ sourceId }: { sourceId: number }) {
  const { data: events } = useQuery(sourceEventsQuery(sourceId))
  const [outcome, setOutcome] = useState('')
  if (!events) return null
  const shown = events.filter((event) => !outcome || event.outcome === outcome)
  return (
    <Section
      title="Event log"
      actions={
        events.length > 0 && (
          <NativeSelect
            aria-label="Show events"
            size="xs"
            value={outcome}
            onChange={({ currentTarget }) => setOutcome(currentTarget.value)}
            data={[
              { value: '', label: 'All events' },
              ...Object.entries(OUTCOMES).map(([value, label]) => ({ value, label })),
            ]}
          />
        )
      }
    >
      {shown.length === 0 ? (
        <p className="dim">
          {events.length === 0
            ? 'Nothing has come yet. What comes is listed here with what became of it, also what opened no incident.'
            : 'No such event among the last ones.'}
        </p>
      ) : (
        <Rows label="Event log">
          {shown.map((event) => (
            <LoggedRow key={event.id} event={event} />
          ))}
        </Rows>
      )}
    </Section>
  )
}

function LoggedRow({ event }: { event: LoggedEvent }) {
  const { eventType, summary, incidentKey, outcome, incident, reason, notes, request, timestamp } = event
  return (
    <Row
      title={!eventType || summary === eventType ? summary || eventType : `${eventType}: ${summary}`}
      state={<RelativeTime instant={timestamp} />}
    >
      <span data-outcome={outcome} className={classes.outcome}>
        {OUTCOMES[outcome]}
      </span>
      {incident && (
        <>
          {' '}
          <Link to="/incidents/$incident" params={{ incident: incident.reference }}>
            {incident.reference}
          </Link>
        </>
      )}
      {reason && `: ${reason}`}
      {incidentKey && (
        <>
          , key <span className="mono">{incidentKey}</span>
        </>
      )}
      {notes.map((note) => (
        <div key={note} className={classes.note}>
          {note}
        </div>
      ))}
      {request && (
        <details className={classes.payload}>
          <summary>Payload, as {request.via} read it</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{payloadOf(request)}</pre>
        </details>
      )}
    </Row>
  )
}

function payloadOf({ method, query, headers, body }: NonNullable<LoggedEvent['request']>): string {
  const parameters = new URLSearchParams(query).toString()
  const head = [
    `${method}${parameters && ` ?${parameters}`}`,
    ...Object.entries(headers).map((entry) => entry.join(': ')),
  ]
  return `${head.join('\n')}\n\n${pretty(body)}`
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

const OUTCOMES: Record<LoggedEvent['outcome'], string> = {
  OPENED: 'Opened',
  APPENDED: 'Appended to',
  ACCEPTED: 'Accepted',
  RESOLVED: 'Resolved',
  COLLECTED: 'Collected in',
  DUPLICATE: 'Came before, at',
  DROPPED: 'Dropped',
  SUPPRESSED: 'Held back',
  NO_OPEN_INCIDENT: 'No open incident',
  IGNORED: 'Ignored',
  CHANGE: 'Change recorded',
}
