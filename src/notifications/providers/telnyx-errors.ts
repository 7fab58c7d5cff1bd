/**
 * Telnyx's error codes in words that say what to do:
 * https://developers.telnyx.com/docs/messaging/messages/error-codes
 * https://developers.telnyx.com/development/api-fundamentals/api-errors
 */
export function telnyxErrorWords(code: number): string {
  if (!code) return 'Telnyx refused it without saying why'
  return `${WORDS[code] ?? `Telnyx refused it: see developers.telnyx.com/api/errors/${code}`} (${code})`
}

/** Whether another try would fail the same way. A code's own first digits say nothing about that. */
export function isTelnyxPermanent(status: number, code: number): boolean {
  return !PASSING.has(code) && status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429
}

/** Marks what is wrong with the number itself, whoever else would try it: nothing for all other codes. */
export function telnyxFault(code: number): { fault?: 'contact' } {
  return OF_THE_NUMBER.has(code) ? { fault: 'contact' } : {}
}

/**
 * Landline or not routable, refused by the number's own carrier as no number, STOP, takes no texts, and not valid. 40008 is
 * not among them: the documentation calls it a general word for "not taken", which a number in order gets too.
 */
const OF_THE_NUMBER = new Set([40001, 40012, 40300, 40301, 40310])

/** An unexpected error, a time-out, and too many requests, here or at the carrier. */
const PASSING = new Set([10007, 10008, 10011, 40002, 40006, 40011, 40014])

const WORDS: Record<number, string> = {
  10001: 'a number is not active: look at TELNYX_FROM in the Telnyx portal',
  10002: 'this is no valid phone number: correct the contact',
  10004: 'Telnyx misses a field',
  10005: 'Telnyx does not know what was asked for: check TELNYX_TEXML_APP_ID',
  10007: 'Telnyx had a problem',
  10008: 'Telnyx took too long',
  10009: 'Telnyx does not accept the key: check TELNYX_API_KEY',
  10010: 'the key may not do this: check TELNYX_API_KEY',
  10011: 'too many messages at once for this account',
  10016: 'the number must begin with + and its country',
  40001: 'this is a landline, or its carrier takes no texts',
  40002: 'the carrier took it for spam for now',
  40003: 'the carrier blocks TELNYX_FROM as spam: use another number',
  40004: 'the person’s carrier refused it and said not why',
  40005: 'it could not be delivered in time',
  40006: 'the person’s carrier is out of reach',
  40008: 'the carrier did not take it and said not why',
  40009: 'the carrier refused the text',
  40011: 'too many messages for this sender right now',
  40012: 'there is no such number: correct the contact',
  40013: 'the carrier refuses TELNYX_FROM as a sender',
  40014: 'too many messages wait at Telnyx',
  40015: 'Telnyx took it for spam',
  40100: 'TELNYX_FROM can not send texts: give it a messaging profile',
  40300: 'its owner texted STOP: they have to text START to the number first',
  40301: 'this number takes no texts: call it',
  40302: 'the text is too long',
  40305: 'TELNYX_FROM is no number of this account with a messaging profile',
  40310: 'there is no such number: correct the contact',
  40312: 'the messaging profile is disabled: enable it in the Telnyx portal',
}
