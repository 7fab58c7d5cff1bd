import { cutText } from '../../alert-sources/bounded-event.ts'
import { askIncident } from '../../ask-incident.ts'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import { call } from '../../objects.ts'
import type { ReplyClaims } from './reply-address.ts'
import type { MailAnswer } from './reply-text.ts'

/** What came of a reply, in words for the person. */
export interface Answered {
  text: string
  /** Null: the incident is no longer known. */
  incident: { reference: string; summary: string } | null
}

/** Does what a person's reply says. Throws where the incident or the person's Pager can't be reached. */
export async function answerByMail(
  env: Env,
  { userId, incidentId }: ReplyClaims,
  name: string,
  reply: MailAnswer,
): Promise<Answered> {
  const incident = await call(env.INCIDENT, String(incidentId), (stub) => stub.describe())
  if (!incident) return { text: 'This incident does not exist any more.', incident }
  const { reference, status, resolvedBy } = incident
  const answered = (text: string) => ({ text, incident })
  if (!reply) return answered(`Your reply says nothing new. ${HOW}`)
  if ('comment' in reply) {
    const act = { type: 'comment', text: cutText(reply.comment, LIMITS.commentCharacters) } as const
    const { outcome, message } = await askIncident(env, incidentId, act, {
      type: 'user',
      userId,
      name,
      channel: 'email',
    })
    if (outcome !== 'done') return answered(`${message}.`)
    return answered(`Your reply is now a comment on ${reference}.${status === 'RESOLVED' ? '' : ` ${HOW}`}`)
  }
  // The Pager may have forgotten the page by then, and who resolved it.
  if (status === 'RESOLVED') {
    const by = resolvedBy === null ? '' : ` by ${resolvedBy === name ? 'you' : resolvedBy}`
    return answered(`${reference} was already resolved${by}.`)
  }
  const { act: action } = reply
  return answered(await call(env.PAGER, String(userId), (pager) => pager.answer({ action, incidentId }, 'email')))
}

const HOW = 'To act, reply with one word on the first line: accept, resolve or escalate.'
