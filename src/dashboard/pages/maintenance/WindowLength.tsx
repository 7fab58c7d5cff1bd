import { DAY } from '../../../on-call/wall-time.ts'
import { WarningIcon } from '../../parts/icons.tsx'
import classes from './MaintenanceForm.module.css'
import { type Fields, withFirstDay } from './window-input.ts'
import { lengthText, repeatText } from './window-text.ts'

/** How long it is and how often, in words; a day too much in a date is seen here. */
export function WindowLength({ fields, zone }: { fields: Fields; zone: string }) {
  const length = Date.parse(fields.end) - Date.parse(fields.start)
  if (!(length > 0)) return null
  return (
    <div role="status">
      <p className={classes.length}>
        Takes {lengthText(length)}
        {fields.recurrence ? `, ${words({ ...fields, timezone: zone })}` : ', once'}
      </p>
      {length > DAY && (
        <p className={classes.warning}>
          <WarningIcon />
          That is more than a day in which nobody is paged by these alert sources.
        </p>
      )}
    </div>
  )
}

function words(fields: Fields): string | null {
  const { start, end, timezone, recurrence } = withFirstDay(fields)
  if (!recurrence) return null
  const { frequency, interval = 1, weekdays = [], until } = recurrence
  return repeatText({ start, end, timezone, recurrence: { frequency, interval, weekdays, until } })
}
