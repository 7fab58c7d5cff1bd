import { and, eq } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import type { ChannelName } from '../../notifications/model.ts'
import { database } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { contacts } from '../schema.ts'

/** What each method writes to; push goes to all of the user's devices. */
const CONTACT_OF = { EMAIL: 'EMAIL', SMS: 'PHONE', VOICE: 'PHONE', PUSH: null, TELEGRAM: 'TELEGRAM' } as const
const CONTACT_WORDS = { EMAIL: 'e-mail contacts', PHONE: 'phone numbers', TELEGRAM: 'Telegram contacts' } as const

/** Refuses a preference whose contact is missing, of another kind, or somebody else's. */
export async function checkContact(
  env: Env,
  userId: number,
  { method, contactId }: { method: ChannelName; contactId: number | null },
): Promise<void> {
  const kind = CONTACT_OF[method]
  if (!kind) {
    if (contactId !== null)
      throw new Refusal('BAD_REQUEST', 'PUSH goes to all of the user’s devices: leave out the contact', 'contact')
    return
  }
  if (contactId === null)
    throw new Refusal('BAD_REQUEST', `${method} needs one of the user's ${CONTACT_WORDS[kind]}`, 'contact')
  const [contact] = await database(env)
    .select({ kind: contacts.kind })
    .from(contacts)
    .where(and(eq(contacts.id, contactId), eq(contacts.userId, userId)))
  if (contact?.kind !== kind) {
    throw new Refusal('BAD_REQUEST', `contact ${contactId} is none of the user's ${CONTACT_WORDS[kind]}`, 'contact.id')
  }
}
