import { Hono } from 'hono'
import { findSmsSource } from '../../directory/sms-sources.ts'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { parseReply } from '../../notifications/answers.ts'
import { takeAnswer } from '../../notifications/doors/sms-answers.ts'
import { cutText } from '../bounded-event.ts'
import { type DoorContext, refuse } from '../doors/door.ts'
import { NotAccepted } from '../receive.ts'
import { AnswerLimit } from './answer-limit.ts'
import { receiveSms } from './queued-sms.ts'
import type { InboundSms } from './sms.ts'
import { KEPT, NO_SOURCE, quotesAnswer, smsAnswer } from './sms-answer.ts'
import { readTwilioRequest } from './twilio-request.ts'
import { twiml } from './twiml.ts'

/**
 * Text messages, answers to pages and to alert sources, as Twilio's webhook brings them. Set as "A message comes in" of the number, and as its
 * fallback too: Twilio comes again after a failure only there.
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
  if (fields.has('OptOutType')) return twiml(null)
  const now = Date.now()
  // People's answers first, then sources.
  return (await takeAsAnswer(c.env, sms, isPagingNumber(c.env, fields), now)) ?? take(c, sms, now)
}

/** Null: it is no answer to a page. */
async function takeAsAnswer(env: Env, sms: InboundSms, toPagingNumber: boolean, now: number): Promise<Response | null> {
  try {
    const taken = await takeAnswer(env, sms, toPagingNumber)
    if (taken?.acted) limit.reset(sms.from)
    return taken && answered(taken.answer, sms, now)
  } catch (error) {
    log.warn('answer by text message not taken', { error })
    // A source's text is kept below; an answer that comes late could do what nobody wants any more.
    return toPagingNumber && parseReply(sms.text) ? answered(ANSWER_NOT_TAKEN, sms, now) : null
  }
}

const ANSWER_NOT_TAKEN = 'Not done: Tocsin has a problem. Send it again in a minute.'

/** Whether it came to the number, or to a number of the messaging service, that pages are sent from. */
function isPagingNumber({ TWILIO_FROM }: Env, fields: URLSearchParams): boolean {
  return Boolean(TWILIO_FROM) && [fields.get('To'), fields.get('MessagingServiceSid')].includes(TWILIO_FROM ?? '')
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
