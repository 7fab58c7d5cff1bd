import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import type { User, UserInput } from '../../../api/schemas/user.ts'
import { useIsAdministrator } from '../../parts/administrator.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { TimeZoneInput } from '../../parts/TimeZoneInput.tsx'

interface UserFormProps<Saved> {
  user: User | null
  save: (input: UserInput) => Promise<Saved>
  onSaved: (saved: Saved) => void
  onCancel?: () => void
}

export function UserForm<Saved>({ user, save, onSaved, onCancel }: UserFormProps<Saved>) {
  const administrator = useIsAdministrator()
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/user.ts')).userInput,
    initialValues: {
      firstName: user?.firstName ?? '',
      lastName: user?.lastName ?? '',
      email: user?.email ?? '',
      role: user?.role ?? 'USER',
      timezone: user?.timezone ?? OWN_ZONE,
      language: user?.language ?? 'en',
    },
    save,
    onSaved: (saved) => {
      form.resetDirty()
      onSaved(saved)
    },
  })
  return (
    <form {...formProps}>
      <Stack gap="md">
        <Group grow align="start">
          <TextInput label="First name" {...form.getInputProps('firstName')} />
          <TextInput label="Last name" {...form.getInputProps('lastName')} />
        </Group>
        <TextInput label="E-mail" type="email" description="For signing in" {...form.getInputProps('email')} />
        <NativeSelect
          label="Role"
          disabled={!administrator}
          {...form.getInputProps('role')}
          data={[
            { value: 'USER', label: 'User: answers incidents' },
            { value: 'ADMIN', label: 'Administrator: also changes the configuration' },
          ]}
        />
        <Group grow align="start">
          <TimeZoneInput
            label="Time zone"
            description={
              user && user.timezone !== OWN_ZONE ? `In messages; this device is in ${OWN_ZONE}` : 'In messages'
            }
            {...form.getInputProps('timezone')}
          />
          <NativeSelect
            label="Language"
            description="Of messages"
            {...form.getInputProps('language')}
            data={[
              { value: 'en', label: 'English' },
              { value: 'de', label: 'German' },
            ]}
          />
        </Group>
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving} disabled={Boolean(user) && !form.isDirty()}>
            {user ? 'Save' : 'Invite'}
          </Button>
          {onCancel && (
            <Button variant="subtle" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
