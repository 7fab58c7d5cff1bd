import { Button, Group, NativeSelect, Select, Stack, TextInput } from '@mantine/core'
import { type User, type UserInput, userInput } from '../../../api/schemas/user.ts'
import { useIsAdministrator } from '../../parts/administrator.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'

interface UserFormProps<Saved> {
  user: User | null
  save: (input: UserInput) => Promise<Saved>
  onSaved: (saved: Saved) => void
  onCancel?: () => void
}

export function UserForm<Saved>({ user, save, onSaved, onCancel }: UserFormProps<Saved>) {
  const administrator = useIsAdministrator()
  const { form, saving, problem, onSubmit } = useSchemaForm({
    schema: userInput,
    initialValues: {
      firstName: user?.firstName ?? '',
      lastName: user?.lastName ?? '',
      email: user?.email ?? '',
      role: user?.role ?? 'USER',
      timezone: user?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      language: user?.language ?? 'en',
    },
    save,
    onSaved,
  })
  return (
    <form onSubmit={onSubmit} noValidate>
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
          <Select
            label="Time zone"
            searchable
            data={TIME_ZONES}
            {...form.getInputProps('timezone')}
            onChange={(zone) => zone && form.setFieldValue('timezone', zone)}
          />
          <NativeSelect
            label="Language of messages"
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

/** Browsers leave UTC out of their list. */
const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
