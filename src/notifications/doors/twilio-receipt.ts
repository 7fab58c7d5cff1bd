import { twilioErrorWords, twilioFault } from '../providers/twilio-errors.ts'
import type { Receipt } from '../sending.ts'

/**
 * What a status callback says of a message or a call; null: nothing final.
 * https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
 * https://www.twilio.com/docs/voice/api/call-resource#statuscallback
 */
export function receiptOf(fields: URLSearchParams): Receipt | null {
  const messageStatus = fields.get('MessageStatus')
  if (messageStatus === 'delivered') return DELIVERED
  if (messageStatus === 'undelivered' || messageStatus === 'failed') {
    const code = Number(fields.get('ErrorCode') ?? 0)
    return { ...undelivered(twilioErrorWords(code)), ...twilioFault(code) }
  }
  const answeredBy = fields.get('AnsweredBy') ?? ''
  if (answeredBy.startsWith('machine')) return undelivered('an answering machine took the call')
  if (answeredBy === 'fax') return undelivered('a fax machine took the call')
  const callStatus = fields.get('CallStatus') ?? ''
  if (callStatus === 'completed') return DELIVERED
  // Only a call that failed says so with the number at fault; it never rang.
  const code = callStatus === 'failed' ? Number(fields.get('ErrorCode') ?? 0) : 0
  if (code) return { ...undelivered(twilioErrorWords(code)), ...twilioFault(code) }
  const reason = Object.hasOwn(CALL_FAILURES, callStatus) ? CALL_FAILURES[callStatus] : undefined
  return reason ? undelivered(reason) : null
}

const DELIVERED: Receipt = { outcome: 'delivered', provider: 'twilio', reason: null }

const CALL_FAILURES: Record<string, string> = {
  busy: 'the line was busy',
  'no-answer': 'nobody took the call',
  failed: 'the call could not be put through: check the number',
  canceled: 'the call was cancelled before anybody took it',
}

function undelivered(reason: string): Receipt {
  return { outcome: 'undelivered', provider: 'twilio', reason }
}
