import { Hono } from 'hono'
import { findSmsSource } from '../../directory/sms-sources.ts'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { publicUrl } from '../../public-url.ts'
import { cutText } from '../bounded-event.ts'
import { type DoorContext, readBody, refuse } from '../doors/door.ts'
import { NotAccepted } from '../receive.ts'
import { AnswerLimit } from './answer-limit.ts'
import { receiveSms } from './queued-sms.ts'
import type { InboundSms } from './sms.ts'
import { KEPT, NO_SOURCE, quotesAnswer, smsAnswer } from './sms-answer.ts'
import { isTwilioSignature } from './twilio-signature.ts'
import { twiml } from './twiml.ts'

/**
 * Text messages to alert sources, as Twilio's webhook brings them. Set as "A message comes in" of the number, and as its
 * fallback too: Twilio comes again after a failure only there.
 */
export const smsDoor = new Hono<{ Bindings: Env }>()

smsDoor.post('/api/v1/sms/twilio', handle)

async function handle(c: DoorContext): Promise<Response> {
  const read = await readBody(c.req.raw)
  if ('refused' in read) return refuse(c, read.refused)
  const fields = new URLSearchParams(read.text)
  if (!c.env.TWILIO_AUTH_TOKEN) return refuse(c, NOT_SET_UP)
  const { pathname, search } = new URL(c.req.url)
  const url = publicUrl(c.env, c.req.raw) + pathname + search
  if (!(await isTwilioSignature(c.req.header('X-Twilio-Signature'), c.env.TWILIO_AUTH_TOKEN, url, fields)))
    return refuse(c, WRONG_SIGNATURE)

  const sms = smsOf(fields)
  if (!sms) return refuse(c, INCOMPLETE)
  // STOP, START and HELP to the carrier, which has answered them itself.
  if (fields.has('OptOutType')) return twiml(null)
  return take(c, sms, Date.now())
}

async function take(c: DoorContext, sms: InboundSms, receivedAt: number): Promise<Response> {
  try {
    const { source, answerable } = await findSmsSource(c.env, sms)
    const answer = source
      ? smsAnswer(await receiveSms(c.env, source.sourceId, { ...sms, text: source.text }, receivedAt))
      : NO_SOURCE
    return answerable ? answered(answer, sms, receivedAt) : twiml(null)
  } catch (error) {
    if (error instanceof NotAccepted) return refuse(c, UNAVAILABLE)
    log.warn('alert sources not read, queueing the text message', { error })
  }
  try {
    await c.env.EVENTS.send({ sms, receivedAt })
    return answered(KEPT, sms, receivedAt)
  } catch (error) {
    log.error('text message not accepted', { error })
    return refuse(c, UNAVAILABLE)
  }
}

/** Who answers our answers by machine is not answered for long: each costs, and may cause the next. */
function answered(answer: string | null, { from, text }: InboundSms, now: number): Response {
  return twiml(answer !== null && !quotesAnswer(text) && limit.take(from, now) ? answer : null)
}

const limit = new AnswerLimit()

/** Null where a field that must be there is not. */
function smsOf(fields: URLSearchParams): InboundSms | null {
  const from = fields.get('From')?.trim()
  const to = fields.get('To')?.trim()
  const messageId = fields.get('MessageSid')?.trim() || fields.get('SmsMessageSid')?.trim()
  if (!from || !to || !messageId) return null
  const tooLong = [from, to, messageId].some((text) => text.length > FIELD_CHARACTERS)
  // Twilio joins the parts of a long message; more than this it never sends.
  return tooLong ? null : { from, to, messageId, text: cutText(fields.get('Body') ?? '', TEXT_CHARACTERS) }
}

const FIELD_CHARACTERS = 100
const TEXT_CHARACTERS = 1600

const NOT_SET_UP = {
  status: 403 as const,
  code: 'SMS_NOT_SET_UP',
  message:
    'This deployment takes no text messages: set TWILIO_AUTH_TOKEN with `wrangler secret put TWILIO_AUTH_TOKEN`.',
}

const WRONG_SIGNATURE = {
  status: 403 as const,
  code: 'SIGNATURE_ERROR',
  message:
    'The signature is missing or was not made by Twilio for this address. TWILIO_AUTH_TOKEN must be that of the number’s account, and PUBLIC_URL must be how the webhook names this deployment.',
}

const INCOMPLETE = {
  status: 400 as const,
  code: 'BAD_REQUEST',
  message: 'From, To or MessageSid is missing or too long.',
}

const UNAVAILABLE = {
  status: 503 as const,
  code: 'UNAVAILABLE',
  message: 'The message could not be kept. Send it again.',
  retryAfterSeconds: 10,
}
