import type { Heartbeat } from '../../../../api/schemas/heartbeat.ts'
import { BellIcon, DoneIcon, RingingIcon, WarningIcon } from '../../../parts/icons.tsx'
import classes from '../../../parts/State.module.css'

/** In the colours of incidents: what is late or failed has one open, and what is well has none. */
export function HeartbeatState({ state }: { state: Heartbeat['state'] }) {
  const { Icon, word, incident } = STATES[state]
  return (
    <span className={classes.state} data-state={incident} data-large>
      <Icon />
      {word}
    </span>
  )
}

const STATES = {
  UNKNOWN: { Icon: BellIcon, word: 'Waiting for the first ping', incident: undefined },
  HEALTHY: { Icon: DoneIcon, word: 'Healthy', incident: 'RESOLVED' },
  OVERDUE: { Icon: RingingIcon, word: 'Overdue', incident: 'PENDING' },
  FAILED: { Icon: WarningIcon, word: 'Failed', incident: 'PENDING' },
} as const
