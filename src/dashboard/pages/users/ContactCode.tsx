import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Contact } from '../../../api/schemas/user.ts'
import { type ContactRef, enterCode, sendCode } from '../../data/contact-messages.ts'
import { announce } from '../../parts/announce.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import classes from './InlineForm.module.css'
import { MessageFate } from './MessageFate.tsx'

interface ContactCodeProps {
  contactRef: ContactRef
  contact: Contact
  /** It was added or changed a moment ago: the first code is sent by itself. */
  sendAtOnce: boolean
  /** It was, so that it is not once more when this is shown again. */
  onBegun: () => void
  onVerified: () => void
}

/** Takes the code that shows that a contact is its user's. */
export function ContactCode({ contactRef, contact, sendAtOnce, onBegun, onVerified }: ContactCodeProps) {
  const sending = useMutation({ mutationFn: (method?: 'SMS' | 'VOICE') => sendCode(contactRef, method) })
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/contact-message.ts')).contactCode,
    initialValues: { code: '' },
    save: ({ code }) => enterCode(contactRef, code),
    onSaved: () => {
      announce(`${contact.target} is verified`)
      onVerified()
    },
  })
  const { mutate } = sending
  const begun = useRef(false)
  useEffect(() => {
    if (!sendAtOnce || begun.current) return
    begun.current = true
    mutate(undefined)
    onBegun()
  }, [sendAtOnce, mutate, onBegun])

  const phone = contactRef.kind === 'phone-numbers'
  const asked = sending.data !== undefined || sending.isPending
  return (
    <div>
      {asked && (
        <form {...formProps} className={classes.form}>
          <TextInput
            className={classes.input}
            aria-label={`Code that was sent to ${contact.target}`}
            placeholder="123456"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={16}
            autoFocus
            {...form.getInputProps('code')}
          />
          <Button type="submit" loading={saving}>
            Verify
          </Button>
        </form>
      )}
      <div className={classes.form}>
        <Button size="compact-sm" variant="subtle" loading={sending.isPending} onClick={() => mutate(undefined)}>
          {asked ? 'Send a new code' : 'Send a code'}
        </Button>
        {phone && (
          <Button size="compact-sm" variant="subtle" disabled={sending.isPending} onClick={() => mutate('VOICE')}>
            Call me instead
          </Button>
        )}
        {sending.data && <MessageFate contact={contactRef} of="verification" messageId={sending.data.id} />}
      </div>
      {(problem ?? sending.error) && <Problem>{problem ?? sending.error?.message}</Problem>}
    </div>
  )
}
