import { ActionIcon, Button, TextInput } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Contact } from '../../../api/schemas/user.ts'
import { type ContactKind, contactsQuery, deleteContact, preferencesQuery, saveContact } from '../../data/users.ts'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { MailIcon, PencilIcon, PhoneIcon, TrashIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Section } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import classes from './Contacts.module.css'
import { stepText } from './preference-text.ts'

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
const STATUS = { OK: null, LOCKED: 'locked after failures', BLACKLISTED: 'refused by the provider' } as const

function ContactsOfKind({ userId, kind, editable }: KindProps) {
  const queryClient = useQueryClient()
  const { data: contacts } = useSuspenseQuery(contactsQuery(userId, kind))
  const [editing, setEditing] = useState<number | null>(null)
  const [deleting, setDeleting] = useState<Contact | null>(null)
  const refetch = () => {
    queryClient.invalidateQueries({ queryKey: contactsQuery(userId, kind).queryKey })
    queryClient.invalidateQueries({ queryKey: preferencesQuery(userId).queryKey })
  }
  return (
    <>
      {contacts.length > 0 && (
        <Rows label={kind === 'emails' ? 'E-mail addresses' : 'Phone numbers'}>
          {contacts.map((contact) =>
            editing === contact.id ? (
              <li key={contact.id} className={classes.editing}>
                <ContactForm
                  {...{ userId, kind, contact }}
                  onSaved={() => {
                    setEditing(null)
                    refetch()
                  }}
                  onCancel={() => setEditing(null)}
                />
              </li>
            ) : (
              <Row
                key={contact.id}
                title={
                  <span className={classes.target}>
                    {kind === 'emails' ? <MailIcon /> : <PhoneIcon />} {contact.target}
                  </span>
                }
                state={STATUS[contact.status] && <span className="small">{STATUS[contact.status]}</span>}
                actions={
                  editable && (
                    <>
                      <ActionIcon aria-label={`Edit ${contact.target}`} onClick={() => setEditing(contact.id)}>
                        <PencilIcon />
                      </ActionIcon>
                      <ActionIcon aria-label={`Delete ${contact.target}`} onClick={() => setDeleting(contact)}>
                        <TrashIcon />
                      </ActionIcon>
                    </>
                  )
                }
              />
            ),
          )}
        </Rows>
      )}
      {contacts.length === 0 && <p className="dim">No {NOUN[kind]} yet.</p>}
      {editable && (
        <div className={classes.add}>
          <ContactForm key={contacts.length} {...{ userId, kind }} contact={null} onSaved={refetch} />
        </div>
      )}
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
  onSaved: () => void
  onCancel?: () => void
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
  const { data: preferences } = useSuspenseQuery(preferencesQuery(userId))
  const steps = preferences.filter(
    (step) => step.contact?.id === contact.id && (step.method === 'EMAIL') === (kind === 'emails'),
  )
  return (
    <DeleteDialog
      title={`Delete ${contact.target}?`}
      act={() => deleteContact(userId, kind, contact.id)}
      onDone={onDone}
      onClose={onClose}
    >
      {steps.length === 0 ? (
        'No notification preference uses it.'
      ) : (
        <>
          These notifications are then no longer sent:
          <ul>
            {steps.map((step) => (
              <li key={step.id}>{stepText(step)}</li>
            ))}
          </ul>
        </>
      )}
    </DeleteDialog>
  )
}
