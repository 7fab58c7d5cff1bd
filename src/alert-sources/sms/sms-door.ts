import { Hono } from 'hono'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { takeOptOut } from '../../notifications/doors/sms-answers.ts'
import { cutText } from '../bounded-event.ts'
import { type DoorContext, refuse } from '../doors/door.ts'
import type { InboundSms } from './sms.ts'
import { takeSms } from './take-sms.ts'
import { readTwilioRequest } from './twilio-request.ts'
import { twiml } from './twiml.ts'

/**
 * Text messages, answers to pages and to alert sources, as Twilio's webhook brings them. Set as "A message comes in" of the
 * number, and as its fallback too: Twilio comes again after a failure only there.
 */
export const smsDoor = new Hono<{ Bindings: Env }>()

smsDoor.post('/api/v1/sms/twilio', handle)

async function handle(c: DoorContext): Promise<Response> {
  const read = await readTwilioRequest(c)
  if ('refused' in read) return refuse(c, read.refused)
  const { fields } = read
  const sms = smsOf(fields)
  if (!sms) return refuse(c, INCOMPLETE)
  // STOP, START and HELP to the carrier, which has answered them itself.
  const optOut = fields.get('OptOutType')
  if (optOut !== null) return optedOut(c, sms, optOut)
  const taken = await takeSms(c.env, sms, isPagingNumber(c.env, fields), Date.now())
  return taken.kept ? twiml(taken.answer) : refuse(c, UNAVAILABLE)
}

async function optedOut(c: DoorContext, { from }: InboundSms, text: string): Promise<Response> {
  try {
    await takeOptOut(c.env, { from, text })
    return twiml(null)
  } catch (error) {
    log.error('STOP or START could not be kept', { error })
    return refuse(c, UNAVAILABLE)
  }
}

/** Whether it came to the number, or to a number of the messaging service, that pages are sent from. */
function isPagingNumber({ TWILIO_FROM }: Env, fields: URLSearchParams): boolean {
  return Boolean(TWILIO_FROM) && [fields.get('To'), fields.get('MessagingServiceSid')].includes(TWILIO_FROM ?? '')
}

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

const INCOMPLETE = {
  status: 400 as const,
  code: 'BAD_REQUEST',
  message: 'From, To or MessageSid is missing or too long.',
}

export const UNAVAILABLE = {
  status: 503 as const,
  code: 'UNAVAILABLE',
  message: 'The message could not be kept. Send it again.',
  retryAfterSeconds: 10,
}
