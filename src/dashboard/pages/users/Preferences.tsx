import { ActionIcon } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Preference, User } from '../../../api/schemas/user.ts'
import { deletePreference, preferencesQuery } from '../../data/users.ts'
import { announce } from '../../parts/announce.tsx'
import { MailIcon, PencilIcon, PhoneIcon, PushIcon, SmsIcon, TrashIcon } from '../../parts/icons.tsx'
import { Section } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import classes from './Contacts.module.css'
import { PreferenceForm } from './PreferenceForm.tsx'
import { stepText } from './preference-text.ts'

/** How a person is told, step by step from the moment they are paged. */
export function Preferences({ user: { id: userId, email }, editable }: { user: User; editable: boolean }) {
  return (
    <>
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

const ICONS = { EMAIL: MailIcon, SMS: SmsIcon, VOICE: PhoneIcon, PUSH: PushIcon }

function Steps({ userId, email, type, editable }: StepsProps) {
  const queryClient = useQueryClient()
  const { data } = useSuspenseQuery(preferencesQuery(userId))
  const [editing, setEditing] = useState<number | null>(null)
  const refetch = () => queryClient.invalidateQueries({ queryKey: preferencesQuery(userId).queryKey })
  const remove = useMutation({
    mutationFn: (id: number) => deletePreference(userId, id),
    onSuccess: refetch,
    onError: (error) => announce(error.message),
  })
  const steps = data.filter((step) => step.type === type).sort((one, other) => one.delayMin - other.delayMin)

  return (
    <>
      {steps.length === 0 && <p className="dim">No steps: an e-mail to {email} at once.</p>}
      {steps.length > 0 && (
        <Rows label={type === 'HIGH_PRIORITY' ? 'High priority notifications' : 'Low priority notifications'}>
          {steps.map((step) => {
            const Icon = ICONS[step.method]
            return editing === step.id ? (
              <li key={step.id} className={classes.editing}>
                <PreferenceForm
                  {...{ userId, type, step }}
                  onSaved={() => {
                    setEditing(null)
                    refetch()
                  }}
                  onCancel={() => setEditing(null)}
                />
              </li>
            ) : (
              <Row
                key={step.id}
                title={
                  <span className={classes.target}>
                    <Icon /> {stepText(step)}
                  </span>
                }
                actions={
                  editable && (
                    <>
                      <ActionIcon aria-label={`Edit: ${stepText(step)}`} onClick={() => setEditing(step.id)}>
                        <PencilIcon />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={`Remove: ${stepText(step)}`}
                        loading={remove.isPending && remove.variables === step.id}
                        onClick={() => remove.mutate(step.id)}
                      >
                        <TrashIcon />
                      </ActionIcon>
                    </>
                  )
                }
              />
            )
          })}
        </Rows>
      )}
      {editable && (
        <div className={classes.add}>
          <PreferenceForm key={steps.length} {...{ userId, type }} step={null} onSaved={refetch} />
        </div>
      )}
    </>
  )
}
