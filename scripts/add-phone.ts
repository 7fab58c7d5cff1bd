import type { CodeSent, ContactMessage } from '../src/api/schemas/contact-message.ts'
import type { SandboxMessage } from '../src/api/schemas/sandbox.ts'
import type { Contact } from '../src/api/schemas/user.ts'
import type { Rest } from './rest.ts'

const LOOKS = 200
const BETWEEN_LOOKS_MS = 50

/**
 * Gives a user a phone number and verifies it with the code that comes to the simulated phone. Where a real carrier takes
 * the code instead, the contact stays locked: nobody here can read it.
 */
export async function addPhone(rest: Rest, userId: number, target: string): Promise<Contact> {
  const numbers = `/users/${userId}/contacts/phone-numbers`
  const contact = await rest.post<Contact>(numbers, { target })
  const verification = `${numbers}/${contact.id}/verification`
  const { id } = await rest.post<CodeSent>(verification, {})
  for (let look = 0; look < LOOKS; look++) {
    // Asked first: what is out by then is on the simulated phone, or with a real carrier.
    const { status } = await rest.get<ContactMessage>(`${verification}/${id}`)
    const messages = await rest.get<SandboxMessage[]>(`/sandbox/messages?user=${userId}`)
    const message = messages.find(({ notificationId }) => notificationId?.endsWith(id))
    const code = /code is (\d{6})/.exec(message?.text ?? '')?.[1]
    if (code) return rest.put(verification, { code })
    if (status !== 'QUEUED') return contact
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS))
  }
  return contact
}
