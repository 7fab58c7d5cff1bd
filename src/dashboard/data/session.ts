import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { currentUser } from '../../api/schemas/user.ts'
import { api } from '../api.ts'
import { remembered } from '../push/remembered.ts'

const STOP_PUSHES_WITHIN_MS = 3_000

export type CurrentUser = z.infer<typeof currentUser>

export const currentUserQuery = queryOptions({
  queryKey: ['current-user'],
  queryFn: ({ signal }) => api.get<CurrentUser>('/users/current', { signal }),
  staleTime: 60_000,
})

export const setupNeededQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get<{ needed: boolean }>('/setup', { signal }),
})

export async function signIn(queryClient: QueryClient, credentials: { email: string; password: string }) {
  await api.post('/api/auth/sign-in/email', credentials)
  queryClient.clear()
}

export async function signOut() {
  await stopPushes()
  await api.post('/api/auth/sign-out')
}

/** The next person at this browser must not get the pages of this one. Signing out does not fail or wait for it. */
async function stopPushes() {
  if (!remembered()) return
  const off = import('../push/this-browser.ts').then(({ turnOff }) => turnOff())
  await Promise.race([off.catch(() => {}), new Promise((resolve) => setTimeout(resolve, STOP_PUSHES_WITHIN_MS))])
}

/** Where to go after signing in: only ever a page of this dashboard, whatever the address bar was made to say. */
export function pageAfterSignIn(to: string | undefined): string {
  if (!to) return '/incidents'
  const target = new URL(to, location.origin)
  return to.startsWith('/') && target.origin === location.origin
    ? target.pathname + target.search + target.hash
    : '/incidents'
}
