const encoder = new TextEncoder()

/**
 * Whether `signature` is the HMAC-SHA-256 of `text`. Compares in constant time; what is no signature at all is simply
 * not a right one.
 */
export async function isHmacSha256(
  signature: string | null | undefined,
  text: string,
  secret: string | Uint8Array<ArrayBuffer>,
  encoding: 'hex' | 'base64' = 'hex',
): Promise<boolean> {
  const bytes = signature ? (encoding === 'hex' ? fromHex(signature) : fromBase64(signature)) : null
  if (!bytes || secret.length === 0) return false
  const key = await hmacKey(secret)
  return crypto.subtle.verify('HMAC', key, bytes, encoder.encode(text))
}

/** For senders that put the secret itself into a header. Compares what both hash to, in constant time. */
export async function isSecret(sent: string | null, secret: string): Promise<boolean> {
  if (sent === null || secret === '') return false
  const key = await hmacKey(secret)
  const expected = await crypto.subtle.sign('HMAC', key, encoder.encode(secret))
  return crypto.subtle.verify('HMAC', key, expected, encoder.encode(sent))
}

/** Null: the text is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

function hmacKey(secret: string | Uint8Array<ArrayBuffer>) {
  const raw = typeof secret === 'string' ? Uint8Array.from(encoder.encode(secret)) : secret
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.trim()
  if (digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return null
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
}
