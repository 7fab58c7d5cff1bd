/**
 * Keys for each purpose, derived from the deployment's one secret, so that what leaks for one purpose is worth nothing
 * for another.
 */

const encoder = new TextEncoder()

/** Imported keys, kept because the event path asks for the same one with every event. */
const hmacKeys = new Map<string, Promise<CryptoKey>>()

/** An HMAC-SHA-256 key for `purpose`. `secret` has at least 32 characters; anything shorter is refused. */
export function hmacKey(secret: string, purpose: string): Promise<CryptoKey> {
  const name = `${purpose}\n${secret}`
  const known = hmacKeys.get(name)
  if (known) return known
  const key = derive(secret, purpose).then((bits) =>
    crypto.subtle.importKey('raw', bits, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']),
  )
  hmacKeys.set(name, key)
  return key
}

/** A secret of 64 hexadecimal characters for `purpose`, for libraries that want text. */
export async function deriveSecret(secret: string, purpose: string): Promise<string> {
  return hex(new Uint8Array(await derive(secret, purpose)))
}

/** An AES-256-GCM key for `purpose`. */
export async function aesKey(secret: string, purpose: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', await derive(secret, purpose), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** HKDF (RFC 5869) with the purpose as its info. */
async function derive(secret: string, purpose: string): Promise<ArrayBuffer> {
  // Where the secret was never set, the platform gives undefined whatever the types say.
  if (!secret || secret.length < 32)
    throw new Error('SECRET is missing or shorter than 32 characters: set it with `wrangler secret put SECRET`')
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveBits'])
  return crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(`tocsin ${purpose}`) },
    key,
    256,
  )
}

/** Compares without telling by its time where the texts differ. */
export async function sameSecret(a: string, b: string): Promise<boolean> {
  const [digestA, digestB] = await Promise.all(
    [a, b].map((text) => crypto.subtle.digest('SHA-256', encoder.encode(text))),
  )
  return crypto.subtle.timingSafeEqual(digestA as ArrayBuffer, digestB as ArrayBuffer)
}

/** SHA-256 in hexadecimal: how tokens are kept whose text nobody may read back. */
export async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
