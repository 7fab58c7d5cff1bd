import type { EventResult, Received } from '../receive.ts'

/** What the sender of a text message is told about it. */
export function smsAnswer(received: Received): string {
  if (!received.taken) {
    return received.refusal === 'rate'
      ? `Not taken: too many messages came. Send it again in ${received.retryAfterSeconds} seconds.`
      : NO_SOURCE
  }
  const [result] = received.results
  if (!result) return `Nothing was opened: ${received.ignored ?? 'the message says nothing'}.`
  return answerOf(result)
}

/** The same whatever is wrong, so that nobody learns what there is by trying. */
export const NO_SOURCE = 'This number does not take messages.'

export const KEPT = 'Received. It is being worked on.'

function answerOf(result: EventResult): string {
  switch (result.outcome) {
    case 'opened':
      return `${result.incident.reference} is open, and who is on call is being told.`
    case 'appended':
    case 'already-accepted':
      return `Added to ${result.incident.reference}, which is open already.`
    case 'collected':
      return `Added to ${result.incident.reference}, which collects what comes while too many incidents are open.`
    case 'accepted':
      return `${result.incident.reference} is accepted.`
    case 'resolved':
      return `${result.incident.reference} is resolved.`
    case 'queued':
      return KEPT
    case 'no-open-incident':
      return 'Nothing was opened: there is no open incident that this is about.'
    case 'dropped':
    case 'suppressed':
      return `Nothing was opened: ${result.reason}.`
  }
}
