import { type LooseEvent, oneLine } from '../bounded-event.ts'
import type { GroupingMode } from '../config.ts'
import type { InboundSms, SmsSettings } from './sms.ts'
import { quotesAnswer } from './sms-answer.ts'

/** What a text message says to its alert source; or why it says nothing, in words that go on from "dropped:". */
export function smsEvent(
  sms: InboundSms,
  settings: SmsSettings | null,
  grouping: GroupingMode,
): { event: LooseEvent } | { dropped: string } {
  const { from, to, text } = sms
  if (!settings) return { dropped: 'the alert source takes no text messages' }
  if (!mayWrite(from, settings.allowed)) return { dropped: 'its sender is not among the numbers that may write' }
  if (quotesAnswer(text)) return { dropped: 'it quotes an answer to a text message, as automatic replies do' }
  const summary = oneLine(text)
  return {
    event: {
      type: 'ALERT',
      // People don't write the same words twice, but machines do: each automatic reply to an answer of ours would open an
      // incident of its own. A key would take the place of the summary, so it is left out where that groups all senders.
      key: grouping === 'by-summary' ? null : `sms:${from}:${summary}`,
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
