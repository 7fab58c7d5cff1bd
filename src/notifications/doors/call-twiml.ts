/** What Twilio is told to do in a call: https://www.twilio.com/docs/voice/twiml */
export interface CallStep {
  say: string
  language: 'en' | 'de'
  /** Where the digit that is pressed meanwhile goes; without one: nothing is waited for. */
  digitTo?: string
}

/** Says one after the other, then hangs up. */
export function callTwiml(steps: CallStep[]): Response {
  const body = `${steps.map(step).join('')}<Hangup/>`
  return new Response(`<?xml version="1.0" encoding="UTF-8"?><Response>${body}</Response>`, {
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
  })
}

export function sayTwiml(text: string, language: 'en' | 'de'): string {
  return `<Say language="${VOICES[language]}">${escaped(text)}</Say>`
}

const VOICES = { en: 'en-GB', de: 'de-DE' }
const SECONDS_TO_PRESS = 6

function step({ say, language, digitTo }: CallStep): string {
  const said = sayTwiml(say, language)
  if (!digitTo) return said
  // Without a digit Twilio goes on with what follows.
  return `<Gather input="dtmf" numDigits="1" timeout="${SECONDS_TO_PRESS}" method="POST" action="${escaped(digitTo)}">${said}</Gather>`
}

function escaped(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
