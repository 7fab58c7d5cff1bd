import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MaintenanceWindow } from '../../../api/schemas/maintenance-window.ts'
import { alertSourcesQuery } from '../../data/alert-sources.ts'
import { saveMaintenanceWindow } from '../../data/maintenance-windows.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { TimeZoneInput } from '../../parts/TimeZoneInput.tsx'
import { errorWithin } from '../schedules/edit/field-words.ts'
import { isZone } from '../schedules/edit/wall-clock.ts'
import { RecurrenceInput } from './RecurrenceInput.tsx'
import { SourcePicker } from './SourcePicker.tsx'
import { WindowLength } from './WindowLength.tsx'
import { WindowTimes } from './WindowTimes.tsx'
import { type Fields, inZone, withFirstDay, withoutFirstDay } from './window-input.ts'

interface MaintenanceFormProps {
  /** Null: a new one. */
  id: number | null
  initial: Fields
  onSaved: (window: MaintenanceWindow) => void
  onCancel: () => void
}

export function MaintenanceForm({ id, initial, onSaved, onCancel }: MaintenanceFormProps) {
  const { data: sources } = useSuspenseQuery(alertSourcesQuery)
  // The zone that times are shown in: the latest that there is while another is being typed.
  const [zone, setZone] = useState(initial.timezone)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/maintenance-window.ts')).maintenanceWindowInput,
    initialValues: withoutFirstDay(initial),
    save: (input) => saveMaintenanceWindow(id, isZone(input.timezone) ? withFirstDay(input) : input),
    onSaved,
  })
  const { values, errors } = form

  const setTimezone = (timezone: string) => {
    if (!isZone(timezone)) return form.setFieldValue('timezone', timezone)
    form.setValues(inZone(form.getValues(), timezone, zone))
    setZone(timezone)
  }

  return (
    <form {...formProps}>
      <Stack gap="md">
        <TextInput label="Name" placeholder="Database upgrade" {...form.getInputProps('name')} />
        <Textarea
          label="Description"
          description="What is done, for whoever wonders why nothing pages. It may be empty."
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
        <TimeZoneInput
          label="Time zone"
          description="The times below are meant in it"
          value={values.timezone}
          onChange={({ currentTarget }) => setTimezone(currentTarget.value)}
          error={errors.timezone}
        />
        <WindowTimes
          key={zone}
          zone={zone}
          start={values.start}
          end={values.end}
          onChange={(times) => form.setValues(times)}
          errors={errors}
        />
        <RecurrenceInput
          value={values.recurrence ?? null}
          onChange={(recurrence) => form.setFieldValue('recurrence', recurrence)}
          start={values.start}
          zone={zone}
          errors={errors}
        />
        <WindowLength fields={values} zone={zone} />
        <SourcePicker
          sources={sources}
          value={values.alertSources.map((source) => source.id)}
          onChange={(ids) =>
            form.setFieldValue(
              'alertSources',
              ids.map((each) => ({ id: each })),
            )
          }
          error={errorWithin(errors, 'alertSources')}
        />
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving}>
            {id === null ? 'Create maintenance window' : 'Save'}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
