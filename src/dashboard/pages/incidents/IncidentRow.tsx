import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Ref } from 'react'
import type { IncidentSummary } from '../../../api/schemas/incident.ts'
import { fullName } from '../../data/users.ts'
import { State } from '../../parts/State.tsx'
import { Countdown, RelativeTime } from '../../parts/time.tsx'
import classes from './IncidentRow.module.css'

interface IncidentRowProps {
  incident: IncidentSummary
  selected: boolean
  onToggle: () => void
  /** The row that the keys act on. */
  current: boolean
  onFocus: () => void
  linkRef: Ref<HTMLAnchorElement>
}

export function IncidentRow({ incident, selected, onToggle, current, onFocus, linkRef }: IncidentRowProps) {
  const { reference, summary, status, priority, severity, eventCount, alertSource } = incident
  return (
    <li className={classes.row} data-state={status} data-selected={selected} data-current={current} onFocus={onFocus}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: it enlarges the target of the checkbox inside, which has its own name */}
      <label className={classes.select}>
        <Checkbox size="sm" checked={selected} onChange={onToggle} aria-label={`Select ${reference}`} />
      </label>
      <div className={classes.state}>
        <State state={status} />
      </div>
      <div className={classes.what}>
        <Link ref={linkRef} to="/incidents/$incident" params={{ incident: reference }} className={classes.link}>
          <span className={classes.reference}>{reference}</span> <span className={classes.summary}>{summary}</span>
        </Link>
        <div className={classes.origin}>
          <span>{alertSource.name}</span>
          {priority === 'LOW' && <span className={classes.tag}>Low priority</span>}
          {severity !== null && <span className={classes.tag}>Severity {severity}</span>}
          {eventCount > 1 && <span className={classes.tag}>{eventCount} events</span>}
        </div>
      </div>
      <div className={classes.next}>
        <NextStep incident={incident} />
      </div>
      <div className={classes.when}>
        <RelativeTime instant={incident.reportTime} />
      </div>
    </li>
  )
}

function NextStep({ incident: { status, nextEscalation, assignedTo, resolvedOn } }: { incident: IncidentSummary }) {
  if (status === 'PENDING' && nextEscalation) {
    return (
      <>
        escalates in <Countdown to={nextEscalation} />
      </>
    )
  }
  if (status === 'PENDING') return assignedTo ? `assigned to ${fullName(assignedTo)}` : 'no further escalation'
  if (status === 'ACCEPTED') return assignedTo ? fullName(assignedTo) : 'accepted'
  return resolvedOn ? (
    <>
      resolved <RelativeTime instant={resolvedOn} />
    </>
  ) : null
}
