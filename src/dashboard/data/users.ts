import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { OnCallPreference, OnCallPreferenceInput } from '../../api/schemas/on-call-preference.ts'
import type {
  apiKey,
  apiKeyCreated,
  Contact,
  invitation,
  Preference,
  PreferenceInput,
  User,
  UserInput,
  userCreated,
} from '../../api/schemas/user.ts'
import type { UserNeeds } from '../../api/schemas/user-deletion.ts'
import { api, queryString } from '../api.ts'

export type Invitation = z.infer<typeof invitation>
export type ApiKey = z.infer<typeof apiKey>
export type ContactKind = 'emails' | 'phone-numbers'

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => api.all<User>('/users', signal),
})

export const userQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', id],
    queryFn: ({ signal }) => api.get<User>(`/users/${id}`, { signal }),
  })

/** Where they are needed: what a deletion would leave open. */
export const userNeedsQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', id, 'needed'],
    queryFn: ({ signal }) => api.get<UserNeeds>(`/users/${id}/needed`, { signal }),
    staleTime: 0,
  })

export const inviteUser = (input: UserInput) => api.post<z.infer<typeof userCreated>>('/users', input)
export const saveUser = (id: number, input: UserInput) => api.put<User>(`/users/${id}`, input)
/** @param replaceBy takes their place in policies and schedules; null: they are needed nowhere */
export const deleteUser = (id: number, replaceBy: number | null) =>
  api.delete(`/users/${id}${queryString({ 'replace-by': replaceBy ?? undefined })}`)
export const newInvitation = (id: number) => api.post<Invitation>(`/users/${id}/invitation`)

export const contactsQuery = (user: number, kind: ContactKind) =>
  queryOptions({
    queryKey: ['users', user, 'contacts', kind],
    queryFn: ({ signal }) => api.all<Contact>(`/users/${user}/contacts/${kind}`, signal),
  })

export const saveContact = (user: number, kind: ContactKind, id: number | null, target: string) =>
  id === null
    ? api.post<Contact>(`/users/${user}/contacts/${kind}`, { target })
    : api.put<Contact>(`/users/${user}/contacts/${kind}/${id}`, { target })
export const deleteContact = (user: number, kind: ContactKind, id: number) =>
  api.delete(`/users/${user}/contacts/${kind}/${id}`)

export const preferencesQuery = (user: number) =>
  queryOptions({
    queryKey: ['users', user, 'preferences'],
    queryFn: ({ signal }) => api.all<Preference>(`/users/${user}/notification-preferences/alerts`, signal),
  })

export const savePreference = (user: number, id: number | null, input: PreferenceInput) =>
  id === null
    ? api.post<Preference>(`/users/${user}/notification-preferences/alerts`, input)
    : api.put<Preference>(`/users/${user}/notification-preferences/alerts/${id}`, input)
export const deletePreference = (user: number, id: number) =>
  api.delete(`/users/${user}/notification-preferences/alerts/${id}`)

/** Reminders before shifts. */
export const onCallPreferencesQuery = (user: number) =>
  queryOptions({
    queryKey: ['users', user, 'on-call-preferences'],
    queryFn: ({ signal }) => api.get<OnCallPreference[]>(`/users/${user}/on-call-preferences`, { signal }),
  })

export const saveOnCallPreference = (user: number, id: number | null, input: OnCallPreferenceInput) =>
  id === null
    ? api.post<OnCallPreference>(`/users/${user}/on-call-preferences`, input)
    : api.put<OnCallPreference>(`/users/${user}/on-call-preferences/${id}`, input)
export const deleteOnCallPreference = (user: number, id: number) =>
  api.delete(`/users/${user}/on-call-preferences/${id}`)

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => api.get<ApiKey[]>('/api-keys', { signal }),
})
export const createApiKey = (name: string) => api.post<z.infer<typeof apiKeyCreated>>('/api-keys', { name })
export const revokeApiKey = (id: number) => api.delete(`/api-keys/${id}`)

export const fullName = ({ firstName = '', lastName = '' }: { firstName?: string; lastName?: string }) =>
  `${firstName} ${lastName}`.trim()

/** "Ann Smith, Bea Berg and 2 others" */
export function namesOf(people: { firstName?: string; lastName?: string }[], most = 3): string {
  const names = people.slice(0, most).map(fullName)
  const others = people.length - names.length
  if (others > 0) return `${names.join(', ')} and ${others} ${others === 1 ? 'other' : 'others'}`
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '')
}
