import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Incident } from '../../../api/schemas/incident.ts'
import { Section } from '../../parts/Page.tsx'
import { ExactTime } from '../../parts/time.tsx'
import classes from './Facts.module.css'

export function Facts({ incident }: { incident: Incident }) {
  const {
    alertSource,
    reportTime,
    acceptedOn,
    resolvedOn,
    priority,
    severity,
    incidentKey,
    eventCount,
    labels,
    raisesOn,
  } = incident
  return (
    <Section title="Facts">
      <dl className={classes.facts}>
        <Fact name="Alert source">
          <Link to="/alert-sources/$id" params={{ id: alertSource.id }}>
            {alertSource.name}
          </Link>
        </Fact>
        <Fact name="Reported">
          <ExactTime instant={reportTime} />
        </Fact>
        {acceptedOn && (
          <Fact name="Accepted">
            <ExactTime instant={acceptedOn} />
          </Fact>
        )}
        {resolvedOn && (
          <Fact name="Resolved">
            <ExactTime instant={resolvedOn} />
          </Fact>
        )}
        <Fact name="Priority">{priority === 'HIGH' ? 'High' : raisesOn ? 'Low for now' : 'Low: never escalates'}</Fact>
        {severity !== null && <Fact name="Severity">{severity}</Fact>}
        <Fact name="Events">{eventCount}</Fact>
        {incidentKey && (
          <Fact name="Key">
            <span className="mono">{incidentKey}</span>
          </Fact>
        )}
        {Object.entries(labels).map(([name, value]) => (
          <Fact key={name} name={name}>
            <span className="mono">{value}</span>
          </Fact>
        ))}
      </dl>
    </Section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
