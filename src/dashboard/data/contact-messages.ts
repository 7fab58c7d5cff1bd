import { queryOptions } from '@tanstack/react-query'
import type { BrokenContact, CodeSent, ContactMessage, TestSent } from '../../api/schemas/contact-message.ts'
import type { Contact } from '../../api/schemas/user.ts'
import { api } from '../api.ts'
import type { ContactKind } from './users.ts'

/** Which contact, of whom. */
export interface ContactRef {
  userId: number
  kind: ContactKind
  contactId: number
}

type Method = CodeSent['method'] | undefined

const POLLING_MS = 1_500

export const sendCode = (contact: ContactRef, method?: Method) =>
  api.post<CodeSent>(`${pathOf(contact)}/verification`, { method })
export const enterCode = (contact: ContactRef, code: string) =>
  api.put<Contact>(`${pathOf(contact)}/verification`, { code })
export const sendTest = (contact: ContactRef, method?: Method) =>
  api.post<TestSent>(`${pathOf(contact)}/test`, { method })

/** How such a message is doing, asked again until nothing more can come of it. */
export const contactMessageQuery = (contact: ContactRef, of: 'verification' | 'test', id: string) =>
  queryOptions({
    queryKey: ['contact-message', id],
    queryFn: ({ signal }) => api.get<ContactMessage>(`${pathOf(contact)}/${of}/${id}`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.status === 'DELIVERED' || state.data?.status === 'FAILED' ? false : POLLING_MS,
  })

/** For administrators. */
export const brokenContactsQuery = queryOptions({
  queryKey: ['broken-contacts'],
  queryFn: ({ signal }) => api.get<BrokenContact[]>('/broken-contacts', { signal }),
})

function pathOf({ userId, kind, contactId }: ContactRef): string {
  return `/users/${userId}/contacts/${kind}/${contactId}`
}
