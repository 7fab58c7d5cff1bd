import { describe, it } from 'vitest'
import { isTwilioSignature } from './twilio-signature.ts'

/** Twilio's own example, from its documentation of request validation. */
const TOKEN = '12345'
const URL_ = 'https://mycompany.com/myapp.php?foo=1&bar=2'
const SIGNATURE = 'RSOYDt4T1cUTdK1PDd93/VVr8B8='
const FIELDS = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
}

const of = (fields: Record<string, string>) => new URLSearchParams(fields)

describe('the signature of Twilio', () => {
  it('is that of its documentation, in whatever order the fields come', async ({ expect }) => {
    expect(await isTwilioSignature(SIGNATURE, TOKEN, URL_, of(FIELDS))).toBe(true)
    expect(await isTwilioSignature(SIGNATURE, TOKEN, URL_, new URLSearchParams([...of(FIELDS)].reverse()))).toBe(true)
  })

  it.for([
    ['another token', SIGNATURE, '12346', URL_, FIELDS],
    ['another address', SIGNATURE, TOKEN, 'https://mycompany.com/myapp.php?foo=1', FIELDS],
    ['another field', SIGNATURE, TOKEN, URL_, { ...FIELDS, Digits: '1235' }],
    ['one field more', SIGNATURE, TOKEN, URL_, { ...FIELDS, Body: 'x' }],
    ['half of it', SIGNATURE.slice(0, 14), TOKEN, URL_, FIELDS],
    ['no base64', '!!!', TOKEN, URL_, FIELDS],
    ['none', null, TOKEN, URL_, FIELDS],
  ] as const)('is not taken: %s', async ([, signature, token, url, fields], { expect }) => {
    expect(await isTwilioSignature(signature, token, url, of(fields))).toBe(false)
  })
})
