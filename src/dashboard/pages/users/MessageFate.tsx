import { useQuery } from '@tanstack/react-query'
import { type ContactRef, contactMessageQuery } from '../../data/contact-messages.ts'

interface MessageFateProps {
  contact: ContactRef
  of: 'verification' | 'test'
  messageId: string
}

/** What becomes of a message to a contact, while it is on its way. */
export function MessageFate({ contact, of, messageId }: MessageFateProps) {
  const { data, error } = useQuery(contactMessageQuery(contact, of, messageId))
  return (
    <span className="small" role="status">
      {error ? error.message : data ? fateText(data) : 'On its way…'}
    </span>
  )
}

function fateText({ status, provider, reason }: { status: string; provider: string | null; reason: string | null }) {
  const by = provider ? ` by ${provider}` : ''
  switch (status) {
    case 'SENT':
      return `Taken${by}`
    case 'DELIVERED':
      return `Delivered${by}`
    case 'FAILED':
      return `Failed${reason ? `: ${reason}` : ''}`
    default:
      return reason ? `Not out yet: ${reason}` : 'On its way…'
  }
}
