import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { call } from '../../objects.ts'
import { isDone } from '../answers.ts'
import type { CallScript } from '../call-script.ts'
import { CALL_TEXTS } from '../channels/voice-texts.ts'
import type { CallStep } from './call-twiml.ts'

/**
 * What is said in a call and what its digits do, whoever carries it. A carrier's door verifies who asks, and says where the
 * next digit goes.
 */

/** Where a call is. All of it is in the address that the carrier calls, and what vouches for that is the door's. */
export interface CallState {
  userId: number
  notificationId: string
  /** What was read out and is asked about: an incident, or all that wait (a bundle). Null: nothing yet. */
  about: number | 'all' | null
  /** Incidents that this call is through with. */
  done: number[]
  /** How often one was read again. */
  repeats: number
}

/** The address that the carrier calls with the digit. */
export type DigitTo = (state: CallState) => Promise<string>

/** Nobody listens to more at once. */
const INCIDENTS_PER_CALL = 10
const REPEATS_PER_CALL = 10

/** The moment of pick-up. What is over by now is not asked about. */
export function pickedUp(env: Env, state: CallState, digitTo: DigitTo): Promise<CallStep[]> {
  return speak(async () => ask(state, await scriptOf(env, state, state.notificationId), digitTo))
}

export function answered(env: Env, state: CallState, digit: string, digitTo: DigitTo): Promise<CallStep[]> {
  return speak(() =>
    state.about === 'all' ? answeredAll(env, state, digit, digitTo) : answeredOne(env, state, digit, digitTo),
  )
}

async function answeredOne(env: Env, state: CallState, digit: string, digitTo: DigitTo): Promise<CallStep[]> {
  const incidentId = typeof state.about === 'number' ? state.about : 0
  const said = digit === '0' ? null : await answer(env, state, digit, incidentId)
  const same = await scriptOf(env, state, String(incidentId))
  const steps = said === null ? [] : [answeredStep(said, same)]
  // Still waiting: to be read again, or the digit could not do what it means.
  if (same.incidentId !== null && state.repeats < REPEATS_PER_CALL) {
    return [...steps, ...(await ask({ ...state, repeats: state.repeats + 1 }, same, digitTo))]
  }
  return [...steps, ...(await next(env, { ...state, done: [...state.done, incidentId] }, same.language, digitTo))]
}

/** 1 and 2 are for all that wait, 3 is to hear them one by one. */
async function answeredAll(env: Env, state: CallState, digit: string, digitTo: DigitTo): Promise<CallStep[]> {
  const said = digit === '1' || digit === '2' ? await answer(env, state, digit, null) : null
  const script = await scriptOf(env, state, state.notificationId)
  const steps = said === null ? [] : [answeredStep(said, script)]
  if (digit === '3') return next(env, state, script.language, digitTo)
  // The last of many may still be on their way to being answered.
  if (said !== null && isDone(said)) return [...steps, goodbye(script.language)]
  if (state.repeats >= REPEATS_PER_CALL) return [...steps, goodbye(script.language)]
  return [...steps, ...(await ask({ ...state, repeats: state.repeats + 1 }, script, digitTo))]
}

/** What else waits, if this call has not gone on for long enough. */
async function next(env: Env, state: CallState, language: 'en' | 'de', digitTo: DigitTo): Promise<CallStep[]> {
  const { userId, done } = state
  const script =
    done.length < INCIDENTS_PER_CALL
      ? await call(env.PAGER, String(userId), (pager) => pager.nextCallScript(done))
      : null
  if (!script) return [goodbye(language)]
  const first = done.length === 0
  const announced = first ? [] : [{ say: CALL_TEXTS[script.language].next, language: script.language }]
  return [...announced, ...(await ask(state, script, digitTo))]
}

/** Asks twice, for somebody just woken, and then hangs up. What is over is only said. */
async function ask(state: CallState, script: CallScript, digitTo: DigitTo): Promise<CallStep[]> {
  const { language, text } = script
  const about = script.all ? 'all' : script.incidentId
  if (about === null) return [{ say: text, language }, goodbye(language)]
  const step = { say: text, language, digitTo: await digitTo({ ...state, about }) }
  return [step, step, goodbye(language)]
}

function scriptOf(env: Env, { userId }: CallState, notificationId: string): Promise<CallScript> {
  return call(env.PAGER, String(userId), (pager) => pager.callScript(notificationId))
}

function answer(env: Env, { userId }: CallState, digit: string, incidentId: number | null): Promise<string> {
  return call(env.PAGER, String(userId), (pager) => pager.answer({ digit, incidentId }, 'voice'))
}

function answeredStep(said: string, { language }: CallScript): CallStep {
  return { say: CALL_TEXTS[language].answered(said), language }
}

function goodbye(language: 'en' | 'de'): CallStep {
  return { say: CALL_TEXTS[language].goodbye, language }
}

async function speak(steps: () => Promise<CallStep[]>): Promise<CallStep[]> {
  try {
    return await steps()
  } catch (error) {
    log.error('call not gone on with', { error })
    return [{ say: CALL_TEXTS.en.failed, language: 'en' }]
  }
}

export function callQuery({ userId, notificationId, about, done, repeats }: CallState): Record<string, string> {
  return {
    ...{ user: String(userId), notification: notificationId, incident: String(about ?? 0) },
    ...{ done: done.join('-'), repeats: String(repeats) },
  }
}

/** Null: the address names no user or no notification. */
export function callStateOf(query: URLSearchParams): CallState | null {
  const userId = Number(query.get('user'))
  const notificationId = query.get('notification')
  if (!Number.isSafeInteger(userId) || userId < 1 || !notificationId) return null
  const incident = query.get('incident')
  return {
    userId,
    notificationId,
    about: incident === 'all' ? 'all' : Number(incident) || null,
    done: (query.get('done') ?? '').split('-').filter(Boolean).map(Number),
    repeats: Number(query.get('repeats') ?? 0),
  }
}

export const INCOMPLETE = {
  status: 400 as const,
  code: 'BAD_REQUEST',
  message: 'The address names no user or no notification.',
}
