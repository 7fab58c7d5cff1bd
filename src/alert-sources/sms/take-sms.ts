import { findSmsSource } from '../../directory/sms-sources.ts'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { parseReply } from '../../notifications/answers.ts'
import { takeAnswer } from '../../notifications/doors/sms-answers.ts'
import { NotAccepted } from '../receive.ts'
import { AnswerLimit } from './answer-limit.ts'
import { receiveSms } from './queued-sms.ts'
import type { InboundSms } from './sms.ts'
import { KEPT, NO_SOURCE, quotesAnswer, smsAnswer } from './sms-answer.ts'

/** What its sender is told; null: nothing. Not kept: the carrier has to bring it again. */
export type TakenSms = { kept: true; answer: string | null } | { kept: false }

/**
 * A text message, from whichever carrier: people's answers to pages first, then alert sources.
 *
 * @param toPagingNumber whether it came to the number that pages are sent from
 */
export async function takeSms(env: Env, sms: InboundSms, toPagingNumber: boolean, now: number): Promise<TakenSms> {
  return (await takeAsAnswer(env, sms, toPagingNumber, now)) ?? takeForSource(env, sms, now)
}

/** Null: it is no answer to a page. */
async function takeAsAnswer(env: Env, sms: InboundSms, toPagingNumber: boolean, now: number): Promise<TakenSms | null> {
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

async function takeForSource(env: Env, sms: InboundSms, receivedAt: number): Promise<TakenSms> {
  try {
    const { source, answerable } = await findSmsSource(env, sms)
    const answer = source
      ? smsAnswer(await receiveSms(env, source.sourceId, { ...sms, text: source.text }, receivedAt))
      : NO_SOURCE
    return answered(answerable ? answer : null, sms, receivedAt)
  } catch (error) {
    if (error instanceof NotAccepted) return { kept: false }
    log.warn('alert sources not read, queueing the text message', { error })
  }
  try {
    await env.EVENTS.send({ sms, receivedAt })
    return answered(KEPT, sms, receivedAt)
  } catch (error) {
    log.error('text message not accepted', { error })
    return { kept: false }
  }
}

/** Who answers our answers by machine is not answered for long: each costs, and may cause the next. */
function answered(answer: string | null, { from, text }: InboundSms, now: number): TakenSms {
  return { kept: true, answer: answer !== null && !quotesAnswer(text) && limit.take(from, now) ? answer : null }
}

const limit = new AnswerLimit()
