import { spanText } from '../../../parts/time.tsx'
import { intervalIn } from '../../../parts/zoned-time.ts'
import classes from './OverrideDialog.module.css'

interface TimesProps {
  interval: { start: number; end: number }
  /** The same one twice is shown once. */
  zones: string[]
}

/** From when to when, on every clock that matters, and how long that really is. */
export function Times({ interval, zones }: TimesProps) {
  return (
    <dl className={classes.times}>
      {[...new Set(zones)].map((zone) => (
        <div key={zone} style={{ display: 'contents' }}>
          <dt>{zone}</dt>
          <dd>{intervalIn(zone, interval)}</dd>
        </div>
      ))}
      <dt>Length</dt>
      <dd>{spanText(interval.end - interval.start)}</dd>
    </dl>
  )
}
