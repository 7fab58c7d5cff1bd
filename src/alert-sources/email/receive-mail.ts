import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import { log } from '../../log.ts'
import { sha256 } from '../../secrets.ts'
import { receive } from '../receive.ts'
import type { InboundMail } from './mail.ts'
import { type MailEnvelope, parseMail, unparsedMail } from './parse-mail.ts'
import { findRecipient } from './recipient.ts'
import { skimMail } from './skim-mail.ts'

/**
 * Takes a mail for the alert source that its address names.
 *
 * `setReject` is for good: the sender gets the mail back with the words. What is thrown is a passing fault to the platform:
 * the sending server keeps the mail and tries again (https://github.com/cloudflare/cloudflare-docs/pull/12591).
 */
export async function receiveMail(message: ForwardableEmailMessage, env: Env): Promise<void> {
  if (message.rawSize > LIMITS.mailBytes) return message.setReject(TOO_LARGE)
  const recipient = await findRecipient(message, env.SECRET)
  if (!recipient) return message.setReject(UNKNOWN)

  const { claims, subaddress } = recipient
  const mail = await readMail(message, { from: message.from, subaddress })
  const received = await receive(
    env,
    claims,
    { way: 'email', mail },
    { deliveryId: await deliveryId(message.headers, mail), receivedAt: Date.now() },
  )
  if (received.taken) return
  if (received.refusal === 'key') return message.setReject(UNKNOWN)
  if (received.refusal === 'signature') return message.setReject(UNSIGNED)
  throw new Error(`The mail is not taken now: ${received.refusal}`)
}

const TOO_LARGE = `The mail is larger than ${LIMITS.mailBytes / 1024 / 1024} MiB, which is all that an alert source takes.`
const UNKNOWN =
  'There is no alert source with this address. Copy it from the alert source; its integration key may have been rotated or revoked.'
const UNSIGNED =
  'This alert source has a signing secret and takes only what its tool signs. Remove the secret to send mails to it.'

async function readMail(message: ForwardableEmailMessage, envelope: MailEnvelope): Promise<InboundMail> {
  const skimmed = await skimMail(message.raw)
  try {
    return await parseMail(skimmed, envelope)
  } catch (error) {
    log.warn('mail not parsed, taking its headers', { error })
    return unparsedMail(message.headers, envelope)
  }
}

/**
 * The same for a mail that comes again, whether by another way or because the sending server was not sure. With the date,
 * because some tools give all their mails one Message-ID, and with the content where there is none.
 */
async function deliveryId(headers: Headers, mail: InboundMail): Promise<string> {
  const date = headers.get('Date')
  if (mail.messageId) return `mail-${await sha256(JSON.stringify([mail.messageId, date]))}`
  if (date) return `mail-${await sha256(JSON.stringify([date, mail.from, mail.subject, mail.text]))}`
  return crypto.randomUUID()
}
