import { Button, Group, NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { UpdatePreference, UpdatePreferenceInput } from '../../../api/schemas/update-preference.ts'
import {
  deleteUpdatePreference,
  saveUpdatePreference,
  updatePreferencesQuery,
} from '../../data/notification-settings.ts'
import { announce } from '../../parts/announce.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { Section } from '../../parts/Page.tsx'
import { ChannelFields, useChannels } from './ChannelFields.tsx'
import { ChannelIcon } from './ChannelIcon.tsx'
import { EditableList } from './EditableList.tsx'
import { METHODS as METHOD_WORDS } from './preference-text.ts'

type Type = UpdatePreferenceInput['type']

const METHODS = ['PUSH', 'SMS', 'EMAIL'] as const
const TYPES: Record<Type, string> = {
  ALERT_ACCEPTED: 'Accepted',
  ALERT_ESCALATED: 'Escalated',
  ALERT_RESOLVED: 'Resolved',
}

/** What a person hears of what others do with the incidents that they were told of. */
export function StatusUpdates({ userId, editable }: { userId: number; editable: boolean }) {
  const queryClient = useQueryClient()
  const { data: items } = useSuspenseQuery(updatePreferencesQuery(userId))
  const refetch = () => queryClient.invalidateQueries({ queryKey: updatePreferencesQuery(userId).queryKey })
  const remove = useMutation({
    mutationFn: ({ id }: UpdatePreference) => deleteUpdatePreference(userId, id),
    onSuccess: refetch,
    onError: (error) => announce(error.message),
  })
  return (
    <Section title="Status updates">
      <EditableList
        label="Status updates"
        items={items}
        empty="None: what others do with your incidents is only shown here."
        editable={editable}
        textOf={({ type, method, contact }) =>
          `${TYPES[type]} by somebody else: ${METHOD_WORDS[method]}${contact ? ` to ${contact.target}` : ''}`
        }
        icon={({ method }) => <ChannelIcon method={method} />}
        form={(preference, { onSaved, onCancel }) => (
          <StatusUpdateForm
            {...{ userId, preference, onCancel }}
            onSaved={() => {
              onSaved()
              refetch()
            }}
          />
        )}
        onRemove={remove.mutate}
        removing={remove.isPending ? remove.variables : undefined}
      />
    </Section>
  )
}

interface StatusUpdateFormProps {
  userId: number
  preference: UpdatePreference | null
  onSaved: () => void
  onCancel?: (() => void) | undefined
}

function StatusUpdateForm({ userId, preference, onSaved, onCancel }: StatusUpdateFormProps) {
  const channels = useChannels(userId)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/update-preference.ts')).updatePreferenceInput,
    initialValues: {
      ...(preference
        ? { method: preference.method, contact: preference.contact && { id: preference.contact.id } }
        : channels.channelOf<UpdatePreferenceInput['method']>('EMAIL')),
      type: preference?.type ?? ('ALERT_ACCEPTED' as Type),
    },
    save: (input) => saveUpdatePreference(userId, preference?.id ?? null, input),
    onSaved,
  })
  return (
    <form {...formProps}>
      <Group align="flex-end" gap="xs">
        <NativeSelect
          label="When it is"
          value={form.values.type}
          onChange={({ currentTarget }) => form.setFieldValue('type', currentTarget.value as Type)}
          error={form.errors.type}
          data={Object.entries(TYPES).map(([value, label]) => ({ value, label }))}
        />
        <ChannelFields
          channels={channels}
          methods={METHODS}
          value={form.values}
          onChange={({ method, contact }) => form.setValues({ method, contact: contact ?? null })}
          errors={form.errors}
        />
        <Button type="submit" loading={saving} disabled={!channels.isComplete(form.values.method)}>
          {preference ? 'Save' : 'Add status update'}
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
