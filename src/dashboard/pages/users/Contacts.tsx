import { Button, TextInput } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Contact } from '../../../api/schemas/user.ts'
import {
  type ContactKind,
  contactsQuery,
  deleteContact,
  onCallPreferencesQuery,
  preferencesQuery,
  saveContact,
} from '../../data/users.ts'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { MailIcon, PhoneIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Section } from '../../parts/Page.tsx'
import { ContactState } from './ContactState.tsx'
import { EditableList } from './EditableList.tsx'
import classes from './InlineForm.module.css'
import { reminderText, stepText } from './preference-text.ts'

/** Where a person can be reached. */
export function Contacts({ userId, editable }: { userId: number; editable: boolean }) {
  return (
    <>
      <Section title="E-mail addresses">
        <ContactsOfKind userId={userId} kind="emails" editable={editable} />
      </Section>
      <Section title="Phone numbers">
        <ContactsOfKind userId={userId} kind="phone-numbers" editable={editable} />
      </Section>
    </>
  )
}

interface KindProps {
  userId: number
  kind: ContactKind
  editable: boolean
}

const NOUN = { emails: 'e-mail address', 'phone-numbers': 'phone number' } as const

function ContactsOfKind({ userId, kind, editable }: KindProps) {
  const queryClient = useQueryClient()
  const { data: contacts } = useSuspenseQuery(contactsQuery(userId, kind))
  const [fresh, setFresh] = useState<number | null>(null)
  const [deleting, setDeleting] = useState<Contact | null>(null)
  const refetch = () => {
    for (const { queryKey } of [
      contactsQuery(userId, kind),
      preferencesQuery(userId),
      onCallPreferencesQuery(userId),
    ]) {
      queryClient.invalidateQueries({ queryKey })
    }
  }
  return (
    <>
      <EditableList
        label={kind === 'emails' ? 'E-mail addresses' : 'Phone numbers'}
        items={contacts}
        empty={`No ${NOUN[kind]} yet.`}
        editable={editable}
        textOf={({ target }) => target}
        icon={() => (kind === 'emails' ? <MailIcon /> : <PhoneIcon />)}
        state={(contact) => (
          <ContactState
            {...{ contact, editable }}
            // Another address is another contact to verify.
            key={contact.target}
            contactRef={{ userId, kind, contactId: contact.id }}
            fresh={fresh === contact.id}
            onBegun={() => setFresh(null)}
            onVerified={refetch}
          />
        )}
        form={(contact, { onSaved, onCancel }) => (
          <ContactForm
            {...{ userId, kind, contact, onCancel }}
            onSaved={(saved) => {
              if (saved.status === 'LOCKED') setFresh(saved.id)
              onSaved()
              refetch()
            }}
          />
        )}
        onRemove={setDeleting}
      />
      {deleting && (
        <DeleteContact
          {...{ userId, kind }}
          contact={deleting}
          onDone={() => {
            setDeleting(null)
            refetch()
          }}
          onClose={() => setDeleting(null)}
        />
      )}
    </>
  )
}

interface ContactFormProps {
  userId: number
  kind: ContactKind
  contact: Contact | null
  onSaved: (saved: Contact) => void
  onCancel?: (() => void) | undefined
}

function ContactForm({ userId, kind, contact, onSaved, onCancel }: ContactFormProps) {
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => {
      const { emailContactInput, phoneContactInput } = await import('../../../api/schemas/user.ts')
      return kind === 'emails' ? emailContactInput : phoneContactInput
    },
    initialValues: { target: contact?.target ?? '' },
    save: ({ target }) => saveContact(userId, kind, contact?.id ?? null, target),
    onSaved,
  })
  return (
    <form {...formProps} className={classes.form}>
      <TextInput
        className={classes.input}
        aria-label={contact ? `Change ${contact.target}` : `New ${NOUN[kind]}`}
        type={kind === 'emails' ? 'email' : 'tel'}
        placeholder={kind === 'emails' ? 'ann@example.com' : '+49 151 23456789'}
        {...form.getInputProps('target')}
      />
      <Button type="submit" loading={saving}>
        {contact ? 'Save' : `Add ${NOUN[kind]}`}
      </Button>
      {onCancel && (
        <Button variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      )}
      {problem && <Problem>{problem}</Problem>}
    </form>
  )
}

interface DeleteContactProps {
  userId: number
  kind: ContactKind
  contact: Contact
  onDone: () => void
  onClose: () => void
}

function DeleteContact({ userId, kind, contact, onDone, onClose }: DeleteContactProps) {
  const { data: steps } = useSuspenseQuery(preferencesQuery(userId))
  const { data: reminders } = useSuspenseQuery(onCallPreferencesQuery(userId))
  const usesIt = (one: { contact: Contact | null; method: string }) =>
    one.contact?.id === contact.id && (one.method === 'EMAIL') === (kind === 'emails')
  const lost = [...steps.filter(usesIt).map(stepText), ...reminders.filter(usesIt).map(reminderText)]
  return (
    <DeleteDialog
      title={`Delete ${contact.target}?`}
      act={() => deleteContact(userId, kind, contact.id)}
      onDone={onDone}
      onClose={onClose}
    >
      {lost.length === 0 ? (
        'No notification and no reminder uses it.'
      ) : (
        <>
          These are then no longer sent:
          <ul>
            {lost.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </DeleteDialog>
  )
}
