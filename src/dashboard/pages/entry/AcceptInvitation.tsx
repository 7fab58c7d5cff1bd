import { Button, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { signIn } from '../../data/session.ts'
import { Loading } from '../../frame/states.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { PasswordField } from '../../parts/PasswordField.tsx'
import { Entry } from './Entry.tsx'

const route = getRouteApi('/invitation/$token')

/** Opened from an invitation or a reset link: choose a password and be in. */
export function AcceptInvitation() {
  const { token } = route.useParams()
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      api.get<{ email: string; firstName: string }>(`/invitations/${encodeURIComponent(token)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) {
    return (
      <Entry title="This link does not work">
        <Problem>{error.message}</Problem>
        <p />
        <p>
          Links work once and for a limited time. Ask an administrator for a new one, or{' '}
          <Link to="/sign-in">sign in</Link>.
        </p>
      </Entry>
    )
  }
  return data ? <ChoosePassword token={token} {...data} /> : <Loading />
}

function ChoosePassword({ token, email, firstName }: { token: string; email: string; firstName: string }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/setup.ts')).acceptInvitationRequest,
    initialValues: { token, password: '' },
    save: async (chosen) => {
      await api.post('/invitations/accept', chosen)
      await signIn(queryClient, { email, password: chosen.password })
    },
    onSaved: () => navigate({ to: '/profile' }),
  })
  return (
    <Entry title={`Welcome, ${firstName}`}>
      <p className="dim">Choose the password with which you sign in as {email}.</p>
      <form {...formProps}>
        <Stack gap="md">
          <input type="hidden" autoComplete="username" value={email} />
          <PasswordField
            description="At least 10 characters"
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {problem && <Problem>{problem}</Problem>}
          <Button type="submit" variant="filled" loading={saving}>
            Set password and sign in
          </Button>
        </Stack>
      </form>
    </Entry>
  )
}
