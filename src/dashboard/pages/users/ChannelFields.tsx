import { NativeSelect } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { PreferenceInput } from '../../../api/schemas/user.ts'
import { contactsQuery } from '../../data/users.ts'
import { METHODS } from './preference-text.ts'

type Method = PreferenceInput['method']

/** A channel, and which contact of it; none for a push. */
export interface Channel<Of extends Method = Method> {
  method: Of
  contact?: { id: number } | null | undefined
}

/** The channels of a person with the contacts that each can use. */
export function useChannels(userId: number) {
  const emails = useSuspenseQuery(contactsQuery(userId, 'emails')).data
  const phones = useSuspenseQuery(contactsQuery(userId, 'phone-numbers')).data
  const contactsOf = (method: Method) => (method === 'EMAIL' ? emails : method === 'PUSH' ? null : phones)
  const channelOf = <Of extends Method>(method: Of): Channel<Of> => {
    const first = contactsOf(method)?.[0]
    return { method, contact: first ? { id: first.id } : null }
  }
  return {
    contactsOf,
    channelOf,
    /** What most people want to begin with. */
    first: () => channelOf(phones.length > 0 ? 'SMS' : 'EMAIL'),
    isComplete: (method: Method) => contactsOf(method)?.length !== 0,
  }
}

interface ChannelFieldsProps<Of extends Method> {
  channels: ReturnType<typeof useChannels>
  /** That can be chosen. */
  methods: readonly Of[]
  value: Channel<Of>
  onChange: (channel: Channel<Of>) => void
  errors: Record<string, ReactNode>
}

export function ChannelFields<Of extends Method>(props: ChannelFieldsProps<Of>) {
  const { channels, methods, value, onChange, errors } = props
  const contacts = channels.contactsOf(value.method)
  return (
    <>
      <NativeSelect
        label="Channel"
        value={value.method}
        onChange={({ currentTarget }) => onChange(channels.channelOf(currentTarget.value as Of))}
        error={errors.method}
        data={methods.map((method) => ({ value: method, label: METHODS[method] }))}
      />
      {contacts && (
        <NativeSelect
          label="Contact"
          value={String(value.contact?.id ?? '')}
          onChange={({ currentTarget }) => onChange({ ...value, contact: { id: Number(currentTarget.value) } })}
          error={errors.contact ?? errors['contact.id']}
          disabled={contacts.length === 0}
          data={
            contacts.length === 0
              ? [{ value: '', label: 'add one above first' }]
              : contacts.map(({ id, target, status }) => ({
                  value: String(id),
                  label: status === 'LOCKED' ? `${target} (not verified yet: no step goes there)` : target,
                }))
          }
        />
      )}
    </>
  )
}
