import { Input, SegmentedControl, Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { TimeZoneInput } from '../../../parts/TimeZoneInput.tsx'
import type { Draft } from './draft.ts'

interface BasicFieldsProps {
  form: UseFormReturnType<Draft>
  /** Of one that exists the zone and the type stay, for all its times are meant by them. */
  exists: boolean
  onTimezone: (zone: string) => void
}

const TYPES = {
  RECURRING: { label: 'Rotation', about: 'People take turns in layers, without an end.' },
  STATIC: { label: 'Placed by hand', about: 'Each shift is entered by itself; nothing repeats.' },
} as const

export function BasicFields({ form, exists, onTimezone }: BasicFieldsProps) {
  const { type, timezone } = form.values
  return (
    <>
      <TextInput label="Name" placeholder="Web team" {...form.getInputProps('name')} />
      {exists ? (
        <p className="dim">
          {TYPES[type].label}, in {timezone}. These two never change; for others, make a new schedule.
        </p>
      ) : (
        <>
          <TimeZoneInput
            label="Time zone"
            description="All times below are meant in it"
            value={timezone}
            onChange={({ currentTarget }) => onTimezone(currentTarget.value)}
            error={form.errors.timezone}
          />
          <Input.Wrapper label="Type" labelElement="div" description={TYPES[type].about}>
            <SegmentedControl
              mt={4}
              aria-label="Type"
              value={type}
              onChange={(value) => form.setFieldValue('type', value as Draft['type'])}
              data={Object.entries(TYPES).map(([value, { label }]) => ({ value, label }))}
            />
          </Input.Wrapper>
        </>
      )}
      <Switch
        label="Mark gaps"
        description="Times without anybody are red on the calendar. Off: it is meant to cover only some times."
        {...form.getInputProps('showGaps', { type: 'checkbox' })}
      />
    </>
  )
}
