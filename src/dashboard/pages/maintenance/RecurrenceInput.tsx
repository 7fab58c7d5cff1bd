import { Checkbox, Group, Input, NativeSelect, TextInput } from '@mantine/core'
import type { FormErrors } from '@mantine/form'
import { WEEKDAYS } from '../../../support-hours/model.ts'
import { NumberField } from '../../parts/NumberField.tsx'
import { DAYS } from '../schedules/edit/restriction-presets.ts'
import classes from './MaintenanceForm.module.css'
import { lastDayOf, type RecurrenceFields, untilOfLastDay } from './window-input.ts'
import { weekdayIn } from './window-text.ts'

interface RecurrenceInputProps {
  /** Null: once. Its days are without that of the first time. */
  value: RecurrenceFields | null
  onChange: (value: RecurrenceFields | null) => void
  /** Of the first time, as an instant; empty: none. */
  start: string
  zone: string
  errors: FormErrors
}

const FREQUENCIES = { DAILY: 'Daily', WEEKLY: 'Weekly', MONTHLY: 'Monthly' }
const UNITS = { DAILY: 'days', WEEKLY: 'weeks', MONTHLY: 'months' }

export function RecurrenceInput({ value, onChange, start, zone, errors }: RecurrenceInputProps) {
  const change = (part: Partial<RecurrenceFields>) => value && onChange({ ...value, ...part })
  return (
    <>
      <NativeSelect
        label="Repeats"
        value={value?.frequency ?? ''}
        onChange={({ currentTarget }) => {
          const frequency = currentTarget.value as RecurrenceFields['frequency'] | ''
          onChange(frequency ? { interval: 1, ...value, frequency } : null)
        }}
        error={errors.recurrence}
        data={[
          { value: '', label: 'Once' },
          ...Object.entries(FREQUENCIES).map(([frequency, label]) => ({ value: frequency, label })),
        ]}
        w={220}
      />
      {value && (
        <Group align="start" gap="md">
          <NumberField
            label={`Every how many ${UNITS[value.frequency]}`}
            min={1}
            max={52}
            value={value.interval}
            onChange={(interval) => change({ interval })}
            error={errors['recurrence.interval']}
            w={220}
          />
          <TextInput
            type="date"
            label="Last day"
            description="Empty: without an end"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={value.until ? lastDayOf(value.until, zone) : ''}
            onChange={({ currentTarget }) => change({ until: untilOfLastDay(currentTarget.value, zone) })}
            error={errors['recurrence.until']}
            w={220}
          />
        </Group>
      )}
      {value?.frequency === 'WEEKLY' && (
        <Weekdays
          first={start && weekdayIn(zone, Date.parse(start))}
          value={value.weekdays ?? []}
          onChange={(weekdays) => change({ weekdays })}
          error={errors['recurrence.weekdays']}
        />
      )}
    </>
  )
}

interface WeekdaysProps {
  /** That of the first time, which is always one of them; empty: not known. */
  first: string
  value: NonNullable<RecurrenceFields['weekdays']>
  onChange: (value: NonNullable<RecurrenceFields['weekdays']>) => void
  error: FormErrors[string]
}

function Weekdays({ first, value, onChange, error }: WeekdaysProps) {
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>Days</legend>
      <Group gap="md">
        {WEEKDAYS.map((day) => (
          <Checkbox
            key={day}
            label={DAYS[day]}
            title={day === first ? 'The day of the start' : undefined}
            disabled={day === first}
            checked={day === first || value.includes(day)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...value, day] : value.filter((each) => each !== day))
            }
          />
        ))}
      </Group>
      {error && <Input.Error mt={4}>{error}</Input.Error>}
    </fieldset>
  )
}
