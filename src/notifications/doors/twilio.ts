import { Hono } from 'hono'
import { type DoorContext, refuse } from '../../alert-sources/doors/door.ts'
import { readTwilioRequest } from '../../alert-sources/sms/twilio-request.ts'
import type { Env } from '../../env.ts'
import { publicUrl } from '../../public-url.ts'
import { TWILIO_ANSWER_PATH, TWILIO_STATUS_PATH, TWILIO_VOICE_PATH } from '../providers/twilio.ts'
import { receiveReceipt } from '../receive-receipt.ts'
import {
  answered,
  type CallState,
  callQuery,
  callStateOf,
  type DigitTo,
  INCOMPLETE,
  pickedUp,
} from './call-conversation.ts'
import { callTwiml } from './call-twiml.ts'
import { receiptOf } from './twilio-receipt.ts'

/** What Twilio says of messages and calls that we gave it: that a call was taken, which digit was pressed, how it ended. */
export const twilioDoor = new Hono<{ Bindings: Env }>()

twilioDoor.post(TWILIO_VOICE_PATH, (c) => handle(c, taken))
twilioDoor.post(TWILIO_ANSWER_PATH, (c) => handle(c, pressed))
twilioDoor.post(TWILIO_STATUS_PATH, (c) => handle(c, reported))

type Handler = (c: DoorContext, state: CallState, fields: URLSearchParams) => Promise<Response>

/** Twilio signs the whole address, and where the call is is in its query. */
async function handle(c: DoorContext, handler: Handler): Promise<Response> {
  const read = await readTwilioRequest(c)
  if ('refused' in read) return refuse(c, read.refused)
  const state = callStateOf(new URL(c.req.url).searchParams)
  return state ? handler(c, state, read.fields) : refuse(c, INCOMPLETE)
}

async function taken(c: DoorContext, state: CallState, fields: URLSearchParams): Promise<Response> {
  const receipt = receiptOf(fields)
  // To a machine nothing is said: whoever listens to it later could not press anything.
  if (receipt?.outcome === 'undelivered') {
    await receiveReceipt(c.env, state.userId, state.notificationId, receipt)
    return callTwiml([])
  }
  return callTwiml(await pickedUp(c.env, state, digitTo(c.env)))
}

async function pressed(c: DoorContext, state: CallState, fields: URLSearchParams): Promise<Response> {
  return callTwiml(await answered(c.env, state, fields.get('Digits') ?? '', digitTo(c.env)))
}

/** How it ended. */
async function reported(c: DoorContext, state: CallState, fields: URLSearchParams): Promise<Response> {
  const receipt = receiptOf(fields)
  if (receipt) await receiveReceipt(c.env, state.userId, state.notificationId, receipt)
  return c.body(null, 204)
}

function digitTo(env: Env): DigitTo {
  return async (state) => `${publicUrl(env)}${TWILIO_ANSWER_PATH}?${new URLSearchParams(callQuery(state))}`
}
