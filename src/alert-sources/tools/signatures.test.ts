import { describe, expect, it } from 'vitest'
import { hmac, hmacHex } from './reading.fixtures.ts'
import { fromBase64, isHmacSha256, isSecret } from './signatures.ts'

describe('an HMAC', () => {
  it('is that of RFC 4231’s second case', async () => {
    const digest = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
    expect(await isHmacSha256(digest, 'what do ya want for nothing?', 'Jefe')).toBe(true)
    expect(await isHmacSha256(digest.toUpperCase(), 'what do ya want for nothing?', 'Jefe')).toBe(true)
    expect(await isHmacSha256(digest, 'what do ya want for nothing!', 'Jefe')).toBe(false)
  })

  it('may come in base64', async () => {
    const digest = btoa(String.fromCharCode(...(await hmac('text', new TextEncoder().encode('key')))))
    expect(await isHmacSha256(digest, 'text', 'key', 'base64')).toBe(true)
    expect(await isHmacSha256(digest, 'text', 'key')).toBe(false)
  })

  it('covers what is not ASCII', async () => {
    expect(await isHmacSha256(await hmacHex('Störung 🔥', 'Schlüssel'), 'Störung 🔥', 'Schlüssel')).toBe(true)
  })

  it.each([null, undefined, '', 'x', 'abc', '00', 'zz'.repeat(32), '0'.repeat(64), '0'.repeat(66)])(
    'is not %s',
    async (signature) => {
      expect(await isHmacSha256(signature, 'text', 'key')).toBe(false)
      expect(await isHmacSha256(signature, 'text', 'key', 'base64')).toBe(false)
    },
  )

  it('is never made with an empty secret', async () => {
    expect(await isHmacSha256('b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad', '', '')).toBe(false)
  })
})

describe('a secret in a header', () => {
  it('is the same or not', async () => {
    expect(await isSecret('the secret', 'the secret')).toBe(true)
    for (const sent of [null, '', 'the', 'the secret ', 'THE SECRET']) {
      expect(await isSecret(sent, 'the secret')).toBe(false)
    }
    expect(await isSecret('', '')).toBe(false)
  })
})

it('base64 is bytes, and anything else nothing', () => {
  expect(fromBase64('AAEC')).toEqual(new Uint8Array([0, 1, 2]))
  expect(fromBase64('not base64!')).toBeNull()
})
