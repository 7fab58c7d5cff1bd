/**
 * What a carrier is told to do in a call: https://www.twilio.com/docs/voice/twiml. Telnyx's TeXML has the same verbs:
 * https://developers.telnyx.com/docs/voice/programmable-voice/texml-twiml-compatibility
 */
export interface CallStep {
  say: string
  language: 'en' | 'de'
  /** Where the digit that is pressed meanwhile goes; without one: nothing is waited for. */
  digitTo?: string
}

/** Whose voice speaks; absent: the carrier's usual one of the language. TeXML's usual one speaks American English only. */
export type CallVoice = 'alice' | undefined

/** Says one after the other, then hangs up. */
export function callTwiml(steps: CallStep[], voice?: CallVoice): Response {
  const body = `${steps.map((each) => step(each, voice)).join('')}<Hangup/>`
  return new Response(`<?xml version="1.0" encoding="UTF-8"?><Response>${body}</Response>`, {
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
  })
}

export function sayTwiml(text: string, language: 'en' | 'de', voice?: CallVoice): string {
  const speaker = voice ? ` voice="${voice}"` : ''
  return `<Say${speaker} language="${LANGUAGES[language]}">${escaped(text)}</Say>`
}

const LANGUAGES = { en: 'en-GB', de: 'de-DE' }
const SECONDS_TO_PRESS = 6

function step({ say, language, digitTo }: CallStep, voice: CallVoice): string {
  const said = sayTwiml(say, language, voice)
  if (!digitTo) return said
  // Without a digit the carrier goes on with what follows.
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
