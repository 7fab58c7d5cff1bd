import { Button } from '@mantine/core'
import { useState } from 'react'
import type { SchedulePreview } from '../../../../api/schemas/schedule.ts'
import { WarningIcon } from '../../../parts/icons.tsx'
import { intervalIn } from '../../../parts/zoned-time.ts'
import classes from './ChangeList.module.css'
import { personText } from './change-summary.ts'

interface ListProps {
  zone: string
}

/** What is read at once; the others are one press away. Gaps tend to come back each week. */
const CHANGES_SHOWN = 20
const GAPS_SHOWN = 5

/** Every shift that somebody else would have. */
export function ChangeList({ changes, zone }: ListProps & { changes: SchedulePreview['changes'] }) {
  const { shown, more } = useShown(changes, CHANGES_SHOWN)
  if (changes.length === 0) return null
  return (
    <div>
      <ol className={classes.changes} aria-label="Shifts that change">
        {shown.map(({ start, end, before, after }) => (
          <li key={start} className={classes.change}>
            <span className={classes.when}>{timesOf({ start, end }, zone)}</span>
            <span>
              <s className={classes.before}>{personText(before)}</s> → <strong>{personText(after)}</strong>
            </span>
          </li>
        ))}
      </ol>
      {more}
    </div>
  )
}

/** When nobody would be on call. */
export function GapList({ gaps, zone }: ListProps & { gaps: SchedulePreview['after']['gaps'] }) {
  const { shown, more } = useShown(gaps, GAPS_SHOWN)
  if (gaps.length === 0) return null
  return (
    <div className={classes.gaps}>
      <p className={classes.gapsTitle}>
        <WarningIcon /> {gaps.length === 1 ? 'A gap' : `${gaps.length} gaps`}: nobody would be on call
      </p>
      <ul className={classes.gapList}>
        {shown.map((gap) => (
          <li key={gap.start}>{timesOf(gap, zone)}</li>
        ))}
      </ul>
      {more}
    </div>
  )
}

function useShown<Item>(items: Item[], most: number) {
  const [all, setAll] = useState(false)
  const hidden = all ? 0 : items.length - most
  return {
    shown: hidden > 0 ? items.slice(0, most) : items,
    more: hidden > 0 && (
      <Button size="compact-sm" mt={6} onClick={() => setAll(true)}>
        Show {hidden} more
      </Button>
    ),
  }
}

const timesOf = ({ start, end }: { start: string; end: string }, zone: string) =>
  intervalIn(zone, { start: Date.parse(start), end: Date.parse(end) })
