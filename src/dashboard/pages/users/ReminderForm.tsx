import { Button, Group, NativeSelect } from '@mantine/core'
import type { OnCallPreference, OnCallPreferenceInput } from '../../../api/schemas/on-call-preference.ts'
import { saveOnCallPreference } from '../../data/users.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { ChannelFields, useChannels } from './ChannelFields.tsx'
import { beforeText } from './preference-text.ts'

interface ReminderFormProps {
  userId: number
  reminder: OnCallPreference | null
  onSaved: () => void
  onCancel?: (() => void) | undefined
}

type Minutes = OnCallPreferenceInput['beforeMin']

const METHODS = ['PUSH', 'SMS', 'EMAIL'] as const
/** As the schema has them, which is fetched only when the form is sent. */
const BEFORE: Minutes[] = [0, 15, 30, 60, 180, 360, 720, 1440]

export function ReminderForm({ userId, reminder, onSaved, onCancel }: ReminderFormProps) {
  const channels = useChannels(userId)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/on-call-preference.ts')).onCallPreferenceInput,
    initialValues: {
      ...(reminder
        ? { method: reminder.method, contact: reminder.contact && { id: reminder.contact.id } }
        : channels.channelOf<OnCallPreferenceInput['method']>('EMAIL')),
      beforeMin: (reminder?.beforeMin ?? 60) as Minutes,
    },
    save: (input) => saveOnCallPreference(userId, reminder?.id ?? null, input),
    onSaved,
  })
  return (
    <form {...formProps}>
      <Group align="flex-end" gap="xs">
        <ChannelFields
          channels={channels}
          methods={METHODS}
          value={form.values}
          onChange={({ method, contact }) => form.setValues({ method, contact: contact ?? null })}
          errors={form.errors}
        />
        <NativeSelect
          label="How long before"
          value={String(form.values.beforeMin)}
          onChange={({ currentTarget }) => form.setFieldValue('beforeMin', Number(currentTarget.value) as Minutes)}
          error={form.errors.beforeMin}
          data={BEFORE.map((minutes) => ({ value: String(minutes), label: beforeText(minutes) }))}
        />
        <Button type="submit" loading={saving} disabled={!channels.isComplete(form.values.method)}>
          {reminder ? 'Save' : 'Add reminder'}
        </Button>
        {onCancel && (
          <Button variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </Group>
      {problem && <Problem>{problem}</Problem>}
    </form>
  )
}
