import { ActionIcon, Button, Group, Input, NativeSelect } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Shift } from '../../../../api/schemas/schedule.ts'
import { LIMITS } from '../../../../limits.ts'
import { fullName, usersQuery } from '../../../data/users.ts'
import { serverNow } from '../../../parts/clock.ts'
import { PlusIcon, TrashIcon } from '../../../parts/icons.tsx'
import { intervalIn } from '../../../parts/zoned-time.ts'
import { ZonedTimeField } from '../overrides/ZonedTimeField.tsx'
import { personText } from './change-summary.ts'
import { type Draft, newShift, sorted } from './draft.ts'
import { errorWithin } from './field-words.ts'
import { PeriodInput } from './PeriodInput.tsx'
import classes from './StaticShifts.module.css'

interface StaticShiftsProps {
  form: UseFormReturnType<Draft>
  /** The zone of the schedule: one that exists. */
  zone: string
  /** What is over. */
  past: Shift[]
}

/** A thousand rows of fields at once would be slow to type in. */
const SHOWN = 40

export function StaticShifts({ form, zone, past }: StaticShiftsProps) {
  const { shifts, defaultShiftDuration } = form.values
  const [shown, setShown] = useState(SHOWN)
  const add = () => {
    form.insertListItem('shifts', newShift(shifts, defaultShiftDuration, zone, serverNow()))
    setShown(Math.max(shown, shifts.length + 1))
  }
  return (
    <section aria-label="Shifts" className={classes.section}>
      <div>
        <h2 className={classes.heading}>Shifts</h2>
        <p className="dim small">Where two overlap, the lower one in this list wins. Times in {zone}.</p>
      </div>
      <PastShifts shifts={past} zone={zone} />
      {shifts.length === 0 && <p className="dim">No shift is placed yet.</p>}
      <ol className={classes.shifts}>
        {shifts.slice(0, shown).map((shift, index) => (
          <ShiftFields key={`${shift.key} ${zone}`} form={form} index={index} zone={zone} />
        ))}
      </ol>
      {shifts.length > shown && (
        <Button onClick={() => setShown(shifts.length)}>Show the other {shifts.length - shown}</Button>
      )}
      {form.errors.shifts && <Input.Error>{form.errors.shifts}</Input.Error>}
      <Group>
        <Button leftSection={<PlusIcon />} disabled={shifts.length >= LIMITS.shiftsPerSchedule} onClick={add}>
          Add shift
        </Button>
        {shifts.length > 1 && (
          <Button variant="subtle" onClick={() => form.setFieldValue('shifts', sorted(shifts))}>
            Sort by start
          </Button>
        )}
      </Group>
      <PeriodInput
        label="Usual length of a shift"
        description="What a new one begins with"
        units={['hours', 'days', 'weeks']}
        value={defaultShiftDuration}
        onChange={(length) => form.setFieldValue('defaultShiftDuration', length)}
        error={form.errors.defaultShiftDuration}
      />
    </section>
  )
}

function ShiftFields({ form, index, zone }: { form: UseFormReturnType<Draft>; index: number; zone: string }) {
  const { data: users } = useSuspenseQuery(usersQuery)
  const shift = form.values.shifts[index]
  if (!shift) return null
  const path = `shifts.${index}` as const
  const name = `Shift ${index + 1}`
  const running = shift.start !== '' && Date.parse(shift.start) <= serverNow() && Date.parse(shift.end) > serverNow()
  return (
    <li className={classes.shift} aria-label={name}>
      <NativeSelect
        className={classes.person}
        label="Person"
        aria-label={`${name}: person`}
        value={shift.user ?? ''}
        onChange={({ currentTarget: { value } }) =>
          form.setFieldValue(`${path}.user`, value === '' ? null : Number(value))
        }
        error={errorWithin(form.errors, `${path}.user`)}
        data={[
          { value: '', label: 'Choose …' },
          ...users.map((user) => ({ value: String(user.id), label: fullName(user) })),
        ]}
      />
      <div className={classes.time}>
        <ZonedTimeField
          label="Start"
          zone={zone}
          value={shift.start}
          onChange={(instant) => form.setFieldValue(`${path}.start`, instant)}
          error={form.errors[`${path}.start`]}
        />
      </div>
      <div className={classes.time}>
        <ZonedTimeField
          label="End"
          zone={zone}
          value={shift.end}
          onChange={(instant) => form.setFieldValue(`${path}.end`, instant)}
          error={form.errors[`${path}.end`]}
        />
      </div>
      <ActionIcon
        className={classes.remove}
        aria-label={`Remove shift ${index + 1}`}
        onClick={() => form.removeListItem('shifts', index)}
      >
        <TrashIcon />
      </ActionIcon>
      {running && <p className={classes.running}>Runs now: what has been of it stays, whatever is changed.</p>}
    </li>
  )
}

/** Nobody can change them, but they tell who is next. */
function PastShifts({ shifts, zone }: { shifts: Shift[]; zone: string }) {
  if (shifts.length === 0) return null
  return (
    <details>
      <summary>{shifts.length === 1 ? '1 past shift' : `${shifts.length} past shifts`}, as they were</summary>
      <ul className={classes.past}>
        {shifts.map(({ user, start, end }) => (
          <li key={`${user.id} ${start} ${end}`}>
            {intervalIn(zone, { start: Date.parse(start), end: Date.parse(end) })}: {personText(user)}
          </li>
        ))}
      </ul>
    </details>
  )
}
