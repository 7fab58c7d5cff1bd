import type { AlertSource } from '../../api/schemas/alert-source.ts'
import type { IncidentStatus } from '../data/incident-filter.ts'
import { BellIcon, DoneIcon, HandIcon, RingingIcon, SettingsIcon } from './icons.tsx'
import classes from './State.module.css'

/** The state of an incident: a colour, a sign and a word, so that it is never the colour alone. */
export function State({ state, large }: { state: IncidentStatus; large?: boolean }) {
  const Icon = { PENDING: RingingIcon, ACCEPTED: HandIcon, RESOLVED: DoneIcon }[state]
  return (
    <span className={classes.state} data-state={state} data-large={large}>
      <Icon />
      {STATE_WORDS[state]}
    </span>
  )
}

export const STATE_WORDS: Record<IncidentStatus, string> = {
  PENDING: 'Pending',
  ACCEPTED: 'Accepted',
  RESOLVED: 'Resolved',
}

/** What is open at an alert source, in the colours of its incidents. */
export function SourceState({ status }: { status: AlertSource['status'] }) {
  if (status === 'DISABLED') {
    return (
      <span className={classes.state}>
        <BellIcon />
        Disabled
      </span>
    )
  }
  if (status === 'IN_MAINTENANCE') {
    return (
      <span className={classes.state}>
        <SettingsIcon />
        In maintenance
      </span>
    )
  }
  const state = ({ PENDING: 'PENDING', ALL_ACCEPTED: 'ACCEPTED', ALL_RESOLVED: 'RESOLVED' } as const)[status]
  const Icon = { PENDING: RingingIcon, ACCEPTED: HandIcon, RESOLVED: DoneIcon }[state]
  return (
    <span className={classes.state} data-state={state}>
      <Icon />
      {{ PENDING: 'Pending', ACCEPTED: 'All accepted', RESOLVED: 'Nothing open' }[state]}
    </span>
  )
}
