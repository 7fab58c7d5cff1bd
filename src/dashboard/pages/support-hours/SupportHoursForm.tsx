import { Button, Group, Stack, TextInput } from '@mantine/core'
import type { SupportHours } from '../../../api/schemas/support-hours.ts'
import { saveSupportHours } from '../../data/support-hours.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { TimeZoneInput } from '../../parts/TimeZoneInput.tsx'
import { ExceptionFields } from './ExceptionFields.tsx'
import { WeekAtAGlance } from './WeekAtAGlance.tsx'
import { WeekdayFields } from './WeekdayFields.tsx'
import { NEW_WEEK } from './week.ts'

interface SupportHoursFormProps {
  hours: SupportHours | null
  onSaved: (hours: SupportHours) => void
  onCancel: () => void
}

export function SupportHoursForm({ hours, onSaved, onCancel }: SupportHoursFormProps) {
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/support-hours.ts')).supportHoursInput,
    initialValues: {
      name: hours?.name ?? '',
      timezone: hours?.timezone ?? OWN_ZONE,
      supportDays: hours?.supportDays ?? NEW_WEEK,
      exceptions: hours?.exceptions ?? [],
    },
    save: (input) => saveSupportHours(hours?.id ?? null, input),
    onSaved,
  })
  const { supportDays, exceptions = [] } = form.values

  return (
    <form {...formProps}>
      <Stack gap="md">
        <TextInput label="Name" placeholder="Office hours" {...form.getInputProps('name')} />
        <TimeZoneInput
          label="Time zone"
          description="All times below are meant in it"
          {...form.getInputProps('timezone')}
        />
        <WeekdayFields
          week={supportDays}
          onChange={(week) => form.setFieldValue('supportDays', week)}
          errors={form.errors}
        />
        <WeekAtAGlance week={supportDays} />
        <ExceptionFields
          exceptions={exceptions}
          onChange={(changed) => form.setFieldValue('exceptions', changed)}
          errors={form.errors}
        />
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving}>
            {hours ? 'Save' : 'Create support hours'}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
