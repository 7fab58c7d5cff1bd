/** Twilio's error codes in words that say what to do: https://www.twilio.com/docs/api/errors */
export function twilioErrorWords(code: number): string {
  if (!code) return 'Twilio refused it without saying why'
  return `${WORDS[code] ?? `Twilio refused it: see twilio.com/docs/api/errors/${code}`} (${code})`
}

/** Whether another try would fail the same way. */
export function isPermanent(status: number, code: number): boolean {
  return !PASSING.has(code) && status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** Marks what is wrong with the number itself, whoever else would try it: nothing for all other codes. */
export function twilioFault(code: number): { fault?: 'contact'; stopped?: true } {
  if (code === STOPPED) return { fault: 'contact', stopped: true }
  return OF_THE_NUMBER.has(code) ? { fault: 'contact' } : {}
}

/** Its owner texted STOP. */
const STOPPED = 21610

/**
 * No such number, no mobile, STOP, not to be called, gone for good, and a landline. Not 30003: a phone that is off is on
 * again tomorrow. 13223 and 13224 are what a call's number is found to be when it is dialled.
 */
const OF_THE_NUMBER = new Set([13223, 13224, 21211, 21214, 21217, 21610, 21614, 30005, 30006])

/** Too many requests, too many at once, and a full queue. */
const PASSING = new Set([20429, 14107, 30001, 30022])

const WORDS: Record<number, string> = {
  13223: 'this is no valid phone number: correct the contact',
  13224: 'this number can not be called: correct the contact',
  20003: 'Twilio does not accept the credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
  20005: 'the Twilio account is not active: see its console',
  20404: 'Twilio does not know the account: check TWILIO_ACCOUNT_SID',
  20429: 'too many messages at once for this account',
  21210: 'Twilio does not know TWILIO_FROM as a number to call from: buy or verify it',
  21211: 'there is no such number',
  21212: 'TWILIO_FROM is no valid sender',
  21214: 'this number can not be called: correct the contact',
  21215: 'calls to this country are not allowed: allow it in Twilio’s voice geographic permissions',
  21216: 'Twilio does not call this number',
  21217: 'this is no valid phone number: correct the contact',
  21219: 'a trial account reaches verified numbers only: verify it or upgrade',
  21408: 'texts to this country are not allowed: allow it in Twilio’s SMS geographic permissions',
  21606: 'TWILIO_FROM can not send texts to this number: use a number of the account that can',
  21608: 'a trial account reaches verified numbers only: verify it or upgrade',
  21609: 'Twilio can not reach PUBLIC_URL: it must be a public address',
  21610: 'its owner texted STOP: they have to text START to the number first',
  21612: 'TWILIO_FROM can not reach this number: use another sender for its country',
  21614: 'this is no mobile number: correct the contact, or call it',
  21617: 'the text is too long',
  21659: 'TWILIO_FROM is no number of this account',
  30001: 'too many messages wait at Twilio',
  30002: 'the Twilio account is suspended: see its console',
  30003: 'the phone is switched off or out of reach',
  30004: 'the message was blocked by the person or their carrier',
  30005: 'the number does not exist any more: correct the contact',
  30006: 'this is a landline, or its carrier takes no texts',
  30007: 'the carrier took it for spam: register the sender with Twilio',
  30008: 'the carrier did not deliver it and said not why',
  30022: 'too many messages for this sender right now',
  30034: 'the sender is not registered for the United States: register it with Twilio',
}
