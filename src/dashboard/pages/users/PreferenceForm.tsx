import { Button, Group } from '@mantine/core'
import type { Preference } from '../../../api/schemas/user.ts'
import { savePreference } from '../../data/users.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { ChannelFields, useChannels } from './ChannelFields.tsx'

interface PreferenceFormProps {
  userId: number
  type: Preference['type']
  step: Preference | null
  onSaved: () => void
  onCancel?: (() => void) | undefined
}

const METHODS = ['PUSH', 'SMS', 'VOICE', 'EMAIL'] as const

export function PreferenceForm({ userId, type, step, onSaved, onCancel }: PreferenceFormProps) {
  const channels = useChannels(userId)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/user.ts')).preferenceInput,
    initialValues: {
      ...(step ? { method: step.method, contact: step.contact && { id: step.contact.id } } : channels.first()),
      delayMin: step?.delayMin ?? 0,
      type,
    },
    save: (input) => savePreference(userId, step?.id ?? null, input),
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
        <NumberField label="Delay in minutes" min={0} w={165} {...form.getInputProps('delayMin')} />
        <Button type="submit" loading={saving} disabled={!channels.isComplete(form.values.method)}>
          {step ? 'Save' : 'Add step'}
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
