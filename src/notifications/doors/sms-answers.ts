import type { InboundSms } from '../../alert-sources/sms/sms.ts'
import { findSmsSource } from '../../directory/sms-sources.ts'
import { noteStop } from '../../directory/users/sms-stop.ts'
import { findUsersByPhone } from '../../directory/users/users-by-phone.ts'
import type { Env } from '../../env.ts'
import { call } from '../../objects.ts'
import { isDone, parseReply } from '../answers.ts'
import { optOutOf } from '../opt-out.ts'

/** A text message that was no alert source's. `acted`: it did something, so its sender is a person who means it. */
export interface TakenAnswer {
  answer: string | null
  acted: boolean
}

/**
 * Answers of people who were paged: what reads as one, and whatever else comes to the number that pages are sent from.
 * Null: it is for alert sources. Throws where D1 or the person's Pager can't be reached.
 */
export async function takeAnswer(env: Env, sms: InboundSms, toPagingNumber: boolean): Promise<TakenAnswer | null> {
  if (toPagingNumber && (await takeOptOut(env, sms))) return { answer: null, acted: false }
  const isAnswer = parseReply(sms.text) !== null
  if (!isAnswer && !toPagingNumber) return null
  const users = await findUsersByPhone(env, sms.from)
  const isTheirs = isAnswer && users.length > 0
  if (!isTheirs && (!toPagingNumber || (await findSmsSource(env, sms)).source)) return null
  const userId = await whoIsMeant(env, users)
  // A stranger learns nothing, and is not paid for.
  if (userId === null) return { answer: null, acted: false }
  const answer = await call(env.PAGER, String(userId), (pager) => pager.answer({ text: sms.text }, 'sms'))
  return { answer, acted: isDone(answer) }
}

/** STOP and START, which the carrier answers itself. False: it is something else, as a YES that nothing was stopped before. */
export async function takeOptOut(env: Env, { from, text }: Pick<InboundSms, 'from' | 'text'>): Promise<boolean> {
  const said = optOutOf(text)
  if (said === null) return false
  const changed = await noteStop(env, from, said === 'stop')
  return said === 'stop' ? changed !== null : changed === true
}

/** A number that several share is the one's who has open pages. */
async function whoIsMeant(env: Env, users: number[]): Promise<number | null> {
  const [first = null] = users
  if (users.length < 2) return first
  for (const userId of users) {
    if (await call(env.PAGER, String(userId), (pager) => pager.hasOpenPages())) return userId
  }
  return first
}
