import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { Preference, User } from '../../../api/schemas/user.ts'
import { deletePreference, preferencesQuery } from '../../data/users.ts'
import { announce } from '../../parts/announce.tsx'
import { Section } from '../../parts/Page.tsx'
import { ChannelIcon } from './ChannelIcon.tsx'
import { EditableList } from './EditableList.tsx'
import { PreferenceForm } from './PreferenceForm.tsx'
import { PushReminder } from './PushReminder.tsx'
import { stepText } from './preference-text.ts'

/** How a person is told, step by step from the moment they are paged. */
export function Preferences({ user: { id: userId, email }, editable }: { user: User; editable: boolean }) {
  return (
    <>
      {editable && <PushReminder userId={userId} />}
      <Section title="Notifications: high priority">
        <Steps userId={userId} email={email} type="HIGH_PRIORITY" editable={editable} />
      </Section>
      <Section title="Notifications: low priority">
        <Steps userId={userId} email={email} type="LOW_PRIORITY" editable={editable} />
      </Section>
    </>
  )
}

interface StepsProps {
  userId: number
  /** Where they are told when they have no steps. */
  email: string
  type: Preference['type']
  editable: boolean
}

function Steps({ userId, email, type, editable }: StepsProps) {
  const queryClient = useQueryClient()
  const { data } = useSuspenseQuery(preferencesQuery(userId))
  const refetch = () => queryClient.invalidateQueries({ queryKey: preferencesQuery(userId).queryKey })
  const remove = useMutation({
    mutationFn: ({ id }: Preference) => deletePreference(userId, id),
    onSuccess: refetch,
    onError: (error) => announce(error.message),
  })
  return (
    <EditableList
      label={type === 'HIGH_PRIORITY' ? 'High priority notifications' : 'Low priority notifications'}
      items={data.filter((step) => step.type === type).sort((one, other) => one.delayMin - other.delayMin)}
      empty={`No steps: an e-mail to ${email} at once.`}
      editable={editable}
      textOf={stepText}
      icon={({ method }) => <ChannelIcon method={method} />}
      form={(step, { onSaved, onCancel }) => (
        <PreferenceForm
          {...{ userId, type, step, onCancel }}
          onSaved={() => {
            onSaved()
            refetch()
          }}
        />
      )}
      onRemove={remove.mutate}
      removing={remove.isPending ? remove.variables : undefined}
    />
  )
}
