import { Button, Input, Switch, TextInput } from '@mantine/core'
import type { FormErrors } from '@mantine/form'
import { WEEKDAYS, type Weekday } from '../../../support-hours/model.ts'
import classes from './SupportHoursForm.module.css'
import { endsNextDay, isWholeDay, mondayOnWorkdays, suggestedTimes, type Times, type Week, withDay } from './week.ts'

interface WeekdayFieldsProps {
  week: Week
  onChange: (week: Week) => void
  errors: FormErrors
}

/** For each day of the week whether it has support hours, and from when to when. */
export function WeekdayFields({ week, onChange, errors }: WeekdayFieldsProps) {
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>Week</legend>
      <div className={classes.days}>
        {WEEKDAYS.map((day) => (
          <WeekdayRow
            key={day}
            name={day.charAt(0) + day.slice(1).toLowerCase()}
            times={week[day] ?? null}
            onSwitch={(on) => onChange(withDay(week, day, on ? suggestedTimes(week, day) : null))}
            onChange={(times) => onChange(withDay(week, day, times))}
            error={errorOf(errors, day)}
          />
        ))}
      </div>
      <Button size="compact-sm" mt={8} disabled={!week.MONDAY} onClick={() => onChange(mondayOnWorkdays(week))}>
        Copy Monday to all weekdays
      </Button>
    </fieldset>
  )
}

interface WeekdayRowProps {
  name: string
  times: Times | null
  onSwitch: (on: boolean) => void
  onChange: (times: Times) => void
  error: FormErrors[string]
}

function WeekdayRow({ name, times, onSwitch, onChange, error }: WeekdayRowProps) {
  const field = (end: keyof Times, word: string) =>
    times && (
      <TextInput
        type="time"
        aria-label={`${name}, ${word}`}
        value={times[end]}
        onChange={({ currentTarget }) => onChange({ ...times, [end]: currentTarget.value })}
        error={Boolean(error) && times[end] === ''}
      />
    )
  return (
    <div className={classes.day}>
      <Switch label={name} checked={times !== null} onChange={({ currentTarget }) => onSwitch(currentTarget.checked)} />
      {times ? (
        <div className={classes.times}>
          {field('start', 'from')}
          <span className="dim">to</span>
          {field('end', 'to')}
          {endsNextDay(times) && (
            <span className={classes.note}>{isWholeDay(times) ? 'all day' : 'on the next day'}</span>
          )}
        </div>
      ) : (
        <span className="dim">no support hours</span>
      )}
      {error && <Input.Error className={classes.error}>{error}</Input.Error>}
    </div>
  )
}

function errorOf(errors: FormErrors, day: Weekday) {
  return errors[`supportDays.${day}.start`] ?? errors[`supportDays.${day}.end`]
}
