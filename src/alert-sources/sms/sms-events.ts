import { type LooseEvent, oneLine } from '../bounded-event.ts'
import type { InboundSms, SmsSettings } from './sms.ts'

/** What a text message says to its alert source; or why it says nothing, in words that go on from "dropped:". */
export function smsEvent(sms: InboundSms, settings: SmsSettings | null): { event: LooseEvent } | { dropped: string } {
  const { from, to, text } = sms
  if (!settings) return { dropped: 'the alert source takes no text messages' }
  if (!mayWrite(from, settings.allowed)) return { dropped: 'its sender is not among the numbers that may write' }
  const summary = oneLine(text)
  return {
    event: {
      type: 'ALERT',
      // People don't write the same words twice: every message is its own, unless the source groups them.
      key: null,
      summary: summary || `An empty text message from ${from}`,
      details: summary === text.trim() ? null : text,
      labels: { from, to },
      customDetails: { from, to, text },
    },
  }
}

/** An empty list lets anybody write. */
export function mayWrite(from: string, allowed: string[]): boolean {
  return allowed.length === 0 || allowed.includes(from)
}
