import { noteCapReached } from '../directory/caps.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { callOnce } from '../objects.ts'
import { type Cap, capsOf, reachedText } from './budget.ts'
import type { Message } from './channels/channel.ts'
import { checkCountry } from './phone-countries.ts'

/** Why a message must not go out, and whose rule that is; null: it may. */
export interface Refused {
  by: 'cap' | 'countries'
  reason: string
}

/** What it was counted against, so that it can be given back. */
export type Counted = Cap[]

/** A page is worth more than being counted. */
const ASKING_MS = 2_000
const BUDGET = 'deployment'

/**
 * Whether a text or a call may go out: to that country, and within the caps, against which it is counted then.
 *
 * @param paid whether a real carrier takes it
 */
export async function allowed(
  message: Message,
  env: Env,
  paid: boolean,
): Promise<{ refused: Refused | null; counted: Counted }> {
  if (message.channel !== 'SMS' && message.channel !== 'VOICE') return { refused: null, counted: [] }
  const elsewhere = await checkCountry(env, message.to)
  if (elsewhere) return { refused: { by: 'countries', reason: elsewhere }, counted: [] }
  const caps = capsOf(message.channel, env, paid)
  if (caps.length === 0) return { refused: null, counted: [] }
  const { userId } = message
  try {
    const reached = await inTime(callOnce(env.MESSAGE_BUDGET, BUDGET, (budget) => budget.spend(userId, caps)))
    if (!reached) return { refused: null, counted: caps }
    if (reached.first) await inTime(noteCapReached(env, userId, reached)).catch(() => {})
    return { refused: { by: 'cap', reason: reachedText(reached) }, counted: [] }
  } catch (error) {
    log.warn('caps could not be asked, the message goes out', { userId, error })
    return { refused: null, counted: [] }
  }
}

/** It did not go out after all. Never throws. */
export async function giveBack({ userId }: Message, env: Env, counted: Counted): Promise<void> {
  if (counted.length === 0) return
  try {
    await inTime(callOnce(env.MESSAGE_BUDGET, BUDGET, (budget) => budget.giveBack(userId, counted)))
  } catch (error) {
    log.warn('a message that did not go out stays counted', { userId, error })
  }
}

function inTime<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const tooLate = scheduler.wait(ASKING_MS).then(() => {
    throw new Error(`no answer within ${ASKING_MS / 1000} s`)
  })
  return Promise.race([asked, tooLate])
}
