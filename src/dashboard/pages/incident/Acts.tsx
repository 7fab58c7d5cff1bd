import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { Incident } from '../../../api/schemas/incident.ts'
import type { Act } from '../../data/incidents.ts'
import { ChevronIcon, MoreIcon } from '../../parts/icons.tsx'
import classes from './Acts.module.css'
import { AssignDialog } from './AssignDialog.tsx'
import { levelText } from './level-text.ts'
import { ResponderDialog } from './ResponderDialog.tsx'
import { SnoozeDialog } from './SnoozeDialog.tsx'

interface ActsProps {
  incident: Incident
  act: (act: Act) => void
  acting: Act | null
}

/** What can be done about it. On a phone it stays at the thumb. */
export function Acts({ incident, act, acting }: ActsProps) {
  const [dialog, setDialog] = useState<'assign' | 'responder' | 'snooze' | null>(null)
  const pending = incident.status === 'PENDING'
  const close = () => setDialog(null)
  const actAndClose = (chosen: Act) => {
    close()
    act(chosen)
  }
  return (
    <div className={classes.acts} role="toolbar" aria-label="Acts">
      {pending && (
        <Button
          variant="filled"
          loading={acting?.type === 'accept'}
          onClick={() => act({ type: 'accept' })}
          aria-keyshortcuts="a"
        >
          Accept
        </Button>
      )}
      <Button
        variant={pending ? 'default' : 'filled'}
        loading={acting?.type === 'resolve'}
        onClick={() => act({ type: 'resolve' })}
        aria-keyshortcuts="r"
      >
        Resolve
      </Button>
      <div className={classes.split}>
        <Button loading={acting?.type === 'escalate'} onClick={() => act({ type: 'escalate' })} aria-keyshortcuts="e">
          Escalate
        </Button>
        <EscalateToLevel incident={incident} act={act} />
      </div>
      <Menu>
        <Menu.Target>
          <Button aria-label="More" className={classes.more}>
            <span className={classes.word}>More</span>
            <MoreIcon />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('assign')}>Assign …</Menu.Item>
          <Menu.Item onClick={() => setDialog('responder')}>Add responder …</Menu.Item>
          <Menu.Item onClick={() => setDialog('snooze')}>Snooze …</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'assign' && <AssignDialog onClose={close} act={actAndClose} />}
      {dialog === 'responder' && <ResponderDialog onClose={close} act={actAndClose} />}
      {dialog === 'snooze' && <SnoozeDialog onClose={close} act={actAndClose} />}
    </div>
  )
}

function EscalateToLevel({ incident: { escalationRules }, act }: { incident: Incident; act: (act: Act) => void }) {
  return (
    <Menu>
      <Menu.Target>
        <Button className={classes.levels} aria-label="Escalate to a level">
          <ChevronIcon />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Escalate to</Menu.Label>
        {escalationRules.map(({ level, users, schedules, current }) => (
          <Menu.Item key={level} onClick={() => act({ type: 'escalate', level })}>
            Level {level}: {levelText(users, schedules)}
            {current && ' (now)'}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
