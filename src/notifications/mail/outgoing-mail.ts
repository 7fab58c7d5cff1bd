import { NOTIFICATION_HEADER } from '../../alert-sources/email/automatic-mail.ts'
import type { Env } from '../../env.ts'
import { sha256 } from '../../secrets.ts'
import type { Messages } from '../channels/channel.ts'
import { domainOf, type Mailbox, parseMailbox } from './mailbox.ts'
import { replyAddress } from './reply-address.ts'

/** A mail as every carrier sends it. */
export interface OutgoingMail {
  from: Mailbox
  to: string
  subject: string
  text: string
  html: string
  /** Where answers go; null: to the sender, whom nobody reads. */
  replyTo: string | null
  /** Beside those that the other fields stand for; the same for all carriers. */
  headers: Record<string, string>
  /** The same each time that it is sent, so that mailboxes show it once. With brackets. Carriers with an API give their own. */
  messageId: string
}

/** Null: MAIL_FROM is no sender. */
export async function outgoingMail(message: Messages['EMAIL'], env: Env): Promise<OutgoingMail | null> {
  const from = parseMailbox(env.MAIL_FROM ?? '')
  if (!from) return null
  const { to, subject, text, html, userId, incidentId, notificationId, thread } = message
  const domain = env.MAIL_DOMAIN || domainOf(from.address)
  const replyTo =
    env.MAIL_DOMAIN && incidentId !== null
      ? await replyAddress(env.SECRET, env.MAIL_DOMAIN, { userId, incidentId })
      : null
  return {
    ...{ from, to, subject, replyTo },
    text: replyTo === null ? text : `${text}\n\n${HOW_TO_REPLY}`,
    html: replyTo === null ? html : html.replace(/(<\/body>|$)/, `<p style="color:#555">${HOW_TO_REPLY}</p>$1`),
    // RFC 3834: nobody's absence note answers it. A list has a way out; being on call has not, so there is no List-Unsubscribe.
    headers: { [NOTIFICATION_HEADER]: '1', 'Auto-Submitted': 'auto-generated', ...threading(thread, domain) },
    messageId: `<${await idOf(notificationId)}@${domain}>`,
  }
}

export const BAD_SENDER = 'MAIL_FROM is no sender: write it as Tocsin <tocsin@example.com>'

const HOW_TO_REPLY = 'Or reply with one word: accept, resolve or escalate. Anything else becomes a comment.'

/** No mail has the root's id. It is enough that all of a thread name the same. */
function threading(thread: string | null, domain: string): Record<string, string> {
  if (thread === null) return {}
  const root = `<${thread}@${domain}>`
  return { References: root, 'In-Reply-To': root }
}

async function idOf(notificationId: string): Promise<string> {
  return /^[A-Za-z0-9-]{1,100}$/.test(notificationId) ? notificationId : await sha256(notificationId)
}
