import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { pageAfterSignIn, setupNeededQuery, signIn } from '../../data/session.ts'
import { Problem } from '../../parts/Notice.tsx'
import { PasswordField } from '../../parts/PasswordField.tsx'
import { Entry } from './Entry.tsx'

const route = getRouteApi('/sign-in')

export function SignIn() {
  const { to } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  const setup = useQuery(setupNeededQuery)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => signIn(queryClient, { email: email.trim(), password }),
    onSuccess: () => router.history.push(pageAfterSignIn(to)),
  })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate()
  }
  return (
    <Entry title="Sign in">
      <form onSubmit={submit}>
        <Stack gap="md">
          {setup.data?.needed && (
            <Problem>
              Nobody can sign in yet: this deployment has no administrator. Open the set-up link that the server printed
              or that was made with its set-up secret.
            </Problem>
          )}
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordField
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {error && <Problem>{error.message}</Problem>}
          <Button type="submit" variant="filled" loading={isPending}>
            Sign in
          </Button>
          <p className="dim small">Forgotten it? An administrator can make you a new link on your page under Users.</p>
        </Stack>
      </form>
    </Entry>
  )
}
