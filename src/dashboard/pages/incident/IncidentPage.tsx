import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { Incident } from '../../../api/schemas/incident.ts'
import { incidentQuery, useAct } from '../../data/incidents.ts'
import { useKeys } from '../../parts/keys.ts'
import { Problem } from '../../parts/Notice.tsx'
import { useTitle } from '../../parts/Page.tsx'
import { STATE_WORDS, State } from '../../parts/State.tsx'
import { IncidentKeys } from '../incidents/IncidentKeys.tsx'
import { Acts } from './Acts.tsx'
import { CommentForm } from './CommentForm.tsx'
import { Content } from './Content.tsx'
import { Facts } from './Facts.tsx'
import classes from './IncidentPage.module.css'
import { Levels } from './Levels.tsx'
import { Responders } from './Responders.tsx'
import { Timeline } from './Timeline.tsx'
import { WhatHappens } from './WhatHappens.tsx'

const route = getRouteApi('/signed-in/incidents/$incident')

export function IncidentPage() {
  const { incident: name } = route.useParams()
  const { data: incident } = useSuspenseQuery(incidentQuery(name))
  return <OneIncident key={incident.id} incident={incident} name={name} />
}

/** For somebody just woken up: what it is, who is asked, what happens next, and what they can do, in that order. */
function OneIncident({ incident, name }: { incident: Incident; name: string }) {
  const { mutate: act, isPending, variables, error, reset } = useAct(incident, name)
  const [helpOpen, setHelpOpen] = useState(false)
  const comment = useRef<HTMLTextAreaElement>(null)
  const open = incident.status !== 'RESOLVED'
  useTitle(`${incident.reference} ${incident.summary}`)
  useKeys({
    a: () => act({ type: 'accept' }),
    r: () => act({ type: 'resolve' }),
    e: () => act({ type: 'escalate' }),
    c: () => comment.current?.focus(),
    '?': () => setHelpOpen(true),
  })

  return (
    <div className={classes.page}>
      <p className={classes.above}>
        <Link to="/incidents">Incidents</Link>
      </p>
      <header className={classes.header} data-state={incident.status}>
        <div className={classes.line}>
          <State state={incident.status} large />
          <span className={classes.reference}>{incident.reference}</span>
          <span className="dim">{incident.alertSource.name}</span>
          {incident.priority === 'LOW' && <span className="dim small">Low priority</span>}
        </div>
        <h1 className={classes.summary}>{incident.summary}</h1>
        <WhatHappens incident={incident} />
        <span className="sr-only" role="status">
          {STATE_WORDS[incident.status]} {incident.resolvedBy ?? incident.acceptedBy}
        </span>
      </header>
      {error && (
        <div className={classes.refusal}>
          <Problem>
            {error.message}{' '}
            <button type="button" className={classes.dismiss} onClick={reset}>
              Dismiss
            </button>
          </Problem>
        </div>
      )}
      {open && <Acts incident={incident} act={act} acting={isPending ? variables : null} />}
      <div className={classes.columns}>
        <div className={classes.main}>
          <div className={classes.content}>
            <Content incident={incident} />
          </div>
          <Timeline incidentId={incident.id}>
            {open && <CommentForm incident={incident} name={name} inputRef={comment} />}
          </Timeline>
        </div>
        <div className={classes.side}>
          <div className={classes.people}>
            <Levels incident={incident} />
            <Responders responders={incident.responders} />
          </div>
          <Facts incident={incident} />
        </div>
      </div>
      {helpOpen && <IncidentKeys onClose={() => setHelpOpen(false)} />}
    </div>
  )
}
