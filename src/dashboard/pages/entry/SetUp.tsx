import { Button, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { setupNeededQuery, signIn } from '../../data/session.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { PasswordField } from '../../parts/PasswordField.tsx'
import { Entry } from './Entry.tsx'

const route = getRouteApi('/setup')

/** The first administrator of a fresh deployment: whoever holds its set-up secret. */
export function SetUp() {
  const { secret } = route.useSearch()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const needed = useQuery(setupNeededQuery).data?.needed
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/setup.ts')).setupRequest,
    initialValues: {
      secret: secret ?? '',
      organisation: '',
      firstName: '',
      lastName: '',
      email: '',
      password: '',
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    save: async ({ organisation, ...person }) => {
      await api.post('/setup', organisation ? { ...person, organisation } : person)
      await signIn(queryClient, person)
    },
    onSaved: () => navigate({ to: '/incidents' }),
  })

  if (needed === false) {
    return (
      <Entry title="Already set up">
        <p>This deployment has an administrator; the set-up link has served its purpose.</p>
        <Link to="/sign-in">Sign in</Link>
      </Entry>
    )
  }
  return (
    <Entry title="Set up Tocsin">
      <p className="dim">You become its first administrator and invite the others.</p>
      <form {...formProps}>
        <Stack gap="md">
          {!secret && <TextInput label="Set-up secret" autoComplete="off" {...form.getInputProps('secret')} />}
          <TextInput
            label="Organisation (optional)"
            autoComplete="organization"
            {...form.getInputProps('organisation')}
          />
          <TextInput label="First name" autoComplete="given-name" {...form.getInputProps('firstName')} />
          <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('lastName')} />
          <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
          <PasswordField
            description="At least 10 characters"
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {problem && <Problem>{problem}</Problem>}
          <Button type="submit" variant="filled" loading={saving}>
            Create administrator
          </Button>
        </Stack>
      </form>
    </Entry>
  )
}
