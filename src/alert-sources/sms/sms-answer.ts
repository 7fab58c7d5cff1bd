import { oneLine } from '../bounded-event.ts'
import type { KeptResult, Received } from '../receive.ts'

/**
 * What the sender of a text message is told about it. Null: nothing, because it joined an open incident: where a machine
 * answers our answers in the same words each time, that is the end of it.
 */
export function smsAnswer(received: Received<KeptResult>): string | null {
  if (!received.taken) {
    return received.refusal === 'rate'
      ? `${TOO_MANY}. Send it again in ${received.retryAfterSeconds} seconds.`
      : NO_SOURCE
  }
  const [result] = received.results
  if (!result) return `${NOTHING}: ${received.ignored ?? 'the message says nothing'}.`
  return answerOf(result)
}

/** The same whatever is wrong, so that nobody learns what there is by trying. */
export const NO_SOURCE = 'This number does not take messages.'

export const KEPT = 'Received. It is being worked on.'

const OPENED = 'is open, and who is on call is being told.'
const NOTHING = 'No incident was opened'
const TOO_MANY = 'Not taken: too many messages came'

const WORDINGS = [NO_SOURCE, KEPT, OPENED, NOTHING, TOO_MANY].map((wording) => wording.toLowerCase())

/** Whether a text repeats what only an answer of ours says: a machine sent it, and an answer would make it send another. */
export function quotesAnswer(text: string): boolean {
  const said = oneLine(text).toLowerCase()
  return WORDINGS.some((wording) => said.includes(wording))
}

function answerOf(result: KeptResult): string | null {
  switch (result.outcome) {
    case 'opened':
      return `${result.incident.reference} ${OPENED}`
    case 'appended':
    case 'already-accepted':
      return null
    case 'collected':
      return `Added to ${result.incident.reference}, which collects what comes while too many incidents are open.`
    case 'accepted':
      return `${result.incident.reference} is accepted.`
    case 'resolved':
      return `${result.incident.reference} is resolved.`
    case 'queued':
      return KEPT
    case 'no-open-incident':
      return `${NOTHING}: there is no open incident that this is about.`
    case 'dropped':
    case 'suppressed':
      return `${NOTHING}: ${result.reason}.`
  }
}
