import { twilioErrorWords, twilioFault } from '../providers/twilio-errors.ts'
import type { Receipt } from '../sending.ts'
import { callReceipt } from './call-receipt.ts'

/**
 * What a status callback says of a message or a call; null: nothing final.
 * https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
 */
export function receiptOf(fields: URLSearchParams): Receipt | null {
  const messageStatus = fields.get('MessageStatus')
  if (messageStatus === 'delivered') return DELIVERED
  if (messageStatus === 'undelivered' || messageStatus === 'failed') {
    const code = Number(fields.get('ErrorCode') ?? 0)
    return { ...undelivered(twilioErrorWords(code)), ...twilioFault(code) }
  }
  // Only a call that failed says so with the number at fault; it never rang.
  const code = fields.get('CallStatus') === 'failed' ? Number(fields.get('ErrorCode') ?? 0) : 0
  return code ? { ...undelivered(twilioErrorWords(code)), ...twilioFault(code) } : callReceipt(fields, 'twilio')
}

const DELIVERED: Receipt = { outcome: 'delivered', provider: 'twilio', reason: null }

function undelivered(reason: string): Receipt {
  return { outcome: 'undelivered', provider: 'twilio', reason }
}
