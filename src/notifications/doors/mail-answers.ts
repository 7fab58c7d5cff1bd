import { automaticReason } from '../../alert-sources/email/automatic-mail.ts'
import { type MimeMessage, readMimeMessage } from '../../alert-sources/email/mime-message.ts'
import { skimMail } from '../../alert-sources/email/skim-mail.ts'
import { AnswerLimit } from '../../alert-sources/sms/answer-limit.ts'
import { recordAttempts } from '../../directory/delivery-log.ts'
import { nameByMail } from '../../directory/users/users-by-mail.ts'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import { log } from '../../log.ts'
import { sha256 } from '../../secrets.ts'
import { isDone } from '../answers.ts'
import { type Answered, answerByMail } from '../mail/answer-by-mail.ts'
import { passedDmarc, singleSender } from '../mail/authenticated-sender.ts'
import { outcomeMail } from '../mail/outcome-mail.ts'
import { type ReplyClaims, verifyReplyAddress } from '../mail/reply-address.ts'
import { readReply } from '../mail/reply-text.ts'
import { send } from '../send.ts'

/**
 * Replies to the mails that page people. One counts when its address is one that we signed, the sender's domain vouches for
 * the sender (`authenticated-sender.ts`), and that is who we had written to, from whichever of their own addresses.
 *
 * What is thrown is a passing fault to the platform: the sending server keeps the mail and tries again.
 */
export async function takeMailAnswer(message: ForwardableEmailMessage, env: Env): Promise<void> {
  const claims = await verifyReplyAddress(env.SECRET, message.to)
  if (!claims) return message.setReject(UNKNOWN)
  if (message.rawSize > LIMITS.mailBytes) return message.setReject(TOO_LARGE)
  const mail = await readMimeMessage((await skimMail(message.raw)).bytes).catch(() => null)
  if (!mail) return message.setReject(UNREADABLE)
  const from = singleSender(message.headers.get('From'))
  const automatic = isAutomatic(mail, message.from, from)
  // Answering it, also by a refusal, could make the machine write again.
  if (automatic) return log.info('automatic mail to a reply address ignored', { ...claims, reason: automatic })
  if (from === null || !passedDmarc(mail.header('Authentication-Results'), from, message.from))
    return message.setReject(UNPROVEN)
  const name = await nameByMail(env, claims.userId, from)
  if (name === null) return message.setReject(SOMEBODY_ELSE)
  const answered = await answerByMail(env, claims, name, readReply(readable(mail.text)))
  await tell(env, claims, from, answered, await replyId(mail))
}

const UNKNOWN = 'There is no such address.'
const TOO_LARGE = `The mail is larger than ${LIMITS.mailBytes / 1024 / 1024} MiB.`
const UNREADABLE = 'The mail could not be read: its parts are nested too deeply, or its headers are too long.'
const UNPROVEN =
  'Nothing was done: your mail’s domain does not prove that you sent it (DMARC). Answer in the dashboard, or with the links of the mail.'
const SOMEBODY_ELSE =
  'Nothing was done: only the person whom this mail went to can answer it, from an address among their contacts in Tocsin.'

/** Beside what no alert source takes: a machine that calls itself one, which there may be a monitoring tool. */
function isAutomatic({ header }: MimeMessage, envelopeFrom: string, from: string | null): string | null {
  const subject = header('Subject') ?? ''
  const reason = automaticReason(header, { envelopeFrom, from: from ?? '', subject })
  if (reason) return reason
  const submitted = (header('Auto-Submitted') ?? 'no').trim().toLowerCase()
  if (!/^no\b/.test(submitted)) return 'a machine sent it'
  return /^\s*(bulk|list|junk)\b/i.test(header('Precedence') ?? '') ? 'it came by way of a list' : null
}

/** The same for a reply that comes again, so that its outcome is told once. */
async function replyId({ header }: MimeMessage): Promise<string> {
  const id = header('Message-ID')
  return id === null ? crypto.randomUUID() : (await sha256(`${id}\n${header('Date')}`)).slice(0, 32)
}

/** Who answers our answers by machine is not answered for long. */
async function tell(env: Env, claims: ReplyClaims, to: string, answered: Answered, id: string): Promise<void> {
  if (isDone(answered.text)) limit.reset(to)
  if (!limit.take(to, Date.now())) return
  const outcome = outcomeMail(env, claims, to, answered, id)
  const { delivery, attempts } = await send(outcome, env)
  if (delivery.outcome === 'failed') log.warn('outcome of a reply not told', { ...claims, reason: delivery.reason })
  await recordAttempts(env, [{ message: outcome, attempts }])
}

const limit = new AnswerLimit()

function readable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ').replaceAll('\0', '')
}
