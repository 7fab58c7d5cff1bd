import type { FormErrors } from '@mantine/form'
import { useRef, useState } from 'react'
import { ZonedTimeField } from '../schedules/overrides/ZonedTimeField.tsx'
import classes from './MaintenanceForm.module.css'

interface WindowTimesProps {
  zone: string
  /** ISO-8601 instants; empty: no time. */
  start: string
  end: string
  onChange: (times: { start: string; end: string }) => void
  errors: FormErrors
}

/** From when to when. The end moves along with the start, as in a calendar. */
export function WindowTimes({ zone, start, end, onChange, errors }: WindowTimesProps) {
  const lastStart = useRef(Date.parse(start))
  // A time field keeps what is typed in it: another end from outside is another field.
  const [endMoves, setEndMoves] = useState(0)

  const move = (next: string) => {
    const at = Date.parse(next)
    const by = at - lastStart.current
    if (!Number.isNaN(at)) lastStart.current = at
    if (Number.isNaN(by) || end === '') return onChange({ start: next, end })
    onChange({ start: next, end: new Date(Date.parse(end) + by).toISOString() })
    setEndMoves(endMoves + 1)
  }

  return (
    <div className={classes.times}>
      <ZonedTimeField label="Start" zone={zone} value={start} onChange={move} error={errors.start} />
      <ZonedTimeField
        key={endMoves}
        label="End"
        zone={zone}
        value={end}
        onChange={(next) => onChange({ start, end: next })}
        error={errors.end}
      />
    </div>
  )
}
