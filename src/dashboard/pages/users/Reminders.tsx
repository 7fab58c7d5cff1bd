import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { OnCallPreference } from '../../../api/schemas/on-call-preference.ts'
import { deleteOnCallPreference, onCallPreferencesQuery } from '../../data/users.ts'
import { announce } from '../../parts/announce.tsx'
import { Section } from '../../parts/Page.tsx'
import { ChannelIcon } from './ChannelIcon.tsx'
import { EditableList } from './EditableList.tsx'
import { reminderText } from './preference-text.ts'
import { ReminderForm } from './ReminderForm.tsx'

/** What a person hears before their shifts. */
export function Reminders({ userId, editable }: { userId: number; editable: boolean }) {
  const queryClient = useQueryClient()
  const { data: reminders } = useSuspenseQuery(onCallPreferencesQuery(userId))
  const refetch = () => queryClient.invalidateQueries({ queryKey: onCallPreferencesQuery(userId).queryKey })
  const remove = useMutation({
    mutationFn: ({ id }: OnCallPreference) => deleteOnCallPreference(userId, id),
    onSuccess: refetch,
    onError: (error) => announce(error.message),
  })
  return (
    <Section title="Reminders before shifts">
      <EditableList
        label="Reminders before shifts"
        items={[...reminders].sort((one, other) => other.beforeMin - one.beforeMin)}
        empty="No reminders: shifts begin and end without a word."
        editable={editable}
        textOf={reminderText}
        icon={({ method }) => <ChannelIcon method={method} />}
        form={(reminder, { onSaved, onCancel }) => (
          <ReminderForm
            {...{ userId, reminder, onCancel }}
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
