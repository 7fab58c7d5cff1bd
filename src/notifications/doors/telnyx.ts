import { Hono } from 'hono'
import { cutText } from '../../alert-sources/bounded-event.ts'
import { type DoorContext, refuse } from '../../alert-sources/doors/door.ts'
import type { InboundSms } from '../../alert-sources/sms/sms.ts'
import { UNAVAILABLE } from '../../alert-sources/sms/sms-door.ts'
import { takeSms } from '../../alert-sources/sms/take-sms.ts'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import {
  TELNYX_ANSWER_PATH,
  TELNYX_MESSAGES_PATH,
  TELNYX_STATUS_PATH,
  TELNYX_VOICE_PATH,
  textThroughTelnyx,
} from '../providers/telnyx.ts'
import { receiveReceipt } from '../receive-receipt.ts'
import type { Receipt } from '../sending.ts'
import {
  answered,
  type CallState,
  callQuery,
  callStateOf,
  type DigitTo,
  INCOMPLETE,
  pickedUp,
} from './call-conversation.ts'
import { callReceipt } from './call-receipt.ts'
import { type CallStep, callTwiml } from './call-twiml.ts'
import { callbackUrl } from './telnyx-callback.ts'
import { messageReceipt, type TelnyxMessage, telnyxMessage } from './telnyx-receipt.ts'
import { readTelnyxCallback, readTelnyxWebhook } from './telnyx-request.ts'

/** What Telnyx says of messages and calls that we gave it, and the text messages that came to its numbers. */
export const telnyxDoor = new Hono<{ Bindings: Env }>()

telnyxDoor.post(TELNYX_VOICE_PATH, (c) => handle(c, taken))
telnyxDoor.post(TELNYX_ANSWER_PATH, (c) => handle(c, pressed))
telnyxDoor.post(TELNYX_STATUS_PATH, (c) => handle(c, reported))
telnyxDoor.post(TELNYX_MESSAGES_PATH, texted)

type Handler = (c: DoorContext, state: CallState, body: string) => Promise<Response>

async function handle(c: DoorContext, handler: Handler): Promise<Response> {
  const read = await readTelnyxCallback(c)
  if ('refused' in read) return refuse(c, read.refused)
  const state = callStateOf(new URL(c.req.url).searchParams)
  return state ? handler(c, state, read.text) : refuse(c, INCOMPLETE)
}

async function taken(c: DoorContext, state: CallState, body: string): Promise<Response> {
  const receipt = callReceipt(new URLSearchParams(body), 'telnyx')
  // To a machine nothing is said: whoever listens to it later could not press anything.
  if (receipt?.outcome === 'undelivered') {
    await receive(c.env, state, receipt)
    return say([])
  }
  const text = c.req.query('say')
  if (text !== undefined) return say([{ say: text, language: c.req.query('language') === 'de' ? 'de' : 'en' }])
  return say(await pickedUp(c.env, state, digitTo(c.env)))
}

async function pressed(c: DoorContext, state: CallState, body: string): Promise<Response> {
  const digit = new URLSearchParams(body).get('Digits') ?? ''
  return say(await answered(c.env, state, digit, digitTo(c.env)))
}

/** How a call or a text ended. */
async function reported(c: DoorContext, state: CallState, body: string): Promise<Response> {
  const message = telnyxMessage(body)
  const receipt = message ? messageReceipt(message) : callReceipt(new URLSearchParams(body), 'telnyx')
  if (receipt) await receive(c.env, state, receipt)
  return c.body(null, 204)
}

/** A text message, answered by one of ours: Telnyx takes no answer with its webhook. */
async function texted(c: DoorContext): Promise<Response> {
  const read = await readTelnyxWebhook(c)
  if ('refused' in read) return refuse(c, read.refused)
  const message = telnyxMessage(read.text)
  if (message?.event_type !== 'message.received') return c.body(null, 204)
  const sms = smsOf(message)
  if (!sms) return refuse(c, NO_NUMBERS)
  if (isForTelnyx(sms.text)) return c.body(null, 204)
  const kept = await takeSms(c.env, sms, sms.to === c.env.TELNYX_FROM, Date.now())
  if (!kept.kept) return refuse(c, UNAVAILABLE)
  if (kept.answer !== null) await reply(c.env, sms, kept.answer)
  return c.body(null, 204)
}

/** What was asked is done: a failure here must not bring the message again. */
async function reply(env: Env, { from, to }: InboundSms, answer: string): Promise<void> {
  if (!env.TELNYX_API_KEY) return
  try {
    await textThroughTelnyx(env, to, from, answer)
  } catch (error) {
    log.warn('text message not answered', { error })
  }
}

function smsOf({ payload }: TelnyxMessage): InboundSms | null {
  const from = payload.from?.phone_number
  const to = payload.to?.[0]?.phone_number
  if (!from || !to) return null
  return { from, to, messageId: payload.id, text: cutText(payload.text ?? '', TEXT_CHARACTERS) }
}

/** As many as ten joined parts have. */
const TEXT_CHARACTERS = 1600

/**
 * Words to the carrier, which answers them itself and then takes no text from us to that number:
 * https://developers.telnyx.com/api/errors/40300
 */
function isForTelnyx(text: string): boolean {
  return /^\s*(stop|stopall|stop all|end|quit|cancel|unsubscribe|start|unstop|help|info)\s*$/i.test(text)
}

function receive(env: Env, { userId, notificationId }: CallState, receipt: Receipt): Promise<void> {
  return receiveReceipt(env, userId, notificationId, receipt)
}

function digitTo(env: Env): DigitTo {
  return (state) => callbackUrl(env, TELNYX_ANSWER_PATH, callQuery(state))
}

function say(steps: CallStep[]): Response {
  return callTwiml(steps, 'alice')
}

const NO_NUMBERS = {
  status: 400 as const,
  code: 'BAD_REQUEST',
  message: 'The message says not from which number to which it went.',
}
