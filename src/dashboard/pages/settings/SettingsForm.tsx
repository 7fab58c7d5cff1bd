import { Button, Stack, TextInput } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { saveSettings, settingsQuery } from '../../data/settings.ts'
import { namesOf, usersQuery } from '../../data/users.ts'
import { useIsAdministrator } from '../../parts/administrator.tsx'
import { announce } from '../../parts/announce.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { PeoplePicker } from '../../parts/PeoplePicker.tsx'

export function SettingsForm() {
  const queryClient = useQueryClient()
  const administrator = useIsAdministrator()
  const { data: settings } = useSuspenseQuery(settingsQuery)
  const { data: users } = useSuspenseQuery(usersQuery)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/settings.ts')).settings,
    initialValues: settings,
    save: ({ organisation, ...others }) => saveSettings({ organisation: organisation || null, ...others }),
    onSaved: (saved) => {
      queryClient.setQueryData(settingsQuery.queryKey, saved)
      queryClient.invalidateQueries({ queryKey: ['current-user'] })
      announce('Settings saved')
    },
  })

  if (!administrator) {
    return (
      <p>
        {settings.organisation ?? 'It has no name yet.'} · Fallback contacts:{' '}
        {namesOf(settings.fallbackContacts, 20) || 'the administrators'}
      </p>
    )
  }
  return (
    <form {...formProps}>
      <Stack gap="md">
        <TextInput
          label="Name"
          {...form.getInputProps('organisation')}
          value={form.values.organisation ?? ''}
          autoComplete="organization"
        />
        <PeoplePicker
          label="Fallback contacts"
          description="Paged when no level of an escalation policy has anybody. Nobody chosen: the administrators."
          users={users}
          value={form.values.fallbackContacts.map(({ id }) => id)}
          onChange={(ids) =>
            form.setFieldValue(
              'fallbackContacts',
              ids.map((id) => ({ id })),
            )
          }
          error={form.errors.fallbackContacts}
        />
        {problem && <Problem>{problem}</Problem>}
        <div>
          <Button type="submit" variant="filled" loading={saving}>
            Save
          </Button>
        </div>
      </Stack>
    </form>
  )
}
