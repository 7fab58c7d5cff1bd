import type { Receipt } from '../sending.ts'

/**
 * What became of a call, which Telnyx says in Twilio's words; null: nothing final.
 * https://www.twilio.com/docs/voice/api/call-resource#statuscallback
 * https://developers.telnyx.com/api-reference/callbacks/texml-call-completed
 * https://developers.telnyx.com/api-reference/callbacks/texml-call-amd
 */
export function callReceipt(fields: URLSearchParams, provider: string): Receipt | null {
  const undelivered = (reason: string): Receipt => ({ outcome: 'undelivered', provider, reason })
  const answeredBy = fields.get('AnsweredBy') ?? ''
  if (answeredBy.startsWith('machine')) return undelivered('an answering machine took the call')
  if (answeredBy === 'fax') return undelivered('a fax machine took the call')
  const status = fields.get('CallStatus') ?? ''
  if (status === 'completed') return { outcome: 'delivered', provider, reason: null }
  const reason = Object.hasOwn(CALL_FAILURES, status) ? CALL_FAILURES[status] : undefined
  return reason ? undelivered(reason) : null
}

const CALL_FAILURES: Record<string, string> = {
  busy: 'the line was busy',
  'no-answer': 'nobody took the call',
  failed: 'the call could not be put through: check the number',
  canceled: 'the call was cancelled before anybody took it',
}
