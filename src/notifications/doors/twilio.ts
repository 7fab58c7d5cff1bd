import { Hono } from 'hono'
import { type DoorContext, refuse } from '../../alert-sources/doors/door.ts'
import { readTwilioRequest } from '../../alert-sources/sms/twilio-request.ts'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { call } from '../../objects.ts'
import { publicUrl } from '../../public-url.ts'
import type { CallScript } from '../call-script.ts'
import { CALL_TEXTS } from '../channels/voice-texts.ts'
import { TWILIO_ANSWER_PATH, TWILIO_STATUS_PATH, TWILIO_VOICE_PATH } from '../providers/twilio.ts'
import { receiveReceipt } from '../receive-receipt.ts'
import { type CallStep, callTwiml } from './call-twiml.ts'
import { receiptOf } from './twilio-receipt.ts'

/** What Twilio says of messages and calls that we gave it: that a call was taken, which digit was pressed, how it ended. */
export const twilioDoor = new Hono<{ Bindings: Env }>()

twilioDoor.post(TWILIO_VOICE_PATH, (c) => handle(c, pickedUp))
twilioDoor.post(TWILIO_ANSWER_PATH, (c) => handle(c, answered))
twilioDoor.post(TWILIO_STATUS_PATH, (c) => handle(c, reported))

/** Where a call is. All of it is in the address, which Twilio signs. */
interface Callback {
  userId: number
  notificationId: string
  /** The incident that was read out. */
  incidentId: number
  /** Incidents that this call is through with. */
  done: number[]
  /** How often one was read again. */
  repeats: number
}

type Handler = (c: DoorContext, callback: Callback, fields: URLSearchParams) => Promise<Response>

/** Nobody listens to more at once. */
const INCIDENTS_PER_CALL = 10
const REPEATS_PER_CALL = 10

async function handle(c: DoorContext, handler: Handler): Promise<Response> {
  const read = await readTwilioRequest(c)
  if ('refused' in read) return refuse(c, read.refused)
  const callback = callbackOf(new URL(c.req.url).searchParams)
  return callback ? handler(c, callback, read.fields) : refuse(c, INCOMPLETE)
}

/** The moment of pick-up. What is over by now is not asked about. */
async function pickedUp(c: DoorContext, callback: Callback, fields: URLSearchParams): Promise<Response> {
  const receipt = receiptOf(fields)
  // To a machine nothing is said: whoever listens to it later could not press anything.
  if (receipt?.outcome === 'undelivered') {
    await receiveReceipt(c.env, callback.userId, callback.notificationId, receipt)
    return callTwiml([])
  }
  return speak(async () => {
    const script = await call(c.env.PAGER, String(callback.userId), (pager) =>
      pager.callScript(callback.notificationId),
    )
    return ask(c.env, callback, script)
  })
}

async function answered(c: DoorContext, callback: Callback, fields: URLSearchParams): Promise<Response> {
  const { userId, incidentId, repeats } = callback
  const digit = fields.get('Digits') ?? ''
  const { PAGER } = c.env
  const name = String(userId)
  return speak(async () => {
    const steps: CallStep[] = []
    if (digit !== '0') {
      const said = await call(PAGER, name, (pager) => pager.answer({ digit, incidentId }, 'voice'))
      steps.push({ say: said, language: 'en' })
    }
    // Still waiting: to be read again, or the digit could not do what it means.
    const same = await call(PAGER, name, (pager) => pager.callScript(String(incidentId)))
    if (same.incidentId !== null && repeats < REPEATS_PER_CALL) {
      return [...steps, ...ask(c.env, { ...callback, repeats: repeats + 1 }, same)]
    }
    const done = [...callback.done, incidentId]
    const next =
      done.length < INCIDENTS_PER_CALL ? await call(PAGER, name, (pager) => pager.nextCallScript(done)) : null
    if (!next) return [...steps, { say: CALL_TEXTS[same.language].goodbye, language: same.language }]
    const { language } = next
    return [...steps, { say: CALL_TEXTS[language].next, language }, ...ask(c.env, { ...callback, done }, next)]
  })
}

/** How it ended. */
async function reported(c: DoorContext, callback: Callback, fields: URLSearchParams): Promise<Response> {
  const receipt = receiptOf(fields)
  if (receipt) await receiveReceipt(c.env, callback.userId, callback.notificationId, receipt)
  return c.body(null, 204)
}

/** Asks twice, for somebody just woken, and then hangs up. What is over is only said. */
function ask(env: Env, { userId, notificationId, done, repeats }: Callback, script: CallScript): CallStep[] {
  const { language, incidentId, text } = script
  const goodbye = { say: CALL_TEXTS[language].goodbye, language }
  if (incidentId === null) return [{ say: text, language }, goodbye]
  const query = new URLSearchParams({
    ...{ user: String(userId), notification: notificationId, incident: String(incidentId) },
    ...{ done: done.join('-'), repeats: String(repeats) },
  })
  const step = { say: text, language, digitTo: `${publicUrl(env)}${TWILIO_ANSWER_PATH}?${query}` }
  return [step, step, goodbye]
}

async function speak(steps: () => Promise<CallStep[]>): Promise<Response> {
  try {
    return callTwiml(await steps())
  } catch (error) {
    log.error('call not gone on with', { error })
    return callTwiml([{ say: CALL_TEXTS.en.failed, language: 'en' }])
  }
}

function callbackOf(query: URLSearchParams): Callback | null {
  const userId = Number(query.get('user'))
  const notificationId = query.get('notification')
  if (!Number.isSafeInteger(userId) || userId < 1 || !notificationId) return null
  return {
    userId,
    notificationId,
    incidentId: Number(query.get('incident') ?? 0),
    done: (query.get('done') ?? '').split('-').filter(Boolean).map(Number),
    repeats: Number(query.get('repeats') ?? 0),
  }
}

const INCOMPLETE = {
  status: 400 as const,
  code: 'BAD_REQUEST',
  message: 'The address names no user or no notification.',
}
