import type { ReactNode } from 'react'
import type { Incident } from '../../../api/schemas/incident.ts'
import { fullName, namesOf } from '../../data/users.ts'
import { Countdown, ExactTime, RelativeTime, spanText, TimeSince } from '../../parts/time.tsx'
import classes from './WhatHappens.module.css'
import { autoResolvesOn, isHeld, noNextLevelText, pagesAgainOn, waitsFor } from './waiting-text.ts'

/** One or two sentences: what is going on now, and what happens next. */
export function WhatHappens({ incident }: { incident: Incident }) {
  return (
    <div className={classes.what}>
      <p>{now(incident)}</p>
      {next(incident)}
    </div>
  )
}

function now(incident: Incident): ReactNode {
  const { status, responders, acceptedBy, acceptedOn, assignedTo, resolvedBy, resolvedOn, reportTime } = incident
  if (status === 'RESOLVED') {
    return (
      <>
        Resolved{resolvedBy && ` by ${resolvedBy}`}
        {resolvedOn && (
          <>
            {' '}
            <RelativeTime instant={resolvedOn} />, open for {spanText(Date.parse(resolvedOn) - Date.parse(reportTime))}
          </>
        )}
        .
      </>
    )
  }
  if (status === 'ACCEPTED') {
    const by = acceptedBy ?? (assignedTo && fullName(assignedTo))
    return (
      <>
        Accepted{by && ` by ${by}`}
        {acceptedOn && (
          <>
            {' '}
            <RelativeTime instant={acceptedOn} />
          </>
        )}
        .
      </>
    )
  }
  const paged = responders.filter((responder) => responder.status === 'PENDING')
  const since = paged.map(({ pagedAt }) => pagedAt).sort()[0]
  if (paged.length > 0 && since && isHeld(incident)) {
    return (
      <>
        Paged {namesOf(paged.map(({ user }) => user))} <RelativeTime instant={since} />: no answer yet.
      </>
    )
  }
  return paged.length > 0 && since ? (
    <>
      Paging {namesOf(paged.map(({ user }) => user))} for <TimeSince instant={since} />.
    </>
  ) : (
    <>
      Open for <TimeSince instant={reportTime} />; nobody is being paged.
    </>
  )
}

function next(incident: Incident): ReactNode {
  const { status, nextEscalation, nextEscalationUsers, escalationPass } = incident
  const lines: ReactNode[] = waitsFor(incident).map(({ before, at, after }) => (
    <>
      {before} <ExactTime instant={at} /> (in <Countdown to={at} />){after}
    </>
  ))
  const to = namesOf(nextEscalationUsers)
  const pagesAgain = pagesAgainOn(incident)
  const autoResolves = autoResolvesOn(incident)
  const noNextLevel = noNextLevelText(incident)
  if (pagesAgain) {
    lines.push(
      <>
        Snoozed: pages again in <Countdown to={pagesAgain} />
      </>,
    )
  }
  if (status === 'PENDING' && nextEscalation) {
    lines.push(
      escalationPass === 0 ? (
        <>
          Pages {to} in <Countdown to={nextEscalation} />
        </>
      ) : (
        <>
          Escalates to {to} in <Countdown to={nextEscalation} />
        </>
      ),
    )
  }
  if (noNextLevel) lines.push(noNextLevel)
  if (autoResolves) {
    lines.push(
      <>
        Resolves by itself in <Countdown to={autoResolves} /> if no event comes
      </>,
    )
  }
  if (status === 'RESOLVED') lines.push('Resolved is final: a new event with the same key opens a new incident.')
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity and keep their order
    <p key={index} className={index === 0 && status !== 'RESOLVED' ? classes.next : classes.also}>
      {line}
    </p>
  ))
}
