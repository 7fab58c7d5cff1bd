import { Button } from '@mantine/core'
import type { IncidentSummary } from '../../../api/schemas/incident.ts'
import classes from './BulkBar.module.css'
import type { BulkAct } from './reported-act.ts'

interface BulkBarProps {
  chosen: IncidentSummary[]
  acting: BulkAct | null
  act: (act: BulkAct, incidents: IncidentSummary[]) => void
  onClear: () => void
}

export function BulkBar({ chosen, acting, act, onClear }: BulkBarProps) {
  return (
    <div className={classes.bar} role="toolbar" aria-label="Selected incidents">
      <span className={classes.count}>{chosen.length} selected</span>
      <Button variant="filled" loading={acting === 'accept'} onClick={() => act('accept', chosen)}>
        Accept
      </Button>
      <Button loading={acting === 'resolve'} onClick={() => act('resolve', chosen)}>
        Resolve
      </Button>
      <Button loading={acting === 'escalate'} onClick={() => act('escalate', chosen)}>
        Escalate
      </Button>
      <Button variant="subtle" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}
