import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import type { FormErrors } from '@mantine/form'
import { LIMITS } from '../../../limits.ts'
import { PlusIcon, TrashIcon } from '../../parts/icons.tsx'
import { type Exception, oneDayOf } from './exceptions.ts'
import { HolidayInput } from './HolidayInput.tsx'
import classes from './SupportHoursForm.module.css'

interface ExceptionFieldsProps {
  exceptions: Exception[]
  onChange: (exceptions: Exception[]) => void
  errors: FormErrors
}

const NEW_EXCEPTION: Exception = { name: '', start: '', end: '', supportStatus: 'OUTSIDE' }

/** Holidays, and whatever else differs from the week. */
export function ExceptionFields({ exceptions, onChange, errors }: ExceptionFieldsProps) {
  const full = exceptions.length >= LIMITS.supportHoursExceptions
  const add = (exception: Exception) => onChange([...exceptions, exception])
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>Exceptions</legend>
      <p className="dim small">Holidays and the like. Where two overlap, the lower one in this list wins.</p>
      <ol className={classes.exceptions} aria-label="Exceptions">
        {exceptions.map((exception, index) => (
          <ExceptionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; all that it shows is in the form
            key={index}
            index={index}
            exception={exception}
            onChange={(changed) => onChange(exceptions.map((each, at) => (at === index ? changed : each)))}
            onRemove={() => onChange(exceptions.filter((_, at) => at !== index))}
            errors={errors}
          />
        ))}
      </ol>
      <HolidayInput disabled={full} onAdd={add} />
      <Button size="compact-sm" leftSection={<PlusIcon />} disabled={full} onClick={() => add(NEW_EXCEPTION)}>
        Add other times
      </Button>
    </fieldset>
  )
}

interface ExceptionRowProps {
  index: number
  exception: Exception
  onChange: (exception: Exception) => void
  onRemove: () => void
  errors: FormErrors
}

function ExceptionRow({ index, exception, onChange, onRemove, errors }: ExceptionRowProps) {
  const place = `Exception ${index + 1}`
  const errorOf = (field: keyof Exception) => errors[`exceptions.${index}.${field}`]
  const time = (field: 'start' | 'end', label: string) => (
    <TextInput
      type="datetime-local"
      label={label}
      aria-label={`${place}, ${label.toLowerCase()}`}
      value={exception[field]}
      onChange={({ currentTarget }) => onChange({ ...exception, [field]: currentTarget.value })}
      error={errorOf(field) && (timeProblem(exception, field) ?? errorOf(field))}
    />
  )
  return (
    <li className={classes.exception} aria-label={exception.name || place}>
      <TextInput
        label="Name"
        aria-label={`${place}, name`}
        value={exception.name}
        onChange={({ currentTarget }) => onChange({ ...exception, name: currentTarget.value })}
        error={errorOf('name')}
      />
      <NativeSelect
        label="Is"
        aria-label={`${place}, is`}
        value={exception.supportStatus}
        onChange={({ currentTarget }) =>
          onChange({ ...exception, supportStatus: currentTarget.value as Exception['supportStatus'] })
        }
        data={[
          { value: 'OUTSIDE', label: 'Outside support hours' },
          { value: 'DURING', label: 'During support hours' },
        ]}
      />
      {time('start', 'From')}
      {time('end', 'To')}
      <ActionIcon
        className={classes.remove}
        aria-label={`Remove ${exception.name || place.toLowerCase()}`}
        onClick={onRemove}
      >
        <TrashIcon />
      </ActionIcon>
      {oneDayOf(exception) && <p className={classes.wholeDay}>The whole day</p>}
    </li>
  )
}

/** What is plain to see, in fewer words than the API has for it. */
function timeProblem({ start, end }: Exception, field: 'start' | 'end'): string | null {
  if ((field === 'start' ? start : end) === '') return 'must be a date and a time'
  return field === 'end' && end <= start ? 'must be after the start' : null
}
