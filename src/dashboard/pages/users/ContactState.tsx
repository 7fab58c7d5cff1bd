import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Contact } from '../../../api/schemas/user.ts'
import { type ContactRef, sendTest } from '../../data/contact-messages.ts'
import { WarningIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { ContactCode } from './ContactCode.tsx'
import classes from './InlineForm.module.css'
import { MessageFate } from './MessageFate.tsx'
import { METHODS } from './preference-text.ts'

interface ContactStateProps {
  contactRef: ContactRef
  contact: Contact
  editable: boolean
  /** It was added or changed a moment ago. */
  fresh: boolean
  onBegun: () => void
  onVerified: () => void
}

/** Whether messages go to a contact and arrive there; and, for who may, its code and a test. */
export function ContactState({ contactRef, contact, editable, fresh, onBegun, onVerified }: ContactStateProps) {
  const { status, faults, smsStopped } = contact
  if (status === 'LOCKED') {
    return (
      <div>
        <p className="small">
          <WarningIcon /> not verified yet: no step goes there
        </p>
        {editable && <ContactCode {...{ contactRef, contact, onBegun, onVerified }} sendAtOnce={fresh} />}
      </div>
    )
  }
  return (
    <div>
      {faults.map(({ method, reason }) => (
        <p key={method} className="small">
          <WarningIcon /> broken: {METHODS[method]}: {reason}
        </p>
      ))}
      {smsStopped && (
        <p className="small">
          <WarningIcon /> No texts: you replied STOP; text START to the number that they came from to get them again
        </p>
      )}
      {editable && <ContactTest contactRef={contactRef} contact={contact} />}
    </div>
  )
}

function ContactTest({ contactRef, contact }: Pick<ContactStateProps, 'contactRef' | 'contact'>) {
  const testing = useMutation({ mutationFn: (method?: 'SMS' | 'VOICE') => sendTest(contactRef, method) })
  const button = (text: string, method?: 'SMS' | 'VOICE') => (
    <Button
      size="compact-sm"
      variant="subtle"
      aria-label={`${text}: ${contact.target}`}
      disabled={testing.isPending}
      onClick={() => testing.mutate(method)}
    >
      {text}
    </Button>
  )
  return (
    <div className={classes.form}>
      {contactRef.kind === 'emails' ? (
        button('Test')
      ) : (
        <>
          {!contact.smsStopped && button('Test text', 'SMS')}
          {button('Test call', 'VOICE')}
        </>
      )}
      {testing.data && <MessageFate contact={contactRef} of="test" messageId={testing.data.id} />}
      {testing.error && <Problem>{testing.error.message}</Problem>}
    </div>
  )
}
