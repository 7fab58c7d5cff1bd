/**
 * The words with which a phone's owner stops texts, and asks for them again, as carriers know them:
 * https://help.twilio.com/articles/223134027-Twilio-support-for-opt-out-keywords-SMS-STOP-filtering-
 */
type OptOut = 'stop' | 'start'

const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'])
const START = new Set(['START', 'YES', 'UNSTOP'])

/** Carriers take the word only when it is the whole text; null: it is none. */
export function optOutOf(text: string): OptOut | null {
  const word = text.trim().toUpperCase()
  if (STOP.has(word)) return 'stop'
  return START.has(word) ? 'start' : null
}
